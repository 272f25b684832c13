use serde_json::{Map, Value, json};

use super::holds;
use crate::call::Call;
use crate::model::{Cell, CreationCard, GenerationStarted, Row};
use crate::operation as op;
use crate::{AgentId, CellId, Error, GenClient, GenerationId, Idempotency, VidsheetId};

impl GenClient {
    /// A cell with its takes and layers. GEN: getCell. 404 if absent.
    pub async fn open_cell(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
    ) -> Result<Cell, Error> {
        self.one(Call::to(&op::OPEN_CELL, &[vidsheet.as_str(), cell.as_str()]).agent(agent)).await
    }

    /// Sets what a cell holds. GEN: updateCell.
    pub async fn update_cell(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        value: &str,
    ) -> Result<Cell, Error> {
        let call = Call::to(&op::UPDATE_CELL, &[vidsheet.as_str(), cell.as_str()]).agent(agent);
        let sent = self.one(call.body(json!({ "spreadsheet_cell": { "value": value } }))).await;
        let is_so = |found: Cell| (found.value.as_deref() == Some(value)).then_some(found);
        self.reread(sent, self.open_cell(agent, vidsheet, cell), is_so).await
    }

    /// Sets what GEN keeps with a cell, such as its card's settings. GEN: updateCell. Whether GEN merges or replaces is
    /// not written down, so send them all (D26).
    pub async fn set_cell_attributes(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        attributes: &Map<String, Value>,
    ) -> Result<Cell, Error> {
        let call = Call::to(&op::SET_CELL_ATTRIBUTES, &[vidsheet.as_str(), cell.as_str()]).agent(agent);
        let wanted = json!({ "additional_attributes": attributes });
        let sent = self.one(call.body(json!({ "spreadsheet_cell": wanted }))).await;
        let is_so = |found: Cell| holds(&json!(found), &wanted).then_some(found);
        self.reread(sent, self.open_cell(agent, vidsheet, cell), is_so).await
    }

    /// Sets what several cells hold, all or none. GEN: massUpdateCells, whose body the reference leaves out: both
    /// known spellings are sent (D24). Empty where GEN did not send the cells back: then read them again.
    pub async fn mass_update_cells(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        values: &[(CellId, String)],
    ) -> Result<Vec<Cell>, Error> {
        let cells: Vec<Value> =
            values.iter().map(|(id, value)| json!({ "id": id, "value": value })).collect();
        let body = json!({ "cells": cells, "spreadsheet_cells": cells });
        let call = Call::to(&op::MASS_UPDATE_CELLS, &[vidsheet.as_str()]).agent(agent);
        let sent = self.maybe_many(call.body(body)).await;
        let set = |rows: Vec<Row>| {
            let is_so = |cell: &Cell| {
                values.iter().any(|(id, value)| *id == cell.id && cell.value.as_ref() == Some(value))
            };
            let cells: Vec<Cell> = rows.into_iter().flat_map(|row| row.cells).filter(is_so).collect();
            (cells.len() == values.len()).then_some(cells)
        };
        self.reread(sent, self.list_rows(agent, vidsheet), set).await
    }

    /// Chooses the take a cell shows and the video uses. GEN: setDefaultUserJob. 422 if it is another cell's.
    pub async fn set_default_generation(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        generation: &GenerationId,
    ) -> Result<Cell, Error> {
        let call = Call::to(&op::SET_DEFAULT_GENERATION, &[vidsheet.as_str(), cell.as_str()]).agent(agent);
        let sent = self.one(call.body(json!({ "user_job_id": generation }))).await;
        let chosen = |found: Cell| {
            let chosen = found.default_generation.as_ref().is_some_and(|chosen| chosen.id == *generation);
            chosen.then_some(found)
        };
        self.reread(sent, self.open_cell(agent, vidsheet, cell), chosen).await
    }

    /// Starts an AI job on a cell. GEN: generateCellContent. Costs credits, taken before it begins.
    /// [`Error::Invalid`] for what GEN would refuse, 422 `insufficient_credits_for_job`, `validation_error`.
    pub async fn generate(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        card: &CreationCard,
        idempotency: &Idempotency,
    ) -> Result<GenerationStarted, Error> {
        card.check()?;
        let call = Call::to(&op::GENERATE, &[vidsheet.as_str(), cell.as_str()]).agent(agent);
        self.one(call.body(card.to_wire()).paid(idempotency)).await
    }

    /// Composes all layers of the row's video cell into one video, in a cell of the final video column.
    /// GEN: renderVideo. Costs credits, taken before it begins.
    pub async fn render(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        idempotency: &Idempotency,
    ) -> Result<GenerationStarted, Error> {
        let call = Call::to(&op::RENDER, &[vidsheet.as_str(), cell.as_str()]).agent(agent);
        self.one(call.paid(idempotency)).await
    }
}
