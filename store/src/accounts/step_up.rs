use secrecy::SecretString;

use crate::{Actor, Error, Result, Store};

impl Store {
    /// Whether the actor is really there: their password again, before something grave (S7). [`Error::Invalid`]
    /// where it does not fit.
    pub(crate) async fn must_be(&self, actor: &Actor, password: String) -> Result<()> {
        let phc: String = sqlx::query_scalar("SELECT password_hash FROM person WHERE id = ?")
            .bind(actor.person.id)
            .fetch_one(self.read())
            .await?;
        // No stored password is longer; hashing a megabyte would only keep others waiting.
        let password = SecretString::from(password.chars().take(1_000).collect::<String>());
        if self.inner.hashers.verify(password, phc).await? {
            return Ok(());
        }
        let message = "This is not your password. Nothing was sent.".to_owned();
        Err(Error::Invalid { field: "Password", message })
    }
}
