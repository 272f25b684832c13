//! What every page may ask of the shell around it: who is signed in, which agents there are, which is meant.

use gen_client::AgentId;
use gen_client::model::Agent;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use model::{Action, Cached, Person, PersonId, Topic};
use serde::{Deserialize, Serialize};

use super::server_fns::describe_installation;
use crate::accounts::server_fns::who_am_i;
use crate::agents::server_fns::list_agents;
use crate::error::AppError;
use crate::live::on_change;
use crate::paths;

/// What a page must know about the process that serves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installation {
    /// Whether GEN is simulated, so that no credits are spent.
    pub demo: bool,
    /// Whether this request came over plain http from another machine, where anybody between can read along.
    pub insecure: bool,
}

/// What surrounds every page; a copy is the same thing.
#[derive(Clone, Copy)]
pub struct Surroundings {
    /// Who is signed in.
    pub person: Resource<Result<Person, AppError>>,
    /// The agents that the person's keys reach.
    pub agents: Resource<Result<Cached<Vec<Agent>>, AppError>>,
    /// What serves this page.
    pub installation: Resource<Result<Installation, AppError>>,
    /// The agent of the last page that belonged to one.
    last_agent: RwSignal<Option<AgentId>>,
    path: Memo<String>,
}

/// What surrounds this page.
pub fn use_surroundings() -> Surroundings {
    expect_context::<Surroundings>()
}

/// The agent that this page's address names.
pub fn agent_param() -> Memo<Result<AgentId, AppError>> {
    let params = use_params_map();
    Memo::new(move |_| {
        let named = params.with(|params| params.get("agent_id").unwrap_or_default());
        named.parse().map_err(|_| AppError::not_found("agent"))
    })
}

/// Asks for it all; called once, by the shell.
pub(super) fn provide_surroundings() -> Surroundings {
    let path = use_location().pathname;
    let surroundings = Surroundings {
        person: Resource::new(|| (), |()| who_am_i()),
        agents: Resource::new(|| (), |()| list_agents()),
        installation: Resource::new(|| (), |()| describe_installation()),
        last_agent: RwSignal::new(None),
        path,
    };
    provide_context(surroundings);
    on_change(|topic| matches!(topic, Topic::Agents), move || surroundings.agents.refetch());
    Effect::new(move || {
        if let Some(agent) = path.with(|path| paths::agent_of(path)) {
            surroundings.last_agent.set(Some(agent));
        }
    });
    surroundings
}

impl Surroundings {
    /// The agent that is meant: the address's, else the last one looked at, else the first there is.
    pub fn agent(self) -> Option<AgentId> {
        self.named_agent().or_else(|| self.agents.with(|agents| first(agents.as_ref()?)))
    }

    /// The same for the source of a resource. Such a source must not read another resource, or server and browser
    /// would disagree about what was loaded; so this is half of it, and [`Self::or_first`] the other.
    pub(super) fn named_agent(self) -> Option<AgentId> {
        let named = self.path.with(|path| paths::agent_of(path));
        named.or_else(|| self.last_agent.get())
    }

    /// The named agent, or the first there is.
    pub async fn or_first(self, named: Option<AgentId>) -> Option<AgentId> {
        match named {
            Some(agent) => Some(agent),
            None => first(&self.agents.await),
        }
    }

    /// The person's number, once it is known.
    pub fn me(self) -> Option<PersonId> {
        self.person.with(|person| Some(person.as_ref()?.as_ref().ok()?.id))
    }

    /// Whether the person's role allows it; the server decides anew with every request.
    pub fn may(self, action: Action) -> bool {
        self.person.with(|person| {
            person
                .as_ref()
                .and_then(|person| person.as_ref().ok())
                .is_some_and(|person| person.role.may(action))
        })
    }

    /// The path of the page.
    pub(super) fn path(self) -> Memo<String> {
        self.path
    }
}

fn first(agents: &Result<Cached<Vec<Agent>>, AppError>) -> Option<AgentId> {
    agents.as_ref().ok()?.value.first().map(|agent| agent.id.clone())
}
