use gen_client::ConversationId;
use leptos::html;
use leptos::prelude::*;
use model::SavedRun;

use super::scope::Scope;

/// What the composer holds, so that others can put a text into it.
#[derive(Clone, Copy)]
pub struct Writing {
    /// What is typed.
    pub text: RwSignal<String>,
    /// What it asks for.
    pub scope: RwSignal<Scope>,
    /// The thread that a person chose.
    pub thread: RwSignal<Option<ConversationId>>,
    /// The addresses that go along.
    pub links: RwSignal<Vec<String>>,
    /// Where it is typed.
    pub area: NodeRef<html::Textarea>,
    /// Grows whenever somebody is led to the box.
    pub led: RwSignal<u32>,
}

impl Writing {
    /// An empty box, to be made by the page.
    pub fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            scope: RwSignal::new(Scope::New),
            thread: RwSignal::new(None),
            links: RwSignal::new(Vec::new()),
            area: NodeRef::new(),
            led: RwSignal::new(0),
        }
    }

    /// Puts the text of a request that did not succeed back into the box; sending it stays a person's act.
    pub fn again(self, run: &SavedRun) {
        let (scope, text) = Scope::of(run);
        self.write(scope, text);
        self.thread.set(run.conversation_id.clone());
        self.links.set(run.attachments.clone());
    }

    /// Asks for a new set.
    pub fn new_batch(self) {
        self.turn_to(Scope::New);
    }

    /// Asks for a change to the selected ideas.
    pub fn refine(self) {
        self.turn_to(Scope::Refine);
    }

    /// Goes on in a thread.
    pub fn answer(self, thread: &ConversationId) {
        self.thread.set(Some(thread.clone()));
        self.turn_to(Scope::Chat);
    }

    /// Writes a question.
    pub fn chat(self, text: &str) {
        self.write(Scope::Chat, text);
    }

    /// Asks for a rule.
    pub fn remember(self) {
        self.turn_to(Scope::Remember);
    }

    /// Writes the rule that shall be taken back.
    pub fn forget(self, rule: &str) {
        self.write(Scope::Forget, rule);
    }

    /// Writes a request for ideas from what a research found.
    pub fn ideas_from(self, topic: &str) {
        self.write(Scope::New, &format!("Give me 5 new ideas from the research on: {topic}"));
    }

    /// Puts a text into the box. What somebody had typed there is kept below it.
    fn write(self, scope: Scope, text: &str) {
        self.text.update(|now| {
            *now = match now.trim() {
                "" => text.to_owned(),
                typed if typed == text => text.to_owned(),
                typed => format!("{text}\n\n{typed}"),
            };
        });
        self.turn_to(scope);
    }

    /// Asks for something else, with what is typed.
    pub fn turn_to(self, scope: Scope) {
        self.scope.set(scope);
        self.led.update(|led| *led += 1);
        if let Some(area) = self.area.get_untracked()
            && let Err(error) = area.focus()
        {
            leptos::logging::error!("the focus cannot be set: {error:?}");
        }
    }
}
