use crate::{Actor, Result, SessionToken, Store};
use model::{Person, Role};

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
        unimplemented!("skeleton")
    }

    /// A one-time key, valid for an hour, that makes the first admin.
    pub async fn make_boot_key(&self) -> Result<String> {
        unimplemented!("skeleton")
    }

    /// Makes the first admin, once.
    pub async fn create_first_admin(
        &self,
        _boot_key: &str,
        _credentials: Credentials,
    ) -> Result<(Actor, SessionToken)> {
        unimplemented!("skeleton")
    }

    /// Makes the first admin from the process's own configuration, if nobody has an account.
    pub async fn create_admin_headless(&self, _credentials: Credentials) -> Result<()> {
        unimplemented!("skeleton")
    }

    /// Everybody with an account.
    pub async fn list_people(&self) -> Result<Vec<Person>> {
        unimplemented!("skeleton")
    }

    /// Adds a person.
    pub async fn create_person(&self, _credentials: Credentials, _role: Role) -> Result<Person> {
        unimplemented!("skeleton")
    }

    /// Replaces a password and ends the person's sessions.
    pub async fn set_password(&self, _email: &str, _password: String) -> Result<()> {
        unimplemented!("skeleton")
    }

    /// Changes what a person may do and ends their sessions.
    pub async fn set_role(&self, _email: &str, _role: Role) -> Result<()> {
        unimplemented!("skeleton")
    }

    /// Locks a person out, or in again.
    pub async fn set_disabled(&self, _email: &str, _disabled: bool) -> Result<()> {
        unimplemented!("skeleton")
    }
}
