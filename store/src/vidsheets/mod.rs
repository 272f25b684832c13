use crate::{Actor, Result, Store};
use gen_client::model::Row;
use gen_client::{AgentId, CellId, GenerationId, RowId, VidsheetId};
use model::{Cached, SavedVidsheet, SavedCell, Take, VidsheetSummary};

impl Store {
    /// Our registry of an agent's vidsheets.
    pub async fn list_vidsheets(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
    ) -> Result<Vec<VidsheetSummary>> {
        unimplemented!("skeleton")
    }

    /// A vidsheet with its rows and cells.
    pub async fn open_vidsheet(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
    ) -> Result<Cached<SavedVidsheet>> {
        unimplemented!("skeleton")
    }

    /// Makes an empty vidsheet.
    pub async fn create_vidsheet(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _title: &str,
    ) -> Result<VidsheetId> {
        unimplemented!("skeleton")
    }

    /// Takes a vidsheet made elsewhere into the registry.
    pub async fn adopt_vidsheet(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
    ) -> Result<VidsheetId> {
        unimplemented!("skeleton")
    }

    /// Copies a vidsheet.
    pub async fn clone_vidsheet(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
    ) -> Result<VidsheetId> {
        unimplemented!("skeleton")
    }

    /// Adds an empty row at the end.
    pub async fn add_row(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
    ) -> Result<Row> {
        unimplemented!("skeleton")
    }

    /// Copies a row with its cells and layers.
    pub async fn duplicate_row(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
        _row: &RowId,
    ) -> Result<Row> {
        unimplemented!("skeleton")
    }

    /// One cell again, from the saved copy.
    pub async fn open_cell(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
        _cell: &CellId,
    ) -> Result<SavedCell> {
        unimplemented!("skeleton")
    }

    /// Sets a cell's value; `seen` is what the editor showed before typing began.
    pub async fn set_cell_value(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
        _cell: &CellId,
        _value: String,
        _seen: Option<String>,
    ) -> Result<SavedCell> {
        unimplemented!("skeleton")
    }

    /// All takes of a cell, newest first.
    pub async fn list_takes(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
        _cell: &CellId,
    ) -> Result<Vec<Take>> {
        unimplemented!("skeleton")
    }

    /// Makes a take the one that the cell shows.
    pub async fn choose_take(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
        _cell: &CellId,
        _generation: &GenerationId,
    ) -> Result<SavedCell> {
        unimplemented!("skeleton")
    }
}
