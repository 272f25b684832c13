use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, NewKey};

use super::server_fns::add_key;
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{ErrorNote, Icon, IconName, draft_text};

/// How the last attempt to add a key ended.
#[derive(Clone, PartialEq)]
enum Act {
    None,
    Testing,
    Kept(String),
    Refused(AppError),
}

/// The form for a new key. GEN is asked whose it is before it is kept.
#[component]
pub(super) fn AddKey(#[prop(into)] on_added: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let key = RwSignal::new(String::new());
    let label = RwSignal::new(String::new());
    let shared = RwSignal::new(false);
    let attempt = RwSignal::new(Act::None);
    // The key itself is no draft: it must not lie in the browser's storage.
    draft_text("key-label", label);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let label_text = label.get_untracked().trim().to_owned();
        let label_text = if label_text.is_empty() { "My key".to_owned() } else { label_text };
        let new_key = NewKey {
            key: key.get_untracked().trim().to_owned(),
            label: label_text,
            shared: shared.get_untracked(),
        };
        if new_key.key.is_empty() {
            return attempt.set(Act::Refused(AppError::invalid("Key", "Paste a key first.")));
        }
        attempt.set(Act::Testing);
        spawn_local(async move {
            match add_key(new_key).await {
                Ok((_, user)) => {
                    key.set(String::new());
                    label.set(String::new());
                    attempt.set(Act::Kept(user.name));
                    surroundings.agents.refetch();
                    on_added.run(());
                }
                Err(error) => attempt.set(Act::Refused(error)),
            }
        });
    };
    let may_share = move || surroundings.may(Action::Administer);
    let testing = move || attempt.get() == Act::Testing;
    view! {
        <form class="card add-key" aria-labelledby="add-key" method="post" on:submit=submit>
            <h2 id="add-key">"Add a key"</h2>
            <p class="meta">"Make one at gen.pro under Settings, API keys."</p>
            <div class="add-key-fields">
                <label class="field">
                    <span class="label">"Key"</span>
                    <input class="input" type="password" autocomplete="off" spellcheck="false" bind:value=key />
                </label>
                <label class="field">
                    <span class="label">"Label"</span>
                    <input class="input" type="text" autocomplete="off" placeholder="My key" maxlength="80" bind:value=label />
                </label>
            </div>
            <Transition>
                <label class="check">
                    <input type="checkbox" disabled=move || !may_share() bind:checked=shared />
                    <span>"Share with the team"</span>
                    {move || (!may_share()).then(|| view! { <span class="meta">"Only an admin can share a key."</span> })}
                </label>
            </Transition>
            <div class="buttons">
                <button type="submit" class="button primary" disabled=testing>
                    {move || if testing() { "Testing…" } else { "Test and save" }}
                </button>
                <span role="status">
                    {move || match attempt.get() {
                        Act::Kept(name) => {
                            Some(
                                view! {
                                    <span class="state ok">
                                        <Icon name=IconName::CheckCircle />
                                        "Saved. GEN knows you as "
                                        {name}
                                    </span>
                                },
                            )
                        }
                        _ => None,
                    }}
                </span>
            </div>
            {move || match attempt.get() {
                Act::Refused(error) => Some(view! { <ErrorNote error /> }),
                _ => None,
            }}
        </form>
    }
}
