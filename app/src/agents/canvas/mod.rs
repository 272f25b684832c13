//! The Setup canvas: the core of an agent, card by card, each saved by itself.

mod card;
mod completeness;
mod core_form;
mod expertise;
mod head_card;
mod identity;
mod keyboard;
mod merge;
mod monitored;
mod moved;
mod side;
mod socials;
mod text_field;

use gen_client::AgentId;
use gen_client::model::AgentCore;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Action, Cached, Topic};

pub(crate) use completeness::completeness;
pub(super) use {card::CoreCard, core_form::CoreForm};

use super::head::SetupHead;
use super::server_fns::{open_agent, open_core};
use super::voice::VoiceCard;
use crate::error::AppError;
use crate::live::on_change;
use crate::paths;
use crate::shell::{agent_param, use_surroundings};
use crate::ui::{AsOf, ErrorNote, Icon, IconName};
use side::{Side, SideLinks};

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
                <SetupHead />
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
                                <SetupHead />
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
    let core = open_core(agent.clone()).await?;
    let overview = open_agent(agent.clone()).await.ok();
    let picture = overview.and_then(|overview| overview.value.agent.primary_avatar_url);
    Ok((agent, core, picture.map(|id| paths::media(&id))))
}

#[component]
fn Canvas(agent: AgentId, core: Cached<AgentCore>, picture: Option<String>) -> impl IntoView {
    let surroundings = use_surroundings();
    let locked = Signal::derive(move || !surroundings.may(Action::Edit));
    let form = CoreForm::new(agent.clone(), core, locked);
    form.keep_drafts();
    let (own, beside) = (agent.clone(), agent.clone());
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
        <SetupHead>
            {move || (!in_trouble()).then(age)} <SideLinks agent=beside />
        </SetupHead>
        <div class="with-side">
            <div class="page-body canvas" on:keydown=move |event| keyboard::on_key(form, &event)>
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
                <VoiceCard form agent />
                <socials::SocialsCard form />
                <monitored::MonitoredCard form />
                <expertise::ExpertiseCard form />
            </div>
            <Side form />
        </div>
    }
}
