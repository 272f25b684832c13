use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::Sketch;

use super::server_fns::create_gen_key;
use crate::activity::Curl;
use crate::ui::{Act, CopyButton, Icon, IconName, draft_text};

/// How long a key lives: what the choice says, and days.
const LIVES: [(&str, &str); 4] = [("Never", ""), ("30 days", "30"), ("90 days", "90"), ("A year", "365")];

/// Makes a key at GEN. Its secret is shown until somebody says that they have it, and cannot be asked for again.
#[component]
pub(super) fn NewGenKey(
    /// Our key that GEN is asked with.
    through: RwSignal<i64>,
    /// Called when one was made.
    #[prop(into)]
    on_made: Callback<()>,
) -> impl IntoView {
    let (name, days) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    draft_text("gen-key-name", name);
    // In no draft and no storage of the browser's: it lives in this page alone.
    let secret = RwSignal::new(None::<String>);
    let attempt = Act::idle();
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let days = days.get_untracked().parse().ok();
        attempt.run(create_gen_key(through.get_untracked(), name.get_untracked(), days), move |created| {
            secret.set(Some(created.secret));
            name.set(String::new());
            on_made.run(());
        });
    };
    let drawn = move |()| {
        let days: Option<u64> = days.get_untracked().parse().ok();
        Sketch::CreateGenKey(name.get_untracked(), days.map(|days| days * 24 * 60 * 60))
    };
    view! {
        <form class="new-gen-key" aria-label="New key at GEN" method="post" on:submit=create>
            <div class="add-key-fields">
                <label class="field">
                    <span class="label">"Name of the new key"</span>
                    <input class="input" type="text" autocomplete="off" maxlength="100" placeholder="n8n production" bind:value=name />
                </label>
                <label class="field">
                    <span class="label">"Expires after"</span>
                    <select class="input" on:change:target=move |event| days.set(event.target().value())>
                        {LIVES.map(|(words, days)| view! { <option value=days>{words}</option> }).into_iter().collect_view()}
                    </select>
                </label>
            </div>
            {attempt.note()}
            <div class="buttons">
                <button
                    type="submit"
                    class="button"
                    disabled=move || attempt.busy.get() || name.with(|name| name.trim().is_empty())
                >
                    <Icon name=IconName::Plus />
                    "Create key"
                </button>
                <Curl what=drawn />
            </div>
            {move || {
                secret
                    .get()
                    .map(|text| {
                        view! {
                            <div class="note note-ok" role="status">
                                <Icon name=IconName::Key />
                                <div class="new-secret">
                                    <p class="note-message">"Copy it now: it is shown this once, and kept nowhere here."</p>
                                    <code>{text.clone()}</code>
                                    <div class="buttons">
                                        <CopyButton text=Signal::derive(move || text.clone()) words="Copy key" />
                                        <button type="button" class="button" on:click=move |_| secret.set(None)>
                                            "I have it"
                                        </button>
                                    </div>
                                </div>
                            </div>
                        }
                    })
            }}
        </form>
    }
}
