use serde::{Deserialize, Serialize};

/// Our number for a person.
pub type PersonId = i64;

/// Someone with an account here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Our number.
    pub id: PersonId,
    /// What they sign in with.
    pub email: String,
    /// What others see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may still sign in.
    pub disabled: bool,
}

/// What a person may do here. GEN has roles of its own, which belong to keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees everything their keys reach, changes nothing.
    Viewer,
    /// Edits and spends credits.
    Editor,
    /// Also keeps accounts and shared keys.
    Admin,
}

impl Role {
    /// The word in the database, on the command line and on the screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The one place that says who may do what.
    pub fn may(self, action: Action) -> bool {
        match action {
            Action::View => true,
            Action::Edit | Action::Spend => self >= Self::Editor,
            Action::Administer => self >= Self::Admin,
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        [Self::Viewer, Self::Editor, Self::Admin]
            .into_iter()
            .find(|role| role.as_str() == word)
            .ok_or_else(|| format!("{word:?} is not a role: viewer, editor or admin are"))
    }
}

/// What somebody wants to do, from harmless to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Look.
    View,
    /// Change something that costs nothing.
    Edit,
    /// Start, continue or repeat something that GEN charges for, or that acts in public.
    Spend,
    /// Keep accounts and shared keys.
    Administer,
}

/// A stored GEN key as a person may see it: never the key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeySummary {
    /// Our number.
    pub id: i64,
    /// What its owner calls it.
    pub label: String,
    /// Its last four characters.
    pub last4: String,
    /// Whose it is; `None` for the team's shared key.
    pub owner: Option<String>,
    /// Whether GEN refused it when it was last used.
    pub refused: bool,
    /// When it was last used, in milliseconds since 1970.
    pub last_used_at: Option<i64>,
}

/// A GEN key on its way in; it only travels from the browser to the server.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// The key itself.
    pub key: String,
    /// What to call it.
    pub label: String,
    /// Whether the whole team may use it.
    pub shared: bool,
}

impl std::fmt::Debug for NewKey {
    /// Never shows the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKey")
            .field("key", &"[redacted]")
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn viewers_look_editors_spend_admins_keep_accounts() {
        assert!(Role::Viewer.may(Action::View));
        assert!(!Role::Viewer.may(Action::Edit) && !Role::Viewer.may(Action::Spend));
        assert!(Role::Editor.may(Action::Edit) && Role::Editor.may(Action::Spend));
        assert!(!Role::Editor.may(Action::Administer) && Role::Admin.may(Action::Administer));
    }
}
