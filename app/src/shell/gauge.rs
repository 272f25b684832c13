use leptos::prelude::*;
use model::Topic;
use serde::{Deserialize, Serialize};

use super::surroundings::use_surroundings;
use crate::agents::server_fns::open_agent;
use crate::error::AppError;
use crate::live::{on_change, soon};
use crate::queue::server_fns::open_funds;
use crate::ui::{Credits, number};
use gen_client::AgentId;

/// What is left to spend, and who pays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Left {
    organization: String,
    credits: f64,
    reserved: f64,
}

/// What is left to spend, and how much of it our waiting work will take.
#[component]
pub(super) fn Gauge() -> impl IntoView {
    let surroundings = use_surroundings();
    let left = Resource::new(
        move || surroundings.named_agent(),
        move |named| async move {
            match surroundings.or_first(named).await {
                Some(agent) => open_left(agent).await,
                None => Ok(None),
            }
        },
    );
    on_change(|topic| matches!(topic, Topic::Work { .. } | Topic::Agents), soon(move || left.refetch()));
    view! {
        <Transition>
            {move || {
                let left = left.get().and_then(Result::ok).flatten()?;
                let words = format!("Credits left of {}", left.organization);
                let title = words.clone();
                let reserved = (left.reserved > 0.0)
                    .then(|| view! { <span class="gauge-reserved">{format!(" · {} reserved", number(left.reserved))}</span> });
                Some(
                    view! {
                        <p class="gauge" title=title>
                            <span class="visually-hidden">{words} ": "</span>
                            <Credits amount=left.credits />
                            {reserved}
                        </p>
                    },
                )
            }}
        </Transition>
    }
}

/// `None` where the key may not see the organization's credits.
async fn open_left(agent: AgentId) -> Result<Option<Left>, AppError> {
    let organization = open_agent(agent.clone()).await?.value.organization;
    let credits =
        |organization: &gen_client::model::Organization| organization.available_credits.as_ref()?.generic;
    let Some((organization, credits)) = organization.and_then(|one| Some((one.name.clone(), credits(&one)?)))
    else {
        return Ok(None);
    };
    let reserved = open_funds(agent).await?.reserved;
    Ok(Some(Left { organization, credits, reserved }))
}
