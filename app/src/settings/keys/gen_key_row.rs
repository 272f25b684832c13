use gen_client::model::ApiKeyStatus;
use leptos::prelude::*;
use model::{GenKey, Sketch};

use super::server_fns::{rename_gen_key, revoke_gen_key};
use crate::activity::Curl;
use crate::ui::{Act, Icon, IconName, TypedDelete};

/// One key at GEN: what may be known of it, its name, its end.
#[component]
pub(super) fn GenKeyRow(
    key: GenKey,
    /// Our key that GEN is asked with.
    through: RwSignal<i64>,
    /// Called with the list as it is after a renaming.
    #[prop(into)]
    on_change: Callback<Vec<GenKey>>,
    /// Called when it is revoked; true when it was ours.
    #[prop(into)]
    on_revoked: Callback<bool>,
) -> impl IntoView {
    let id = StoredValue::new(key.key.id.clone());
    let name = RwSignal::new(key.name.clone());
    let (renaming, revoking) = (RwSignal::new(false), RwSignal::new(false));
    let (renamed, revoked) = (Act::idle(), Act::idle());
    let active = key.key.status == ApiKeyStatus::Active;
    let rename = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answer = rename_gen_key(through.get_untracked(), id.get_value(), name.get_untracked());
        renamed.run(answer, move |all| on_change.run(all));
    };
    let revoke = move |(typed, _): (String, String)| {
        let answer = revoke_gen_key(through.get_untracked(), id.get_value(), typed);
        revoked.run(answer, move |ours| {
            revoking.set(false);
            on_revoked.run(ours);
        });
    };
    let (state, icon) = match key.key.status {
        ApiKeyStatus::Active => ("state ok", IconName::CheckCircle),
        _ => ("state muted", IconName::Stopped),
    };
    let status = key.key.status.to_string();
    let shown = key.name.clone();
    let what = Signal::derive({
        let (name, ours) = (key.name.clone(), key.may_be_ours);
        move || {
            let warning = if ours {
                " It was used a moment ago, so it may be the very key Reelsheet comes with: revoking that one cuts this dashboard off from GEN."
            } else {
                ""
            };
            format!("“{name}” opens nothing any more, at once, for everybody who uses it.{warning}")
        }
    });
    let facts = [
        ("made", key.key.created_at),
        ("expires", key.key.expires_at),
        ("last used", key.key.last_used_at),
        ("revoked", key.key.revoked_at),
    ];
    let facts: Vec<String> =
        facts.into_iter().filter_map(|(what, at)| Some(format!("{what} {}", day(&at?)))).collect();
    let drawn = move |()| match renaming.get_untracked() {
        true => Sketch::RenameGenKey(id.get_value(), name.get_untracked()),
        false => Sketch::RevokeGenKey(id.get_value()),
    };
    view! {
        <li class="card key">
            <Icon name=IconName::Key />
            <div class="grow">
                <p>
                    <strong>{shown.clone()}</strong>
                    " "
                    <span class=state>
                        <Icon name=icon />
                        {status}
                    </span>
                    " "
                    {key.may_be_ours.then(|| view! { <span class="tag on">"May be in use here"</span> })}
                </p>
                <p class="meta">{facts.join(" · ")}</p>
                <Show when=move || renaming.get()>
                    <form class="line-form-fields" on:submit=rename>
                        <label class="field grow">
                            <span class="visually-hidden">"New name"</span>
                            <input class="input" type="text" autocomplete="off" maxlength="100" bind:value=name />
                        </label>
                        <button type="submit" class="button large" disabled=renamed.busy>
                            "Save"
                        </button>
                    </form>
                    {renamed.note()}
                </Show>
            </div>
            <div class="buttons">
                <button type="button" class="button" aria-label=format!("Rename {shown}") on:click=move |_| renaming.update(|open| *open = !*open)>
                    "Rename"
                </button>
                <button
                    type="button"
                    class="button danger"
                    aria-label=format!("Revoke {shown}")
                    disabled=!active
                    on:click=move |_| revoking.set(true)
                >
                    "Revoke"
                </button>
                <Curl what=drawn />
            </div>
            <TypedDelete
                open=revoking
                title="Revoke this key?"
                what
                name=Signal::derive(move || key.name.clone())
                button="Revoke key"
                attempt=revoked
                on_delete=revoke
            />
        </li>
    }
}

/// The day of one of GEN's moments; what is none stays as it came.
fn day(iso: &str) -> String {
    iso.get(..10).unwrap_or(iso).to_owned()
}
