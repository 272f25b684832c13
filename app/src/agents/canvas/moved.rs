//! What others did to a core while it was open here: said on the card, with a way to keep both.

use gen_client::AgentId;
use gen_client::model::AgentCore;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Changed, CoreChange, CorePart, core_changes};

use super::super::server_fns::list_core_snapshots;
use super::core_form::CoreForm;
use super::merge::keep_both;
use crate::ui::{Icon, IconName, TimeAgo};

/// What others did to a card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moved {
    /// Entries that came and went.
    changes: Vec<CoreChange>,
    /// The core as the person had it before.
    mine: AgentCore,
    /// Who it was and when, once that is known.
    who: Option<(String, i64)>,
}

impl Moved {
    /// What differs between the core as seen and as it is now, as far as it is news for the person: not what they
    /// did themselves.
    pub(super) fn between(
        card: CorePart,
        seen: &AgentCore,
        fresh: &AgentCore,
        mine: &AgentCore,
    ) -> Option<Self> {
        let theirs = core_changes(seen, fresh).into_iter().filter(|change| change.part == card);
        let own = core_changes(seen, mine);
        let news = theirs.filter_map(|change| {
            let Changed::Entries(gone, come) = change.what else { return None };
            let (own_gone, own_come) = match own.iter().find(|own| own.field == change.field) {
                Some(CoreChange { what: Changed::Entries(gone, come), .. }) => (&gone[..], &come[..]),
                _ => (&[][..], &[][..]),
            };
            let gone: Vec<_> = gone.into_iter().filter(|entry| !own_gone.contains(entry)).collect();
            let come: Vec<_> = come.into_iter().filter(|entry| !own_come.contains(entry)).collect();
            let is_news = !gone.is_empty() || !come.is_empty();
            is_news.then_some(CoreChange { what: Changed::Entries(gone, come), ..change })
        });
        let changes: Vec<_> = news.collect();
        (!changes.is_empty()).then(|| Self { changes, mine: mine.clone(), who: None })
    }

    /// Such as `2 removed: @a, @b; 1 added: @c`.
    fn words(&self) -> String {
        let told = self.changes.iter().flat_map(|change| match &change.what {
            Changed::Entries(gone, come) => [("removed", gone), ("added", come)]
                .into_iter()
                .filter(|(_, entries)| !entries.is_empty())
                .map(|(verb, entries)| format!("{} {verb}: {}", entries.len(), entries.join(", ")))
                .collect(),
            Changed::Value(..) => Vec::new(),
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn anything_gone(&self) -> bool {
        self.changes
            .iter()
            .any(|change| matches!(&change.what, Changed::Entries(gone, _) if !gone.is_empty()))
    }
}

/// Finds out who saved last; a change made at GEN itself has nobody's name.
pub(super) fn ask_who(agent: AgentId, moved: RwSignal<Option<Moved>>) {
    spawn_local(async move {
        let Ok(snapshots) = list_core_snapshots(agent).await else { return };
        let Some(newest) = snapshots.into_iter().next() else { return };
        let Some(person) = newest.person else { return };
        moved.try_update(|moved| {
            if let Some(moved) = moved {
                moved.who = Some((person, newest.at));
            }
        });
    });
}

/// The note on a card that somebody else changed meanwhile.
#[component]
pub(super) fn MovedNote(form: CoreForm, card: CorePart) -> impl IntoView {
    let moved = form.moved(card);
    let keep = move |_| {
        if let Some(moved_away) = moved.get_untracked() {
            moved.set(None);
            form.edit(card, |core| keep_both(card, &moved_away.mine, core));
        }
    };
    move || {
        moved.get().map(|told| {
            let who = match told.who.clone() {
                Some((person, at)) => view! { {person} " changed this " <TimeAgo at /> }.into_any(),
                None => "This was changed elsewhere".into_any(),
            };
            let gone = told.anything_gone();
            view! {
                <div class="note note-warn" role="status">
                    <Icon name=IconName::Warning />
                    <div>
                        <p>{who} " — " {told.words()}</p>
                        <div class="buttons">
                            {gone
                                .then(|| {
                                    view! {
                                        <button type="button" class="button" disabled=form.locked on:click=keep>
                                            "Keep both"
                                        </button>
                                    }
                                })}
                            <button type="button" class="button" on:click=move |_| moved.set(None)>
                                "It is fine so"
                            </button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(keywords: &[&str]) -> AgentCore {
        AgentCore { keywords: keywords.iter().map(ToString::to_string).collect(), ..AgentCore::default() }
    }

    #[test]
    fn only_what_others_did_is_news() {
        let told = |seen: &[&str], fresh: &[&str], mine: &[&str]| {
            Moved::between(CorePart::Expertise, &core(seen), &core(fresh), &core(mine))
                .map(|moved| moved.words())
        };
        assert_eq!(told(&["a", "b"], &["a", "mine"], &["a", "mine"]), None);
        assert_eq!(told(&["a", "b"], &["b", "c"], &["a", "b"]).as_deref(), Some("1 removed: a; 1 added: c"));
        assert_eq!(
            told(&["a"], &["a", "mine", "theirs"], &["a", "mine"]).as_deref(),
            Some("1 added: theirs")
        );
    }

    #[test]
    fn both_are_kept_on_demand() {
        let mut now = core(&["b", "c"]);
        keep_both(CorePart::Expertise, &core(&["a", "b"]), &mut now);
        assert_eq!(now.keywords, ["b", "c", "a"]);
    }
}
