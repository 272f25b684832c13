const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// A noun of GEN's that we keep a copy of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The agents a key reaches; the id is the key's number.
    Agents,
    /// The organizations a key reaches; the id is the key's number.
    Organizations,
    /// The organizations a key may manage; the id is the key's number.
    Workspaces,
    /// One agent.
    Agent,
    /// An agent's pictures.
    Avatars,
    /// Whom GEN tells of an agent's work.
    Automation,
    /// An agent's older profile.
    Profile,
    /// An agent's core.
    Core,
    /// An agent's voices.
    Voices,
    /// An agent's ideas and conversations.
    Ideas,
    /// What was said in a conversation.
    Messages,
    /// All templates; the id is empty.
    Templates,
    /// One template, by its slug.
    Template,
    /// One vidsheet.
    Vidsheet,
    /// The variables of a vidsheet.
    Variables,
}

impl Kind {
    /// The table: the word in the database, and how old the copy may be in milliseconds.
    const fn row(self) -> (&'static str, i64) {
        match self {
            Self::Agents => ("agents", MINUTE),
            Self::Organizations => ("organizations", MINUTE),
            Self::Workspaces => ("workspaces", 10 * MINUTE),
            Self::Agent => ("agent", MINUTE),
            Self::Avatars => ("avatars", 10 * MINUTE),
            Self::Automation => ("automation", MINUTE),
            Self::Profile => ("profile", MINUTE),
            Self::Core => ("core", MINUTE),
            Self::Voices => ("voices", 10 * MINUTE),
            Self::Ideas => ("ideas", 30 * SECOND),
            Self::Messages => ("messages", 30 * SECOND),
            Self::Templates => ("templates", 10 * MINUTE),
            Self::Template => ("template", 10 * MINUTE),
            Self::Vidsheet => ("vidsheet", MINUTE),
            Self::Variables => ("variables", MINUTE),
        }
    }

    /// The word in the database.
    pub(crate) const fn name(self) -> &'static str {
        self.row().0
    }

    /// How old the copy may be, in milliseconds.
    pub(crate) const fn max_age_ms(self) -> i64 {
        self.row().1
    }
}
