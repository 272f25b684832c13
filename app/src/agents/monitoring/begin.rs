use gen_client::AgentId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, Sketch};

use super::server_fns::start_watch;
use super::terms::{Terms, TermsFields};
use crate::activity::Curl;
use crate::shell::use_surroundings;
use crate::ui::{Act, draft_text, new_request};

/// Has GEN look at something; paid, so it says the price.
#[component]
pub(super) fn Begin(agent: AgentId, changed: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let agent = StoredValue::new(agent);
    let terms = Terms::new();
    draft_text("watch-value", terms.value);
    let attempt = Act::idle();
    let request = StoredValue::new(new_request());
    let locked = Signal::derive(move || !surroundings.may(Action::Spend));
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let Ok(spec) = untrack(|| terms.read()) else { return };
        attempt.run(start_watch(agent.get_value(), spec, request.get_value()), move |_| {
            request.set_value(new_request());
            terms.value.set(String::new());
            changed.run(());
        });
    };
    let drawn = move |()| Sketch::StartWatch(untrack(|| terms.shape()));
    view! {
        <form class="card watch-form" aria-labelledby="begin-watch" method="post" on:submit=begin>
            <h2 id="begin-watch">"Look at what others post"</h2>
            <TermsFields terms disabled=locked />
            {attempt.note()}
            <div class="buttons">
                <button
                    type="submit"
                    class="button primary"
                    disabled=move || locked.get() || attempt.busy.get() || terms.read().is_err()
                >
                    "Start"
                </button>
                {move || {
                    locked.get().then(|| view! { <span class="meta">"Your role is viewer; an editor can start this."</span> })
                }}
                <Curl what=drawn />
            </div>
        </form>
    }
}
