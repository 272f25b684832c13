use gen_client::CellId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::acts;
use super::super::cells::{self, CellContent, RENDER_CREDITS};
use super::super::grid_state::GridState;
use crate::error::AppError;
use crate::generations::{PriceLine, asked_later, price_of};
use crate::paths;
use crate::queue::server_fns::quote_cell;
use crate::ui::{ErrorNote, credits_estimate};

/// Starts a render, and hands out the newest one.
#[component]
pub(super) fn RenderCard(state: GridState, shown: Memo<Option<CellContent>>) -> impl IntoView {
    let trouble = RwSignal::new(None::<AppError>);
    let sending = RwSignal::new(false);
    let cell =
        Memo::new(move |_| shown.with(|content| content.as_ref().map(|content| content.cell.id.clone())));
    let render = move |_| {
        let Some(cell) = cell.get_untracked() else { return };
        trouble.set(None);
        sending.set(true);
        spawn_local(async move {
            let sent = acts::render(state, cell).await;
            sending.try_set(false);
            trouble.try_set(sent.err());
        });
    };
    let progress = Memo::new(move |_| shown.with(|content| Some(content.as_ref()?.work.as_ref()?.progress)));
    let under_way = move || {
        sending.get() || progress.get().is_some_and(|progress| progress.is_running() || progress.is_waiting())
    };
    // What a render costs is asked again when one ends.
    let wanted = move || {
        progress.track();
        cell.get()
    };
    let quoted = asked_later(wanted, move |cell: CellId| {
        let (agent, vidsheet) = state.ids.get_value();
        quote_cell(agent, vidsheet, cell, None)
    });
    let known =
        Memo::new(move |_| quoted.with(|quoted| quoted.as_ref().and_then(|(_, quote)| quote.clone().ok())));
    let unknown =
        Memo::new(move |_| quoted.with(|quoted| quoted.as_ref().and_then(|(_, quote)| quote.clone().err())));
    let price = move || known.with(|quote| price_of(quote.as_ref(), RENDER_CREDITS.into()));
    let download =
        move || shown.with(|content| cells::shown_media(content.as_ref()?, false).map(paths::media_download));
    view! {
        <div class="render-card">
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <PriceLine quote=known trouble=unknown published=f64::from(RENDER_CREDITS) id="render-basis" />
            <div class="card-send">
                {move || download().map(|href| view! { <a class="button" href=href download rel="external">"Download"</a> })}
                <button type="button" class="button primary" aria-describedby="render-basis" on:click=render disabled=under_way>
                    {move || format!("Render · {}", credits_estimate(price()))}
                </button>
            </div>
        </div>
    }
}
