use leptos::prelude::*;
use model::{SheetAct, Topic};

use super::grid_state::GridState;
use super::server_fns::list_acts;
use super::undo::{Way, go};
use crate::error::AppError;
use crate::live::on_change;
use crate::page::in_browser;
use crate::ui::{Drawer, Empty, ErrorNote, Icon, IconName, TimeAgo};

/// What people did to the sheet, newest first.
#[component]
pub fn HistoryDrawer(
    /// The open vidsheet.
    state: GridState,
    /// Where an act that belongs to no cell says why it failed.
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let again = RwSignal::new(0);
    let listed = in_browser(move || {
        again.track();
        let (agent, vidsheet) = state.ids.get_value();
        Some(list_acts(agent, vidsheet, None))
    });
    let ours = state.ids.with_value(|(_, vidsheet)| vidsheet.clone());
    let concerns = move |topic: &Topic| matches!(topic, Topic::Vidsheet { vidsheet_id, .. } | Topic::Cell { vidsheet_id, .. } if *vidsheet_id == ours);
    on_change(concerns, move || again.update(|again| *again += 1));
    let body = move || {
        listed.get().map(|acts| match acts {
            Err(error) => view! { <ErrorNote error /> }.into_any(),
            Ok(acts) if acts.is_empty() => {
                view! { <Empty icon=IconName::Clock title="Nothing was changed here yet." /> }.into_any()
            }
            Ok(acts) => acts.into_iter().map(line).collect_view().into_any(),
        })
    };
    view! {
        <Drawer title="History" on_close=move |()| state.beside.set(None)>
            <div class="buttons">
                <button type="button" class="button" on:click=move |_| go(state, Way::Undo, Vec::new(), trouble)>
                    <Icon name=IconName::Undo />
                    "Take back mine"
                </button>
                <button type="button" class="button" on:click=move |_| go(state, Way::Redo, Vec::new(), trouble)>
                    "Do again"
                </button>
            </div>
            <ul role="list" class="events" aria-label="What was done">
                {body}
            </ul>
        </Drawer>
    }
}

fn line(act: SheetAct) -> impl IntoView {
    view! {
        <li class="event" class:is-undone=act.undone_at.is_some()>
            <p class="event-head">
                <strong>{act.by}</strong>
                <TimeAgo at=act.at />
                {act.undone_at.is_some().then_some("taken back")}
            </p>
            <p class="event-text">{act.what}</p>
        </li>
    }
}
