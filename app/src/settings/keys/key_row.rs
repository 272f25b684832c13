use gen_client::model::GenUser;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, KeySummary};

use super::server_fns::{remove_key, test_key};
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{Dialog, ErrorNote, Icon, IconName, TimeAgo};

/// One key: what may be known of it, whether it works, and how to be rid of it.
#[component]
pub(super) fn KeyRow(key: KeySummary, #[prop(into)] on_removed: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let (id, is_shared) = (key.id, key.owner.is_none());
    let tested = RwSignal::new(None::<Result<GenUser, AppError>>);
    let busy = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let test = move |_| {
        busy.set(true);
        tested.set(None);
        spawn_local(async move {
            tested.set(Some(test_key(id).await));
            busy.set(false);
        });
    };
    let remove = move |_| {
        asking.set(false);
        busy.set(true);
        spawn_local(async move {
            match remove_key(id).await {
                Ok(()) => {
                    surroundings.agents.refetch();
                    on_removed.run(());
                }
                Err(error) => tested.set(Some(Err(error))),
            }
            busy.try_set(false);
        });
    };
    // A shared key belongs to everybody, so that only an admin takes it away.
    let may_remove = move || !is_shared || surroundings.may(Action::Administer);
    let label = StoredValue::new(key.label.clone());
    view! {
        <li class="card key">
            <Icon name=IconName::Key />
            <div class="grow">
                <p>
                    <strong>{key.label.clone()}</strong>
                    " "
                    <code>"…" {key.last4}</code>
                    " "
                    <span class="tag">{if is_shared { "Shared with the team" } else { "Yours" }}</span>
                    {key
                        .refused
                        .then(|| {
                            view! {
                                " "
                                <span class="state error">
                                    <Icon name=IconName::CrossCircle />
                                    "Refused by GEN"
                                </span>
                            }
                        })}
                </p>
                <p class="meta">
                    {match key.last_used_at {
                        Some(at) => view! { "Last used " <TimeAgo at /> }.into_any(),
                        None => view! { "Not used yet" }.into_any(),
                    }}
                </p>
                <div role="status">
                    {move || match tested.get() {
                        Some(Ok(user)) => {
                            Some(
                                view! {
                                    <p class="state ok">
                                        <Icon name=IconName::CheckCircle />
                                        "Works. GEN knows you as "
                                        {user.name}
                                    </p>
                                },
                            )
                        }
                        _ => None,
                    }}
                </div>
                {move || match tested.get() {
                    Some(Err(error)) => Some(view! { <ErrorNote error /> }),
                    _ => None,
                }}
            </div>
            <div class="buttons">
                <button type="button" class="button" disabled=busy on:click=test>
                    "Test"
                </button>
                <button
                    type="button"
                    class="button danger"
                    disabled=move || busy.get() || !may_remove()
                    title=move || (!may_remove()).then_some("Only an admin can remove a shared key.")
                    on:click=move |_| asking.set(true)
                >
                    "Remove"
                </button>
            </div>
            <Dialog open=asking title="Remove this key?" on_close=move |()| asking.set(false)>
                <p>
                    "“" {label.get_value()}
                    "” is forgotten here. At GEN it stays valid until it is revoked there. Work that is under way with it can no longer be followed."
                </p>
                <div class="buttons">
                    <button type="button" class="button danger" on:click=remove>
                        "Remove key"
                    </button>
                    <button type="button" class="button" on:click=move |_| asking.set(false)>
                        "Keep it"
                    </button>
                </div>
            </Dialog>
        </li>
    }
}
