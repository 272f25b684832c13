use crate::{Result, Store};
use model::{Action, Person};

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
}

/// The secret of a session, as the cookie holds it.
#[derive(Clone)]
pub struct SessionToken(String);

impl SessionToken {
    /// Reads what a cookie holds.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, for the cookie.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Store {
    /// Opens a session for the right password.
    pub async fn sign_in(&self, _email: &str, _password: &str) -> Result<(Actor, SessionToken)> {
        unimplemented!("skeleton")
    }

    /// Opens a session as the demo's admin, who is made when absent.
    pub async fn sign_in_as_demo(&self) -> Result<(Actor, SessionToken)> {
        unimplemented!("skeleton")
    }

    /// Whose session this is, if it is still good.
    pub async fn session(&self, _token: &SessionToken) -> Result<Option<Actor>> {
        unimplemented!("skeleton")
    }

    /// Ends a session.
    pub async fn sign_out(&self, _actor: &Actor) -> Result<()> {
        unimplemented!("skeleton")
    }
}
