//! What people do to a vidsheet by hand. Every act is a list of steps (`step`), each of which knows what was before and
//! what came after; it is written down (`log`) in the transaction that makes it visible, and taken back (`undo`) by
//! doing its steps the other way round. Values that GEN cannot take now wait (`waiting`).

mod columns;
mod edit;
mod log;
mod order;
mod paste;
mod rows;
mod send;
mod settle;
mod step;
mod take;
mod target;
mod undo;
mod waiting;

pub(crate) use waiting::{Answers, waiting_on, waiting_on_cells};

use gen_client::{AgentId, GenClient, VidsheetId};
use model::{Action, PersonId};

use super::Place;
use crate::{Actor, Result, Store};

/// Who does something to which vidsheet.
#[derive(Clone)]
pub(crate) struct Doer {
    pub(crate) place: Place,
    pub(crate) person: PersonId,
    pub(crate) client: GenClient,
}

/// What becomes of a value that GEN cannot take now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IfAway {
    /// The person is told, and keeps it in the page.
    Say,
    /// It is kept here and sent when GEN answers.
    Keep,
}

impl Store {
    /// Somebody who may change this vidsheet.
    async fn doer(&self, actor: &Actor, agent: &AgentId, vidsheet: &VidsheetId) -> Result<Doer> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let place = Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key };
        Ok(Doer { place, person: actor.person.id, client })
    }
}
