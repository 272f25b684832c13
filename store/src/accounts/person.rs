use model::{Person, Role};
use sqlx::SqliteConnection;

use super::normal_email;
use crate::write_tx::WriteTx;
use crate::{Error, Result};

/// A line of `person`.
#[derive(sqlx::FromRow)]
pub(crate) struct PersonRow {
    pub(super) id: i64,
    email: String,
    name: String,
    role: String,
    pub(crate) password_hash: String,
    pub(crate) disabled: bool,
}

impl PersonRow {
    /// By number.
    pub(crate) async fn lookup(connection: &mut SqliteConnection, id: i64) -> Result<Option<Self>> {
        Ok(sqlx::query_as("SELECT * FROM person WHERE id = ?").bind(id).fetch_optional(connection).await?)
    }

    /// Adds a line and returns its number; [`Error::Invalid`] when the e-mail is somebody's already.
    pub(crate) async fn insert(
        tx: &mut WriteTx,
        email: &str,
        name: &str,
        role: Role,
        phc: &str,
    ) -> Result<i64> {
        let now = tx.now();
        let done = sqlx::query(
            "INSERT INTO person (email, name, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(email)
        .bind(name)
        .bind(role.as_str())
        .bind(phc)
        .bind(now)
        .execute(&mut **tx)
        .await;
        match done {
            Ok(done) => Ok(done.last_insert_rowid()),
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Err(Error::Invalid {
                field: "E-mail",
                message: "Somebody with this e-mail has an account.".into(),
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// As the rest of the program knows a person.
    pub(crate) fn into_person(self) -> Result<Person> {
        let role = self.role.parse().map_err(Error::Corrupt)?;
        Ok(Person { id: self.id, email: self.email, name: self.name, role, disabled: self.disabled })
    }

    /// By e-mail, however it is written; [`Error::NotFound`] when nobody has it.
    pub(super) async fn by_email(tx: &mut WriteTx, email: &str) -> Result<Self> {
        let row = sqlx::query_as("SELECT * FROM person WHERE email = ?")
            .bind(normal_email(email))
            .fetch_optional(&mut **tx)
            .await?;
        row.ok_or(Error::NotFound("person"))
    }
}
