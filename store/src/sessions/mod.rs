use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{Action, Person, Role};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::accounts::{PersonRow, normal_email};
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store, passwords};

const MINUTE_MS: i64 = 60 * 1000;
const IDLE_MS: i64 = 120 * MINUTE_MS;
const ABSOLUTE_MS: i64 = 12 * 60 * MINUTE_MS;
/// `seen_at` is this exact.
const TOUCH_MS: i64 = MINUTE_MS;
const NOTE_WAIT: Duration = Duration::from_millis(250);
const DEMO_EMAIL: &str = "demo@reelsheet.local";

/// Somebody signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Who.
    pub person: Person,
    /// By which session.
    pub session_id: i64,
}

impl Actor {
    /// Whether their role allows it.
    pub fn may(&self, action: Action) -> bool {
        self.person.role.may(action)
    }

    /// The one place where the store refuses a role: [`Error::Forbidden`].
    pub(crate) fn must(&self, action: Action) -> Result<()> {
        if self.may(action) { Ok(()) } else { Err(Error::Forbidden(action)) }
    }
}

/// The secret of a session, as the cookie holds it: 256 random bits. SQLite holds its SHA-256 only.
#[derive(Clone)]
pub struct SessionToken(SecretString);

impl SessionToken {
    /// Reads what a cookie holds.
    pub fn new(text: &str) -> Self {
        Self(SecretString::from(text))
    }

    /// The secret itself, for the cookie.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.expose()).to_vec()
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken([redacted])")
    }
}

impl Store {
    /// Opens a session for the right password. [`Error::WrongCredentials`] alike and after the same work for an
    /// unknown e-mail, a wrong password and a disabled account; [`Error::Busy`] when too many try at once.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<(Actor, SessionToken)> {
        let row: Option<(i64, String)> =
            sqlx::query_as("SELECT id, password_hash FROM person WHERE email = ?")
                .bind(normal_email(email))
                .fetch_optional(self.read())
                .await?;
        let (id, phc) = row.map_or_else(|| (None, passwords::unmatchable()), |(id, phc)| (Some(id), phc));
        // No stored password is longer; hashing a megabyte would only keep others waiting.
        let password = SecretString::from(password.chars().take(1_000).collect::<String>());
        let fits = self.inner.hashers.verify(password.clone(), phc.clone()).await?;
        let (Some(id), true) = (id, fits) else {
            return Err(Error::WrongCredentials);
        };
        let renewed =
            if passwords::is_outdated(&phc) { Some(self.inner.hashers.hash(password).await?) } else { None };
        let mut tx = self.write_tx().await?;
        // Read again where it is decided: the account may have been disabled or its password replaced meanwhile.
        let person = PersonRow::lookup(&mut tx, id).await?;
        let person =
            person.filter(|row| !row.disabled && row.password_hash == phc).ok_or(Error::WrongCredentials)?;
        if let Some(renewed) = renewed {
            sqlx::query("UPDATE person SET password_hash = ? WHERE id = ?")
                .bind(renewed)
                .bind(id)
                .execute(&mut *tx)
                .await?;
        }
        let opened = open_session(&mut tx, person.into_person()?).await?;
        tx.commit().await?;
        Ok(opened)
    }

    /// Opens a session as the demo's admin, who is made when absent. Nobody can sign in as them by password.
    pub async fn sign_in_as_demo(&self) -> Result<(Actor, SessionToken)> {
        let mut tx = self.write_tx().await?;
        let id: Option<i64> = sqlx::query_scalar("SELECT id FROM person WHERE email = ?")
            .bind(DEMO_EMAIL)
            .fetch_optional(&mut *tx)
            .await?;
        let id = match id {
            Some(id) => id,
            None => {
                PersonRow::insert(&mut tx, DEMO_EMAIL, "Demo", Role::Admin, &passwords::unmatchable()).await?
            }
        };
        let person = PersonRow::lookup(&mut tx, id)
            .await?
            .filter(|row| !row.disabled)
            .ok_or(Error::WrongCredentials)?;
        let opened = open_session(&mut tx, person.into_person()?).await?;
        tx.commit().await?;
        Ok(opened)
    }

    /// Whose session this is, if it is still good: used within two hours, begun within twelve, of somebody who
    /// is not disabled. Counts as use.
    pub async fn session(&self, token: &SessionToken) -> Result<Option<Actor>> {
        let row: Option<(i64, i64, i64, i64)> =
            sqlx::query_as("SELECT id, person_id, created_at, seen_at FROM session WHERE token_hash = ?")
                .bind(token.hash())
                .fetch_optional(self.read())
                .await?;
        let Some((session_id, person_id, created_at, seen_at)) = row else {
            return Ok(None);
        };
        let now = self.now();
        if created_at <= now - ABSOLUTE_MS || seen_at <= now - IDLE_MS {
            // Once past its time it is gone: a clock that goes back does not revive it.
            let store = self.clone();
            self.note_behind(async move { store.end_session(session_id).await }).await;
            return Ok(None);
        }
        let mut connection = self.read().acquire().await?;
        let Some(person) = PersonRow::lookup(&mut connection, person_id).await?.filter(|row| !row.disabled)
        else {
            return Ok(None);
        };
        drop(connection);
        if now - seen_at >= TOUCH_MS {
            let store = self.clone();
            self.note_behind(async move { store.touch_session(session_id, now).await }).await;
        }
        Ok(Some(Actor { person: person.into_person()?, session_id }))
    }

    /// Writes a note about a session. Whoever reads a page waits a moment for it, but not for somebody who holds the
    /// database.
    async fn note_behind(&self, note: impl Future<Output = Result<()>> + Send + 'static) {
        let noted = self.spawn(async move {
            if let Err(error) = note.await {
                tracing::warn!(%error, "a session could not be noted");
            }
        });
        // Late or not, the note itself goes on.
        let _late = tokio::time::timeout(NOTE_WAIT, noted).await;
    }

    async fn touch_session(&self, session: i64, now: i64) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sqlx::query("UPDATE session SET seen_at = max(seen_at, ?) WHERE id = ?")
            .bind(now)
            .bind(session)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// The agents that somebody reaches; `None` once their session or their role is no longer the same. One question,
    /// because every open page asks it every few seconds. Does not count as use of the session.
    pub(crate) async fn reached_by(&self, actor: &Actor) -> Result<Option<HashSet<String>>> {
        let rows: Vec<(String, Option<String>)> = sqlx::query_as(
            "SELECT person.role, reach.agent_id
             FROM session JOIN person ON person.id = session.person_id LEFT JOIN reach ON reach.person_id = person.id
             WHERE session.id = ? AND person.id = ? AND NOT person.disabled AND session.created_at > ? AND session.seen_at > ?",
        )
        .bind(actor.session_id)
        .bind(actor.person.id)
        .bind(self.now() - ABSOLUTE_MS)
        .bind(self.now() - IDLE_MS)
        .fetch_all(self.read())
        .await?;
        let same = rows.first().is_some_and(|(role, _)| role == actor.person.role.as_str());
        Ok(same.then(|| rows.into_iter().filter_map(|(_, agent)| agent).collect()))
    }

    /// Ends a session.
    pub async fn sign_out(&self, actor: &Actor) -> Result<()> {
        self.end_session(actor.session_id).await
    }

    async fn end_session(&self, session: i64) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sqlx::query("DELETE FROM session WHERE id = ?").bind(session).execute(&mut *tx).await?;
        tx.commit().await
    }

    /// Deletes sessions that are past their time, and a setup key that is.
    pub(crate) async fn prune_sessions(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query("DELETE FROM session WHERE created_at <= ? OR seen_at <= ?")
            .bind(now - ABSOLUTE_MS)
            .bind(now - IDLE_MS)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM boot_key WHERE expires_at <= ?").bind(now).execute(&mut *tx).await?;
        tx.commit().await
    }
}

/// A session of its own for every sign-in: a token that was there before is worth nothing.
pub(crate) async fn open_session(tx: &mut WriteTx, person: Person) -> Result<(Actor, SessionToken)> {
    let token = SessionToken::new(&URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let now = tx.now();
    let session_id =
        sqlx::query("INSERT INTO session (token_hash, person_id, created_at, seen_at) VALUES (?, ?, ?, ?)")
            .bind(token.hash())
            .bind(person.id)
            .bind(now)
            .bind(now)
            .execute(&mut **tx)
            .await?
            .last_insert_rowid();
    Ok((Actor { person, session_id }, token))
}

/// Ends everything a person has open.
pub(crate) async fn end_sessions(tx: &mut WriteTx, person: i64) -> Result<()> {
    sqlx::query("DELETE FROM session WHERE person_id = ?").bind(person).execute(&mut **tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
