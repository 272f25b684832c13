use gen_client::model::ElevenLabs as Status;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::Sketch;

use super::server_fns::{connect_elevenlabs, disconnect_elevenlabs, open_elevenlabs, test_elevenlabs_key};
use crate::activity::Curl;
use crate::agents::canvas::CoreForm;
use crate::ui::{Act, ErrorNote, Icon, IconName};

/// The agent's own account at ElevenLabs. GEN keeps its key; this server never does.
#[component]
pub(super) fn ElevenLabs(form: CoreForm) -> impl IntoView {
    let status = Resource::new(|| (), move |()| open_elevenlabs(form.agent.get_value()));
    let changed = RwSignal::new(None::<Status>);
    view! {
        <Transition fallback=|| view! { <div class="skeleton"></div> }>
            {move || {
                let known = changed.get().map(Ok).or_else(|| status.get());
                known
                    .map(|known| match known {
                        Ok(status) if status.connected => view! { <Connected form status changed /> }.into_any(),
                        Ok(_) => view! { <Connect form changed /> }.into_any(),
                        Err(error) => view! { <ErrorNote error /> }.into_any(),
                    })
            }}
        </Transition>
    }
}

#[component]
fn Connected(form: CoreForm, status: Status, changed: RwSignal<Option<Status>>) -> impl IntoView {
    let attempt = Act::idle();
    let disconnect = move |_| {
        attempt.run(disconnect_elevenlabs(form.agent.get_value()), move |()| {
            changed.set(Some(Status::default()));
        });
    };
    view! {
        <div class="voice-step">
            <p>
                <span class="state tone-ok">
                    <Icon name=IconName::CheckCircle />
                    "Connected"
                </span>
                " " {status.masked_key.map(|key| view! { <code>{key}</code> })} " "
                {status.tier.map(|tier| view! { <span class="tag">{tier}</span> })}
            </p>
            <p class="meta">"Its voices stand in the library. GEN keeps the key; Reelsheet does not have it."</p>
            {attempt.note()}
            <div class="buttons">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || form.locked.get() || attempt.busy.get()
                    on:click=disconnect
                >
                    "Disconnect"
                </button>
                <Curl what=|()| Sketch::DisconnectElevenLabs />
            </div>
        </div>
    }
}

/// A key is tested, then handed on. It is in no draft, and gone from the page once GEN has it.
#[component]
fn Connect(form: CoreForm, changed: RwSignal<Option<Status>>) -> impl IntoView {
    let secret = RwSignal::new(String::new());
    let valid = RwSignal::new(None::<bool>);
    let (tested, connected) = (Act::idle(), Act::idle());
    let idle = move || {
        form.locked.get()
            || tested.busy.get()
            || connected.busy.get()
            || secret.with(|secret| secret.trim().is_empty())
    };
    let test = move |_| {
        valid.set(None);
        tested.run(test_elevenlabs_key(form.agent.get_value(), secret.get_untracked()), move |answer| {
            valid.set(Some(answer));
        });
    };
    let connect = move |event: SubmitEvent| {
        event.prevent_default();
        valid.set(None);
        connected.run(connect_elevenlabs(form.agent.get_value(), secret.get_untracked()), move |status| {
            secret.set(String::new());
            changed.set(Some(status));
        });
    };
    view! {
        <form class="voice-step" aria-label="Connect ElevenLabs" method="post" on:submit=connect>
            <label class="field">
                <span class="label">"ElevenLabs key"</span>
                <input
                    class="input"
                    type="password"
                    autocomplete="off"
                    spellcheck="false"
                    disabled=form.locked
                    prop:value=secret
                    on:input:target=move |event| {
                        secret.set(event.target().value());
                        valid.set(None);
                    }
                />
            </label>
            <p class="field-hint">"It goes to GEN, which keeps it for this agent. Reelsheet keeps it nowhere."</p>
            <div role="status">
                {move || {
                    valid
                        .get()
                        .map(|valid| match valid {
                            true => {
                                view! {
                                    <span class="state tone-ok">
                                        <Icon name=IconName::CheckCircle />
                                        "ElevenLabs takes this key"
                                    </span>
                                }
                                    .into_any()
                            }
                            false => {
                                view! {
                                    <span class="state tone-error">
                                        <Icon name=IconName::CrossCircle />
                                        "ElevenLabs refuses this key"
                                    </span>
                                }
                                    .into_any()
                            }
                        })
                }}
            </div>
            {tested.note()}
            {connected.note()}
            <div class="buttons">
                <button type="submit" class="button primary" disabled=idle>
                    "Connect"
                </button>
                <button type="button" class="button" disabled=idle on:click=test>
                    "Test key"
                </button>
                <Curl what=|()| Sketch::ConnectElevenLabs />
            </div>
        </form>
    }
}
