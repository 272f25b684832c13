use gen_client::OrganizationId;
use gen_client::model::NewAgent;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{Action, Sketch};

use super::server_fns::{create_agent, list_workspaces};
use crate::activity::Curl;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, draft_text, given};

/// Makes an agent and goes on to its Setup canvas.
#[component]
pub(super) fn NewAgentForm() -> impl IntoView {
    let surroundings = use_surroundings();
    let workspaces = Resource::new(|| (), |()| list_workspaces());
    let (name, description, zone) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    draft_text("new-agent-name", name);
    draft_text("new-agent-description", description);
    // The browser knows where its person is; they can say otherwise.
    Effect::new(move || {
        if zone.with_untracked(String::is_empty)
            && let Some(here) = own_time_zone()
        {
            zone.set(here);
        }
    });
    let organization = RwSignal::new(None::<OrganizationId>);
    let attempt = Act::idle();
    let navigate = StoredValue::new(use_navigate());
    let new = move || {
        let some = |text: RwSignal<String>| text.with_untracked(|text| given(text));
        NewAgent {
            name: name.get_untracked(),
            description: some(description),
            time_zone: some(zone),
            organization_id: organization.get_untracked(),
            ..NewAgent::default()
        }
    };
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        attempt.run(create_agent(new()), move |agent| {
            name.set(String::new());
            description.set(String::new());
            surroundings.agents.refetch();
            navigate.with_value(|navigate| navigate(&paths::setup(&agent), NavigateOptions::default()));
        });
    };
    let options = move || {
        workspaces
            .get()
            .and_then(Result::ok)
            .unwrap_or_default()
            .into_iter()
            .map(|workspace| view! { <option value=workspace.id.to_string()>{workspace.name}</option> })
            .collect_view()
    };
    let idle = move || attempt.busy.get() || name.with(|name| name.trim().is_empty());
    view! {
        <form class="card new-agent" aria-labelledby="new-agent" method="post" on:submit=create>
            <h2 id="new-agent">"New agent"</h2>
            <div class="new-agent-fields">
                <label class="field">
                    <span class="label">"Name"</span>
                    <input class="input" type="text" autocomplete="off" maxlength="255" bind:value=name />
                </label>
                <Transition>
                    <label class="field">
                        <span class="label">"Organization"</span>
                        <select
                            class="input"
                            on:change:target=move |event| organization.set(event.target().value().parse().ok())
                        >
                            <option value="">"Your own"</option>
                            {options}
                        </select>
                    </label>
                    {move || workspaces.get().and_then(Result::err).map(|error| view! { <ErrorNote error /> })}
                </Transition>
                <label class="field">
                    <span class="label">"Time zone"</span>
                    <input class="input" type="text" autocomplete="off" placeholder="Europe/Berlin" bind:value=zone />
                </label>
                <label class="field new-agent-description">
                    <span class="label">"Description"</span>
                    <input class="input" type="text" autocomplete="off" bind:value=description />
                </label>
            </div>
            {attempt.note()}
            <Transition>
                <div class="buttons">
                    <button
                        type="submit"
                        class="button primary"
                        disabled=move || idle() || !surroundings.may(Action::Edit)
                    >
                        "Create agent"
                    </button>
                    <Curl what=move |()| Sketch::CreateAgent(new()) />
                    {move || {
                        (!surroundings.may(Action::Edit))
                            .then(|| view! { <span class="meta">"Your role is viewer; an editor can make agents."</span> })
                    }}
                </div>
            </Transition>
        </form>
    }
}

/// The IANA name of the browser's time zone.
pub(super) fn own_time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    let zone = js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?;
    zone.as_string().filter(|zone| zone.contains('/') || zone == "UTC")
}
