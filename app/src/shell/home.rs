use gen_client::AgentId;
use leptos::prelude::*;
use leptos_meta::Title;
use model::Topic;

use super::journey::{Checklist, JourneyStrip, load_journey};
use super::latest::{LatestRenders, RecentVidsheets};
use super::surroundings::use_surroundings;
use crate::live::on_change;
use crate::ui::ErrorNote;

/// Where the current agent's work stands, and what to do first.
#[component]
pub fn HomePage() -> impl IntoView {
    let surroundings = use_surroundings();
    let journey = Resource::new(
        move || surroundings.named_agent(),
        move |named| async move { load_journey(surroundings.or_first(named).await).await },
    );
    on_change(
        |topic| !matches!(topic, Topic::Cell { .. } | Topic::Presence { .. }),
        move || journey.refetch(),
    );
    let name = move |id: &AgentId| {
        let agents = surroundings.agents.get()?.ok()?;
        agents.value.into_iter().find(|agent| agent.id == *id).map(|agent| agent.name)
    };
    view! {
        <Title text="Home · Reelsheet" />
        <div class="page-head">
            <h1>"Home"</h1>
        </div>
        <div class="page-body home">
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || {
                    surroundings
                        .agents
                        .get()
                        .and_then(Result::err)
                        .filter(|error| error.kind != crate::error::ErrorKind::NoKey)
                        .map(|error| view! { <ErrorNote error /> })
                }}
                {move || {
                    journey
                        .get()
                        .map(|journey| match journey {
                            Ok(journey) => {
                                let heading = journey.agent.as_ref().and_then(name);
                                view! {
                                    {heading.map(|name| view! { <h2 class="home-agent">{name}</h2> })}
                                    <JourneyStrip journey=journey.clone() />
                                    <div class="home-columns">
                                        <Checklist journey=journey.clone() />
                                        <RecentVidsheets journey=journey.clone() />
                                    </div>
                                    <LatestRenders journey />
                                }
                                    .into_any()
                            }
                            Err(error) => view! { <ErrorNote error /> }.into_any(),
                        })
                }}
            </Transition>
        </div>
    }
}
