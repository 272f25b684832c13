//! The variables of a vidsheet. GEN replaces all of them by a spreadsheet file and merges nothing, so a replacement
//! looks first whether somebody else was faster, keeps what was there, and reads back what GEN made of it.

mod file;
mod snapshots;
mod usage;

use gen_client::model::Variable;
use gen_client::{AgentId, GenClient, VidsheetId};
use model::{Action, Cached, NewFile, Topic, VariableList, variables_problem};

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store, tables};

const FIELD: &str = "Variables";

impl Store {
    /// The variables of a vidsheet, with how often its cells use them.
    pub async fn list_variables(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Cached<VariableList>> {
        let key = self.key_for(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let noun = Variables { agent: agent.clone(), vidsheet: vidsheet.clone() };
        let cached = self.cached(key, noun).await?;
        let used = self.used_names(vidsheet).await?;
        let columns = self.column_titles(vidsheet).await?;
        Ok(cached.map(|variables| usage::listed(variables, used, columns)))
    }

    /// Replaces all variables. `seen` is what the person saw before; [`Error::Conflict`] when GEN has others by now,
    /// which are then kept here, and nothing is replaced.
    pub async fn replace_variables(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        seen: Vec<Variable>,
        wanted: Vec<Variable>,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        if let Some(message) = variables_problem(&wanted) {
            return Err(Error::Invalid { field: FIELD, message });
        }
        let (store, person) = (self.clone(), actor.person.id);
        let noun = Variables { agent: agent.clone(), vidsheet: vidsheet.clone() };
        self.finish(async move {
            // Two people who replace at once take turns, so that the second sees what the first one did.
            let lock = store.lock_of(&format!("variables/{}", noun.vidsheet));
            let _turn = lock.lock().await;
            let there = store.noted(key, noun.fetch(&client).await).await?;
            if !same(&there, &seen) {
                store.keep_variables(&noun, &there).await?;
                return Err(Error::Conflict { theirs: shown(&there) });
            }
            let template = store.noted(key, client.download_variables_template().await).await?;
            let file = file::written(&template, &wanted)?;
            store.snapshot_variables(&noun.vidsheet, person, &there).await?;
            let sent = client.import_variables(&noun.agent, &noun.vidsheet, &file).await;
            // What GEN holds now decides, whether its answer came or was lost.
            let now = store.noted(key, noun.fetch(&client).await).await;
            if let Ok(now) = &now {
                store.keep_variables(&noun, now).await?;
            }
            if let Err(error) = sent
                && !now.as_ref().is_ok_and(|now| same(now, &wanted))
            {
                return store.noted(key, Err(error)).await;
            }
            let now = now?;
            if same(&now, &wanted) {
                return Ok(());
            }
            let message = format!(
                "GEN kept {} variables that are not the {} sent. They are shown now; what was there before is in the history.",
                now.len(),
                wanted.len()
            );
            Err(Error::Invalid { field: FIELD, message })
        })
        .await
    }

    /// The variables in a spreadsheet file, to be looked at before they replace anything.
    pub async fn read_variables(
        &self,
        actor: &Actor,
        agent: &AgentId,
        file: NewFile,
    ) -> Result<Vec<Variable>> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        file::variables(tables::read(&file)?)
    }

    /// GEN's own empty file for variables, an XLSX.
    pub async fn variables_template(&self, actor: &Actor, agent: &AgentId) -> Result<Vec<u8>> {
        let (key, client) = self.client_for(actor, agent).await?;
        self.noted(key, client.download_variables_template().await).await
    }

    async fn keep_variables(&self, noun: &Variables, variables: &[Variable]) -> Result<()> {
        let mut tx = self.write_tx().await?;
        noun.remember(&mut tx, variables.to_vec()).await?;
        tx.wrote(Kind::Variables, noun.vidsheet.as_str()).await?;
        tx.commit().await
    }
}

/// Whether these are the same names with the same values, in whatever order.
fn same(some: &[Variable], others: &[Variable]) -> bool {
    some.len() == others.len() && some.iter().all(|variable| others.contains(variable))
}

fn shown(variables: &[Variable]) -> String {
    let line = |variable: &Variable| format!("{} = {}", variable.name, variable.value);
    variables.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[derive(Clone)]
struct Variables {
    agent: AgentId,
    vidsheet: VidsheetId,
}

impl Noun for Variables {
    const KIND: Kind = Kind::Variables;
    type Saved = Vec<Variable>;
    type Answer = Vec<Variable>;

    fn id(&self) -> String {
        self.vidsheet.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Vidsheet { agent_id: self.agent.clone(), vidsheet_id: self.vidsheet.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<Vec<Variable>>> {
        load_document(store, Kind::Variables, &self.id()).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<Vec<Variable>, gen_client::Error> {
        client.list_variables(&self.agent, &self.vidsheet).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: Vec<Variable>) -> Result<()> {
        if save_document(tx, Kind::Variables, &self.id(), &answer).await? {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}
