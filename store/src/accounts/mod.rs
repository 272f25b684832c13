use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{Action, Person, Role};
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use subtle::ConstantTimeEq;

use crate::sessions::{end_sessions, open_session};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, SessionToken, Store, passwords};

mod person;
mod step_up;

pub(crate) use person::PersonRow;

const BOOT_KEY_MS: i64 = 60 * 60 * 1000;
const EMAIL_MAX: usize = 254;
const NAME_MAX: usize = 100;

/// What a person signs up with.
pub struct Credentials {
    /// What they sign in with.
    pub email: String,
    /// What others see.
    pub name: String,
    /// 12 to 128 characters.
    pub password: String,
}

impl Store {
    /// Whether nobody has an account yet.
    pub async fn is_first_run(&self) -> Result<bool> {
        let mut connection = self.read().acquire().await?;
        nobody_yet(&mut connection).await
    }

    /// A one-time key, valid for an hour, that makes the first admin; an earlier one is dead. To be shown once:
    /// only its hash is kept. [`Error::Forbidden`] when somebody has an account.
    pub async fn make_boot_key(&self) -> Result<String> {
        let key = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
        let mut tx = self.write_tx().await?;
        if !nobody_yet(&mut tx).await? {
            return Err(Error::Forbidden(Action::Administer));
        }
        let expires_at = tx.now() + BOOT_KEY_MS;
        sqlx::query("INSERT OR REPLACE INTO boot_key (id, key_hash, expires_at) VALUES (1, ?, ?)")
            .bind(Sha256::digest(&key).to_vec())
            .bind(expires_at)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(key)
    }

    /// Makes the first admin, once. [`Error::WrongBootKey`] when the key is wrong, used or older than an hour.
    pub async fn create_first_admin(
        &self,
        boot_key: &str,
        credentials: Credentials,
    ) -> Result<(Actor, SessionToken)> {
        let mut connection = self.read().acquire().await?;
        // Asked before the password is hashed, so that a stranger cannot have us hash.
        expect_boot_key(&mut connection, boot_key, self.now()).await?;
        drop(connection);
        let checked = self.check(credentials).await?;
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        expect_boot_key(&mut tx, boot_key, now).await?;
        let person = checked.insert(&mut tx, Role::Admin).await?;
        sqlx::query("DELETE FROM boot_key").execute(&mut *tx).await?;
        let opened = open_session(&mut tx, person).await?;
        tx.commit().await?;
        Ok(opened)
    }

    /// Makes the first admin from the process's own configuration; nothing happens when somebody has an account.
    pub async fn create_admin_headless(&self, credentials: Credentials) -> Result<()> {
        if !self.is_first_run().await? {
            return Ok(());
        }
        let checked = self.check(credentials).await?;
        let mut tx = self.write_tx().await?;
        if nobody_yet(&mut tx).await? {
            checked.insert(&mut tx, Role::Admin).await?;
        }
        tx.commit().await
    }

    /// Everybody with an account, in the order they came.
    pub async fn list_people(&self) -> Result<Vec<Person>> {
        let rows: Vec<PersonRow> =
            sqlx::query_as("SELECT * FROM person ORDER BY id").fetch_all(self.read()).await?;
        rows.into_iter().map(PersonRow::into_person).collect()
    }

    /// Adds a person. [`Error::Invalid`] when a field cannot be taken, or the e-mail is somebody's already.
    pub async fn create_person(&self, credentials: Credentials, role: Role) -> Result<Person> {
        let checked = self.check(credentials).await?;
        let mut tx = self.write_tx().await?;
        let person = checked.insert(&mut tx, role).await?;
        tx.commit().await?;
        Ok(person)
    }

    /// Replaces a password and ends the person's sessions.
    pub async fn set_password(&self, email: &str, password: String) -> Result<()> {
        passwords::check(&password, &normal_email(email))?;
        let phc = self.inner.hashers.hash(SecretString::from(password)).await?;
        let mut tx = self.write_tx().await?;
        let id = PersonRow::by_email(&mut tx, email).await?.id;
        sqlx::query("UPDATE person SET password_hash = ? WHERE id = ?")
            .bind(phc)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        end_sessions(&mut tx, id).await?;
        tx.commit().await
    }

    /// Changes what a person may do and ends their sessions. The last admin stays one: [`Error::Invalid`].
    pub async fn set_role(&self, email: &str, role: Role) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let person = PersonRow::by_email(&mut tx, email).await?;
        if role != Role::Admin {
            expect_other_admin(&mut tx, person.id).await?;
        }
        sqlx::query("UPDATE person SET role = ? WHERE id = ?")
            .bind(role.as_str())
            .bind(person.id)
            .execute(&mut *tx)
            .await?;
        end_sessions(&mut tx, person.id).await?;
        tx.commit().await
    }

    /// Locks a person out, or in again, and ends their sessions. The last admin stays in: [`Error::Invalid`].
    pub async fn set_disabled(&self, email: &str, disabled: bool) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let person = PersonRow::by_email(&mut tx, email).await?;
        if disabled {
            expect_other_admin(&mut tx, person.id).await?;
        }
        sqlx::query("UPDATE person SET disabled = ? WHERE id = ?")
            .bind(disabled)
            .bind(person.id)
            .execute(&mut *tx)
            .await?;
        end_sessions(&mut tx, person.id).await?;
        tx.commit().await
    }

    async fn check(&self, credentials: Credentials) -> Result<Checked> {
        let email = normal_email(&credentials.email);
        let looks_right = email
            .split_once('@')
            .is_some_and(|(who, at)| !who.is_empty() && !at.is_empty() && !at.contains('@'));
        if !looks_right
            || email.len() > EMAIL_MAX
            || email.chars().any(|letter| letter.is_whitespace() || letter.is_control())
        {
            return Err(Error::Invalid { field: "E-mail", message: "This is not an e-mail address.".into() });
        }
        let name = credentials.name.trim().to_owned();
        if !(1..=NAME_MAX).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Err(Error::Invalid {
                field: "Name",
                message: format!("A name has 1 to {NAME_MAX} characters."),
            });
        }
        passwords::check(&credentials.password, &email)?;
        let phc = self.inner.hashers.hash(SecretString::from(credentials.password)).await?;
        Ok(Checked { email, name, phc })
    }
}

/// An e-mail address as it is stored and looked up.
pub(crate) fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Credentials that were found good, with the password hashed.
struct Checked {
    email: String,
    name: String,
    phc: String,
}

impl Checked {
    async fn insert(self, tx: &mut WriteTx, role: Role) -> Result<Person> {
        let id = PersonRow::insert(tx, &self.email, &self.name, role, &self.phc).await?;
        Ok(Person { id, email: self.email, name: self.name, role, disabled: false })
    }
}

async fn nobody_yet(connection: &mut SqliteConnection) -> Result<bool> {
    Ok(sqlx::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM person)").fetch_one(connection).await?)
}

async fn expect_boot_key(connection: &mut SqliteConnection, given: &str, now: i64) -> Result<()> {
    let row: Option<(Vec<u8>, i64)> =
        sqlx::query_as("SELECT key_hash, expires_at FROM boot_key WHERE NOT EXISTS (SELECT 1 FROM person)")
            .fetch_optional(connection)
            .await?;
    let (hash, expires_at) = row.ok_or(Error::WrongBootKey)?;
    let fits: bool = Sha256::digest(given.trim()).as_slice().ct_eq(&hash).into();
    if fits && now < expires_at { Ok(()) } else { Err(Error::WrongBootKey) }
}

async fn expect_other_admin(tx: &mut WriteTx, except: i64) -> Result<()> {
    let other: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM person WHERE role = 'admin' AND NOT disabled AND id <> ?)",
    )
    .bind(except)
    .fetch_one(&mut **tx)
    .await?;
    if other {
        return Ok(());
    }
    Err(Error::Invalid {
        field: "Role",
        message: "Somebody has to be admin; make another person admin first.".into(),
    })
}

#[cfg(test)]
mod tests;
