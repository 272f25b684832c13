use gen_client::AgentId;
use gen_client::model::{AutomationConfig, AutomationPatch, DeliveryTest, check_public_url};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, Sketch};

use super::server_fns::{save_automation, test_callback, test_webhook};
use crate::activity::Curl;
use crate::shell::use_surroundings;
use crate::ui::{Act, Icon, IconName, SaveState, Saving, Switch, draft_text, given};
use crate::webhooks::server_fns::{replace_webhook, webhook_path};

/// Both addresses with their tests, and polling.
#[component]
pub(super) fn AutomationForm(agent: AgentId, config: AutomationConfig) -> impl IntoView {
    let surroundings = use_surroundings();
    let locked = Signal::derive(move || !surroundings.may(Action::Edit));
    let seen = RwSignal::new(config.clone());
    let webhook = RwSignal::new(config.webhook_url.unwrap_or_default());
    let callback = RwSignal::new(config.callback_url.unwrap_or_default());
    let polling = RwSignal::new(config.polling_enabled);
    draft_text(format!("webhook-{agent}"), webhook);
    draft_text(format!("callback-{agent}"), callback);
    let now = move || {
        let address = |text: RwSignal<String>| text.with(|text| given(text));
        AutomationConfig {
            webhook_url: address(webhook),
            callback_url: address(callback),
            polling_enabled: polling.get(),
        }
    };
    let unchanged = Signal::derive(move || seen.with(|seen| now() == *seen));
    let (attempt, saved) = (Act::idle(), RwSignal::new(false));
    let agent = StoredValue::new(agent);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (before, after) = (seen.get_untracked(), untrack(now));
        attempt.run(save_automation(agent.get_value(), before, after), move |config| {
            webhook.set(config.webhook_url.clone().unwrap_or_default());
            callback.set(config.callback_url.clone().unwrap_or_default());
            polling.set(config.polling_enabled);
            seen.set(config);
            saved.set(true);
        });
    };
    let drawn = move |()| {
        Sketch::UpdateAutomation(seen.with_untracked(|seen| AutomationPatch::between(seen, &untrack(now))))
    };
    let state = Signal::derive(move || Saving::of(attempt.busy.get(), saved.get() && unchanged.get()));
    view! {
        <form class="card automation" aria-labelledby="automation" method="post" on:submit=save>
            <header class="card-head">
                <h2 id="automation">"Whom GEN tells"</h2>
                <SaveState state />
            </header>
            <Address label="Webhook URL" id="webhook-url" hint="Told of every generation that ends." text=webhook locked />
            <OwnAddress agent webhook locked />
            <Address label="Callback URL" id="callback-url" hint="The older way; most people leave it empty." text=callback locked />
            <Switch label="Polling enabled" on=polling disabled=locked on_change=move |on| polling.set(on) />
            {attempt.note()}
            <div class="buttons">
                <button type="submit" class="button primary" disabled=move || locked.get() || unchanged.get() || attempt.busy.get()>
                    "Save"
                </button>
                <Curl what=drawn agent=agent.get_value() of="save" />
                <Test
                    words="Test webhook"
                    off=Signal::derive(move || locked.get() || !unchanged.get() || seen.with(|seen| seen.webhook_url.is_none()))
                    ask=move || Box::pin(test_webhook(agent.get_value()))
                    drawn=move || view! { <Curl what=|()| Sketch::TestWebhook agent=agent.get_value() of="test webhook" /> }
                />
                <Test
                    words="Test callback"
                    off=Signal::derive(move || locked.get() || !unchanged.get() || seen.with(|seen| seen.callback_url.is_none()))
                    ask=move || Box::pin(test_callback(agent.get_value()))
                    drawn=move || view! { <Curl what=|()| Sketch::TestCallback agent=agent.get_value() of="test callback" /> }
                />
            </div>
            <p class="field-hint">"A test has GEN call the saved address; save first."</p>
        </form>
    }
}

/// Fills in this installation's own address, or another one in its place where it got known to somebody.
#[component]
fn OwnAddress(agent: StoredValue<AgentId>, webhook: RwSignal<String>, locked: Signal<bool>) -> impl IntoView {
    let attempt = Act::idle();
    let fill = move |path: String| match window().location().origin() {
        Ok(origin) => webhook.set(format!("{origin}{path}")),
        Err(error) => leptos::logging::error!("this page has no address: {error:?}"),
    };
    let idle = move || locked.get() || attempt.busy.get();
    view! {
        <div class="buttons">
            <button
                type="button"
                class="button"
                disabled=idle
                on:click=move |_| attempt.run(webhook_path(agent.get_value()), fill)
            >
                "Use Reelsheet's own address"
            </button>
            <button
                type="button"
                class="button quiet"
                disabled=idle
                on:click=move |_| attempt.run(replace_webhook(agent.get_value()), fill)
            >
                "Make a new one"
            </button>
        </div>
        <p class="field-hint">
            "What GEN says there makes Reelsheet look earlier and is believed in nothing. An address that was replaced is heard for another day."
        </p>
        {attempt.note()}
    }
}

/// An address, with a plain word where GEN cannot reach it.
#[component]
fn Address(
    label: &'static str,
    id: &'static str,
    hint: &'static str,
    text: RwSignal<String>,
    locked: Signal<bool>,
) -> impl IntoView {
    let unreachable = Memo::new(move |_| {
        let address = text.get();
        let given = !address.trim().is_empty();
        given.then(|| check_public_url(&address).err().map(|error| error.to_string())).flatten()
    });
    let described = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="label" for=id>
                {label}
            </label>
            <input
                class="input"
                type="url"
                id=id
                autocomplete="off"
                placeholder="https://hooks.example.com/gen"
                disabled=locked
                aria-describedby=described.clone()
                value=text.get_untracked()
                bind:value=text
            />
            <p class="field-hint" id=described>
                {hint}
            </p>
            {move || {
                unreachable
                    .get()
                    .map(|why| {
                        view! {
                            <p class="note note-warn" role="status">
                                <Icon name=IconName::Warning />
                                <span>{why}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

type Asked = std::pin::Pin<Box<dyn Future<Output = Result<DeliveryTest, crate::error::AppError>>>>;

/// Has GEN try an address and shows its answer.
#[component]
fn Test(
    words: &'static str,
    #[prop(into)] off: Signal<bool>,
    ask: impl Fn() -> Asked + Copy + 'static,
    #[prop(into)] drawn: ViewFn,
) -> impl IntoView {
    let (attempt, answer) = (Act::idle(), RwSignal::new(None::<DeliveryTest>));
    let test = move |_| {
        answer.set(None);
        attempt.run(ask(), move |test| answer.set(Some(test)));
    };
    view! {
        <button type="button" class="button" disabled=move || off.get() || attempt.busy.get() on:click=test>
            {words}
        </button>
        {drawn.run()}
        <span role="status">
            {move || {
                answer
                    .get()
                    .map(|test| {
                        if test.success {
                            view! {
                                <span class="state ok">
                                    <Icon name=IconName::CheckCircle />
                                    "GEN reached it"
                                </span>
                            }
                                .into_any()
                        } else {
                            let reason = test.error.unwrap_or_else(|| "GEN gave no reason".to_owned());
                            view! {
                                <span class="state error delivery-failed">
                                    <Icon name=IconName::CrossCircle />
                                    "GEN did not reach it: "
                                    {reason}
                                </span>
                            }
                                .into_any()
                        }
                    })
            }}
        </span>
        {attempt.note()}
    }
}
