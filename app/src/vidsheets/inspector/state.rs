use gen_client::model::GenerationStatus;
use leptos::prelude::*;
use model::{Progress, Work};

use super::super::acts;
use super::super::cells::{self, CellContent};
use super::super::grid_state::GridState;
use super::super::takes::player;
use super::Refused;
use crate::generations::{Elapsed, UnclearCall, WorkButtons, money};
use crate::ui::Icon;

/// What the cell is doing, what it holds, what can be done about it, and why a text was refused.
#[component]
pub(super) fn State(state: GridState, shown: Memo<Option<CellContent>>) -> impl IntoView {
    let face = Memo::new(move |_| shown.with(|content| content.as_ref().map(cells::face)));
    let refused = Memo::new(move |_| {
        let cell = shown.with(|content| content.as_ref().map(|content| content.cell.id.clone()))?;
        state.edits.with(|edits| {
            edits
                .get(&cell)
                .and_then(|edit| edit.failed.clone().map(|error| (cell.clone(), error, edit.text.clone())))
        })
    });
    let work = Memo::new(move |_| shown.with(|content| content.as_ref()?.work.clone()));
    let media = move || {
        shown.with(|content| {
            let generation = content.as_ref()?.cell.default_generation.clone()?;
            (generation.status == GenerationStatus::Completed)
                .then(|| generation.outputs.first().map(|output| player(output, 1)))
        })
    };
    view! {
        <div class="inspector-state">
            {media}
            <div class="state-line">
                <p role="status">
                    {move || {
                        face.get()
                            .map(|face| {
                                view! {
                                    <span class=format!("cell-word {}", face.tone.class())>
                                        <Icon name=face.icon />
                                        {face.word}
                                    </span>
                                    <span class="cell-fact">{face.fact}</span>
                                }
                            })
                    }}
                </p>
                // Outside of what is read aloud: it changes every second.
                {move || {
                    let clock = face.with(|face| face.as_ref().and_then(|face| face.clock));
                    clock.map(|(since, typical)| view! { <span class="meta num"><Elapsed since typical /></span> })
                }}
            </div>
            {move || work.get().map(|work| view! { <About state work=(*work).clone() /> })}
            {move || refused.get().map(|(cell, error, text)| view! { <Refused state cell error text /> })}
        </div>
    }
}

/// The newest work of ours on the cell: its price, and what can be done.
#[component]
fn About(state: GridState, work: Work) -> impl IntoView {
    let settled = move |work: Work| acts::note_all(state, vec![work]);
    if work.progress == Progress::Unknown {
        return view! { <UnclearCall work=work.id reason=work.reason code=work.error_code on_settled=settled /> }
            .into_any();
    }
    let money = money(&work);
    let done = move |works| acts::note_all(state, works);
    view! {
        {money.word.map(|_| view! { <p class=format!("meta num {}", money.tone.class())>{money.words()}</p> })}
        <WorkButtons work on_done=done />
    }
    .into_any()
}
