//! Agents and their core: the Setup canvas.

mod card;
mod completeness;
mod core_form;
mod expertise;
mod head_card;
mod identity;
mod limits;
mod merge;
mod monitored;
pub mod server_fns;
mod socials;
mod text_field;
mod voice;

use gen_client::AgentId;
use gen_client::model::AgentCore;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Action, Cached, Topic};

pub(crate) use completeness::completeness;

use crate::error::AppError;
use crate::live::on_change;
use crate::paths;
use crate::shell::{agent_param, use_surroundings};
use crate::ui::{AsOf, ErrorNote, Icon, IconName};

/// The Setup canvas of one agent.
#[component]
pub fn SetupPage() -> impl IntoView {
    let agent = agent_param();
    // Asked once per agent: later answers reach the form without making it anew, so that typed text stays.
    let core = Resource::new(move || agent.get(), load);
    view! {
        <Title text="Setup · Reelsheet" />
        <Transition fallback=|| {
            view! {
                <PageHead />
                <div class="page-body">
                    <div class="skeleton"></div>
                </div>
            }
        }>
            {move || {
                core.get()
                    .map(|answer| match answer {
                        Ok((agent, core, picture)) => view! { <Canvas agent core picture /> }.into_any(),
                        Err(error) => {
                            view! {
                                <PageHead />
                                <div class="page-body">
                                    <ErrorNote error />
                                </div>
                            }
                                .into_any()
                        }
                    })
            }}
        </Transition>
    }
}

type Loaded = (AgentId, Cached<AgentCore>, Option<String>);

/// The core, and the agent's picture where GEN names one.
async fn load(agent: Result<AgentId, AppError>) -> Result<Loaded, AppError> {
    let agent = agent?;
    let core = server_fns::open_core(agent.clone()).await?;
    let picture = server_fns::open_agent(agent.clone())
        .await
        .ok()
        .and_then(|overview| overview.value.agent.primary_avatar_url);
    Ok((agent, core, picture.map(|id| paths::media(&id))))
}

#[component]
fn Canvas(agent: AgentId, core: Cached<AgentCore>, picture: Option<String>) -> impl IntoView {
    let surroundings = use_surroundings();
    let locked = Signal::derive(move || !surroundings.may(Action::Edit));
    let form = core_form::CoreForm::new(agent.clone(), core, locked);
    form.keep_drafts();
    let own = agent.clone();
    on_change(
        move |topic| matches!(topic, Topic::Agent { agent_id } if *agent_id == own),
        move || form.renew(),
    );
    let in_trouble = move || form.age.with(|(.., trouble)| trouble.is_some());
    let age = move || {
        let (as_of, refreshing, trouble) = form.age.get();
        view! { <AsOf as_of refreshing trouble /> }
    };
    view! {
        <PageHead>{move || (!in_trouble()).then(age)}</PageHead>
        <div class="page-body canvas">
            <div class="canvas-notes">
                {move || in_trouble().then(age)}
                {move || form.renewing_failed.get().map(|error| view! { <ErrorNote error /> })}
                <Show when=move || locked.get()>
                    <p class="note">
                        <Icon name=IconName::Lock />
                        "Your role is viewer: you see everything here, and an editor can change it."
                    </p>
                </Show>
            </div>
            <head_card::HeadCard form picture />
            <identity::IdentityCard form />
            <voice::VoiceCard form agent />
            <socials::SocialsCard form />
            <monitored::MonitoredCard form />
            <expertise::ExpertiseCard form />
        </div>
    }
}

#[component]
fn PageHead(#[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>"Setup"</h1>
            <div class="end">{children.map(|children| children())}</div>
        </div>
    }
}
