//! Others at the same sheet, and texts that GEN does not have yet.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{EditStands, Keep, Topic, WaitingEdit};

use super::acts;
use super::grid_state::GridState;
use super::server_fns::{be_present, list_present, settle_conflict};
use crate::live::on_change;
use crate::shell::use_surroundings;
use crate::ui::{Act, Icon, IconName};

/// How often a page says that it is still there; the server forgets who is silent for longer.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// Says where the person is, and hears where others are.
pub fn be_together(state: GridState) {
    let say = move || {
        let (agent, vidsheet) = state.ids.get_value();
        let place = state.active.get_untracked();
        let cell = untrack(|| state.cell_at(place)).map(|cell| cell.id.clone());
        let editing = state.draft.with_untracked(Option::is_some);
        spawn_local(async move {
            // Who else is there is a courtesy: without it the sheet works as well.
            if let Ok(present) = be_present(agent, vidsheet, cell, editing).await {
                state.present.try_set(present);
            }
        });
    };
    let soon = crate::live::soon(say);
    Effect::new(move || {
        state.active.track();
        state.draft.with(Option::is_some);
        soon();
    });
    // Only a page that lives has a clock.
    Effect::new(move || match set_interval_with_handle(say, HEARTBEAT) {
        Ok(beat) => on_cleanup(move || beat.clear()),
        Err(error) => leptos::logging::error!("nobody will see that this page is open: {error:?}"),
    });
    let ours = state.ids.with_value(|(_, vidsheet)| vidsheet.clone());
    let concerns =
        move |topic: &Topic| matches!(topic, Topic::Presence { vidsheet_id, .. } if *vidsheet_id == ours);
    on_change(concerns, move || {
        let (agent, vidsheet) = state.ids.get_value();
        spawn_local(async move {
            if let Ok(present) = list_present(agent, vidsheet).await {
                state.present.try_set(present);
            }
        });
    });
}

/// The others, by their initials.
#[component]
pub fn Others(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let others = move || {
        let others = state.present.get().into_iter().filter(|one| Some(one.person) != surroundings.me());
        let one = |one: model::Present| {
            let words = if one.editing {
                format!("{} is typing here", one.name)
            } else {
                format!("{} is here", one.name)
            };
            view! { <li class="initials" title=words.clone()><span aria-hidden="true">{initials(&one.name)}</span><span class="visually-hidden">{words.clone()}</span></li> }
        };
        others.map(one).collect_view()
    };
    view! {
        <ul role="list" class="others" aria-label="Also here">
            {others}
        </ul>
    }
}

/// Texts that wait for GEN, and those about which somebody has to decide.
#[component]
pub fn Waiting(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let waits = Memo::new(move |_| {
        state.waiting.with(|all| all.iter().filter(|edit| edit.stands == EditStands::Waits).count())
    });
    let open = move || {
        let all = state.waiting.get();
        all.into_iter().filter(|edit| edit.stands != EditStands::Waits).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || { waits.get() > 0 }>
            <p class="note note-warn" role="status">
                <Icon name=IconName::Clock />
                <span>
                    {move || match waits.get() {
                        1 => "1 text waits for GEN. It is kept here, everybody sees it, and it is sent when GEN answers.".to_owned(),
                        count => format!("{count} texts wait for GEN. They are kept here, everybody sees them, and they are sent when GEN answers."),
                    }}
                </span>
            </p>
        </Show>
        <For each=open key=|edit| (edit.id, edit.theirs.clone()) let:edit>
            <Undecided state edit />
        </For>
    }
}

/// A text that could not be sent as it is: both texts, and the choice.
#[component]
fn Undecided(state: GridState, edit: WaitingEdit) -> impl IntoView {
    let attempt = Act::idle();
    let label = format!("{}, not sent", edit.column_title);
    let why = match &edit.stands {
        EditStands::Refused { reason } => reason.clone(),
        EditStands::Conflict | EditStands::Waits => {
            "It was changed at GEN while this text waited.".to_owned()
        }
    };
    let (id, theirs) = (edit.id, edit.theirs.clone());
    let settle = move |keep: Keep| {
        let (agent, vidsheet) = state.ids.get_value();
        let seen = Some(theirs.clone()).filter(|theirs| !theirs.is_empty());
        attempt.run(settle_conflict(agent, vidsheet, id, keep, seen), move |_| acts::refresh(state));
    };
    let keep_theirs = settle.clone();
    view! {
        <div class="refused" role="group" aria-label=label>
            <p class="note-message">{edit.column_title} ": " {why}</p>
            <p class="refused-text"><span class="label">{edit.by.name}</span>{edit.value}</p>
            <p class="refused-text"><span class="label">"At GEN"</span>{edit.theirs}</p>
            {attempt.note()}
            <div class="refused-acts">
                <button type="button" class="button primary" disabled=attempt.busy on:click=move |_| settle(Keep::Mine)>"Send this text"</button>
                <button type="button" class="button" disabled=attempt.busy on:click=move |_| keep_theirs(Keep::Theirs)>"Keep what is at GEN"</button>
            </div>
        </div>
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_two_names() {
        assert_eq!(initials("Ana maria Sol"), "AM");
        assert_eq!(initials("élan"), "É");
        assert_eq!(initials(""), "");
    }
}
