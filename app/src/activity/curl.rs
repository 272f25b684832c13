use gen_client::AgentId;
use leptos::prelude::*;
use model::Sketch;

use super::server_fns::draw_call;
use crate::shell::use_surroundings;
use crate::ui::{Act, CopyButton, Dialog, Icon, IconName};

/// Shows an action as a command for a shell, with the key as `$GEN_API_KEY`.
#[component]
pub fn Curl(
    /// What the person would do, as the form has it at this moment.
    #[prop(into)]
    what: Callback<(), Sketch>,
    /// The agent it is about; the one that is looked at, if nothing else is said.
    #[prop(optional)]
    agent: Option<AgentId>,
    /// Names the action, where several stand together.
    #[prop(optional)]
    of: Option<&'static str>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let (drawn, open, attempt) = (RwSignal::new(String::new()), RwSignal::new(false), Act::idle());
    let draw = move |_| {
        let Some(agent) = agent.clone().or_else(|| untrack(|| surroundings.agent())) else { return };
        open.set(true);
        drawn.set(String::new());
        attempt.run(draw_call(agent, what.run(())), move |command| drawn.set(command));
    };
    view! {
        <button type="button" class="button quiet curl" title="This action as a command for a shell" aria-label=of.map(|of| format!("Copy as curl: {of}")) on:click=draw>
            <Icon name=IconName::Copy />
            "Copy as curl"
        </button>
        <Dialog open title="As a command" on_close=move |()| open.set(false)>
            <p class="meta">"What Reelsheet would send. Put your key into $GEN_API_KEY; it is not shown here."</p>
            {attempt.note()}
            <pre class="document" tabindex="0" role="region" aria-label="Command">
                {drawn}
            </pre>
            <div class="buttons">
                <CopyButton text=drawn words="Copy" />
            </div>
        </Dialog>
    }
}
