use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, GenKey, KeySummary, Sketch};

use super::gen_key_row::GenKeyRow;
use super::new_gen_key::NewGenKey;
use super::server_fns::{list_gen_keys, revoke_all_gen_keys};
use crate::activity::Curl;
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, Icon, IconName, TypedDelete};

/// The words that have to be typed before every key is revoked; the store knows them too.
const ALL: &str = "revoke all";

/// The keys at GEN of whoever owns one of our keys. GEN is asked only when somebody wants to see them.
#[component]
pub(super) fn KeysAtGen(
    /// Ours.
    #[prop(into)]
    keys: Signal<Vec<KeySummary>>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let through = RwSignal::new(keys.with_untracked(|keys| keys.first().map_or(0, |key| key.id)));
    let listed = RwSignal::new(None::<Result<Vec<GenKey>, AppError>>);
    let (asking, cut_off) = (RwSignal::new(false), RwSignal::new(false));
    let ask = move || {
        asking.set(true);
        spawn_local(async move {
            let answer = list_gen_keys(through.get_untracked()).await;
            listed.try_set(Some(answer));
            asking.try_set(false);
        });
    };
    let is_shared =
        move || keys.with(|keys| keys.iter().any(|key| key.id == through.get() && key.owner.is_none()));
    let may = Signal::derive(move || {
        surroundings.may(Action::Edit) && (!is_shared() || surroundings.may(Action::Administer))
    });
    let revoked = move |ours: bool| {
        cut_off.set(ours);
        if !ours {
            ask();
        }
    };
    let options = move || {
        keys.get()
            .into_iter()
            .map(|key| {
                let words = format!("{} …{}", key.label, key.last4);
                view! { <option value=key.id.to_string()>{words}</option> }
            })
            .collect_view()
    };
    view! {
        <section class="card gen-keys" aria-labelledby="gen-keys">
            <h2 id="gen-keys">"Keys at GEN"</h2>
            <p class="meta">
                "Every key of the GEN account behind a key above: name it, revoke it, make another for a script. GEN shows a new key once."
            </p>
            <div class="buttons">
                <label class="field">
                    <span class="label">"Account behind"</span>
                    <select
                        class="input"
                        on:change:target=move |event| {
                            through.set(event.target().value().parse().unwrap_or(0));
                            listed.set(None);
                        }
                    >
                        {options}
                    </select>
                </label>
                <button type="button" class="button large" disabled=move || asking.get() || !may.get() on:click=move |_| ask()>
                    {move || if asking.get() { "Asking GEN…" } else { "List keys" }}
                </button>
            </div>
            {move || (!may.get()).then(|| view! { <p class="meta">"Only an admin keeps the keys behind the team's key."</p> })}
            <Show when=move || cut_off.get()>
                <div class="note note-error" role="alert">
                    <Icon name=IconName::CrossCircle />
                    <div>
                        <p class="note-message">"That was the key Reelsheet itself came with: GEN refuses it now."</p>
                        <p>"Add another key above; until then nothing of this account can be asked or followed. What is saved is kept."</p>
                    </div>
                </div>
            </Show>
            {move || match listed.get() {
                Some(Err(error)) => Some(view! { <ErrorNote error /> }.into_any()),
                Some(Ok(all)) => {
                    Some(
                        view! {
                            <ul class="keys" aria-label="Keys at GEN">
                                {all
                                    .into_iter()
                                    .map(|key| view! { <GenKeyRow key through on_change=move |all| listed.set(Some(Ok(all))) on_revoked=revoked /> })
                                    .collect_view()}
                            </ul>
                        }
                            .into_any(),
                    )
                }
                None => None,
            }}
            <Show when=move || may.get()>
                <NewGenKey through on_made=ask />
                <RevokeAll through on_revoked=revoked />
            </Show>
        </section>
    }
}

/// Ends every key of the account, the one in use included.
#[component]
fn RevokeAll(through: RwSignal<i64>, #[prop(into)] on_revoked: Callback<bool>) -> impl IntoView {
    let (open, attempt) = (RwSignal::new(false), Act::idle());
    let revoke = move |(typed, password): (String, String)| {
        attempt.run(revoke_all_gen_keys(through.get_untracked(), typed, password), move |ours| {
            open.set(false);
            on_revoked.run(ours);
        });
    };
    view! {
        <div class="buttons">
            <button type="button" class="button danger" on:click=move |_| open.set(true)>
                "Revoke all…"
            </button>
            <Curl what=|()| Sketch::RevokeAllGenKeys of="revoke all" />
        </div>
        <TypedDelete
            open
            title="Revoke every key of this account?"
            what=Signal::derive(|| {
                "Every key of this GEN account opens nothing any more, at once, for everybody. That includes the one Reelsheet comes with: this dashboard is cut off until another key is added.".to_owned()
            })
            name=Signal::derive(|| ALL.to_owned())
            button="Revoke all keys"
            password=true
            attempt
            on_delete=revoke
        />
    }
}
