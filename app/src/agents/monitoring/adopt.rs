use gen_client::AgentId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::Action;

use super::server_fns::adopt_watch;
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::Act;

/// Takes up a look that was begun elsewhere. GEN cannot list them, so its number has to come from there.
#[component]
pub(super) fn Adopt(agent: AgentId, changed: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let agent = StoredValue::new(agent);
    let number = RwSignal::new(String::new());
    let attempt = Act::idle();
    let locked = move || !surroundings.may(Action::Edit);
    let adopt = move |event: SubmitEvent| {
        event.prevent_default();
        match number.get_untracked().trim().parse() {
            Ok(job) => attempt.run(adopt_watch(agent.get_value(), job), move |_| {
                number.set(String::new());
                changed.run(());
            }),
            Err(_) => {
                attempt.trouble.set(Some(AppError::invalid("Job number", "This is no number of GEN's.")))
            }
        }
    };
    view! {
        <form class="watch-adopt" aria-label="Add by number" method="post" on:submit=adopt>
            <label class="field">
                <span class="label">"Begun elsewhere? Add it by GEN's job number"</span>
                <input class="input" type="text" inputmode="numeric" autocomplete="off" disabled=locked bind:value=number />
            </label>
            <button
                type="submit"
                class="button large"
                disabled=move || locked() || attempt.busy.get() || number.with(|number| number.trim().is_empty())
            >
                "Add"
            </button>
            {attempt.note()}
        </form>
    }
}
