use model::{Ask, SavedRun};

/// The ways to ask: a new set of ideas, a change to the newest set of a thread, a standing rule or the end of one, an
/// answer in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A new set of ideas.
    New,
    /// A change to the newest set of a conversation.
    Refine,
    /// A standing rule.
    Remember,
    /// The end of one.
    Forget,
    /// An answer in words.
    Chat,
}

impl Scope {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::New, Self::Refine, Self::Remember, Self::Forget, Self::Chat];

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "This batch",
            Self::Refine => "Refine these ideas",
            Self::Remember => "Remember always",
            Self::Forget => "Forget",
            Self::Chat => "Just chat",
        }
    }

    /// What it does.
    pub fn explained(self) -> &'static str {
        match self {
            Self::New => "Starts a new set of ideas.",
            Self::Refine => "Changes the newest set of ideas in this conversation.",
            Self::Remember => "A rule kept for every later request.",
            Self::Forget => "Takes a kept rule back; name it in its own words.",
            Self::Chat => "An answer in words; the board stays as it is.",
        }
    }

    /// What it asks for, which is what its price depends on.
    pub fn ask(self) -> Ask {
        match self {
            Self::New => Ask::Ideas,
            Self::Refine => Ask::Refine,
            Self::Remember | Self::Forget => Ask::Preference,
            Self::Chat => Ask::Chat,
        }
    }

    /// Whether it belongs to a thread: it has to, it may, it never does.
    pub fn threads(self) -> (bool, bool) {
        match self {
            Self::Refine => (true, true),
            Self::Chat => (false, true),
            Self::New | Self::Remember | Self::Forget => (false, false),
        }
    }

    /// Ready-made requests: what the button says and what it writes.
    pub fn starters(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::New => &[
                ("5 ideas", "Give me 5 new ideas."),
                ("Talking avatar", "Give me 5 new ideas, all as talking avatar."),
                ("As montage", "Give me 5 new ideas, all as montage."),
                ("≤ 12 s", "Give me 5 new ideas of at most 12 seconds."),
                ("Use trends", "Give me 5 new ideas grounded in this week's trends."),
            ],
            Self::Refine => &[
                ("Punchier", "Make every hook shorter and punchier."),
                ("As montage", "Change the ideas to montage format."),
                ("≤ 12 s", "Cut every script to at most 12 seconds."),
                ("Drop the weakest", "Drop the weakest idea and replace it."),
            ],
            Self::Remember => {
                &[("No prices", "never mention prices"), ("First person", "always write in the first person")]
            }
            Self::Forget => &[],
            Self::Chat => &[
                ("What worked?", "What performed best this week?"),
                ("List my rules", "list all my current preferences"),
            ],
        }
    }

    /// The text as GEN reads it.
    pub fn message(self, text: &str) -> String {
        match self {
            Self::Remember => format!("remember: {text}"),
            Self::Forget => format!("forget: {text}"),
            Self::New | Self::Refine | Self::Chat => text.to_owned(),
        }
    }

    /// The scope of what was asked before, and the text as the person wrote it.
    pub fn of(run: &SavedRun) -> (Self, &str) {
        let bare = |mark: &str| {
            let head = run.message.get(..mark.len()).filter(|head| head.eq_ignore_ascii_case(mark));
            head.map(|_| run.message[mark.len()..].trim_start())
        };
        match run.ask {
            Ask::Refine => (Self::Refine, &run.message),
            Ask::Chat => (Self::Chat, &run.message),
            Ask::Preference => match bare("remember:") {
                Some(text) => (Self::Remember, text),
                None => (Self::Forget, bare("forget:").unwrap_or(&run.message)),
            },
            Ask::Ideas | Ask::Research(_) => (Self::New, &run.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(ask: Ask, message: &str) -> SavedRun {
        let run = serde_json::json!({
            "id": "w", "ask": ask, "message": message, "progress": "failed", "awaiting_approval": false, "started_at": 0, "attachments": []
        });
        serde_json::from_value(run).unwrap()
    }

    #[test]
    fn a_rule_is_marked_as_one_and_comes_back_without_its_mark() {
        assert_eq!(Scope::Remember.message("no prices"), "remember: no prices");
        assert_eq!(Scope::Forget.message("no prices"), "forget: no prices");
        assert_eq!(Scope::New.message("5 ideas"), "5 ideas");
        assert_eq!(Scope::of(&asked(Ask::Preference, "Remember: no prices")), (Scope::Remember, "no prices"));
        assert_eq!(Scope::of(&asked(Ask::Preference, "forget: no prices")), (Scope::Forget, "no prices"));
        assert_eq!(Scope::of(&asked(Ask::Refine, "punchier")), (Scope::Refine, "punchier"));
    }
}
