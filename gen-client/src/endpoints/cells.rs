use serde_json::{Value, json};

use crate::call::{Call, Host::Api};
use crate::model::{Cell, CreationCard, GenerationStarted};
use crate::{AgentId, CellId, Error, GenClient, GenerationId, Idempotency, VidsheetId};

impl GenClient {
    /// A cell with its takes and layers. GEN: getCell. 404 if absent.
    pub async fn open_cell(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
    ) -> Result<Cell, Error> {
        let path = [self.engine(), vidsheet.as_str(), "cells", cell.as_str()];
        self.one(Call::get("open_cell", Api, &path).agent(agent)).await
    }

    /// Sets what a cell holds. GEN: updateCell.
    pub async fn update_cell(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        value: &str,
    ) -> Result<Cell, Error> {
        let path = [self.engine(), vidsheet.as_str(), "cells", cell.as_str()];
        let body = json!({ "spreadsheet_cell": { "value": value } });
        self.one(Call::patch("update_cell", Api, &path).agent(agent).body(body)).await
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
        let path = [self.engine(), vidsheet.as_str(), "cells", "mass_update"];
        let body = json!({ "cells": cells, "spreadsheet_cells": cells });
        self.maybe_many(Call::put("mass_update_cells", Api, &path).agent(agent).body(body)).await
    }

    /// Chooses the take a cell shows and the video uses. GEN: setDefaultUserJob. 422 if it is another cell's.
    pub async fn set_default_generation(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        generation: &GenerationId,
    ) -> Result<Cell, Error> {
        let path = [self.engine(), vidsheet.as_str(), "cells", cell.as_str(), "set_default_user_job"];
        let body = json!({ "user_job_id": generation });
        self.one(Call::patch("set_default_generation", Api, &path).agent(agent).body(body)).await
    }

    /// Starts an AI job on a cell. GEN: generateCellContent. Costs credits, taken before it begins.
    /// 422 `insufficient_credits_for_job`.
    pub async fn generate(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        card: &CreationCard,
        idempotency: &Idempotency,
    ) -> Result<GenerationStarted, Error> {
        let path = [self.engine(), vidsheet.as_str(), "cells", cell.as_str(), "generate"];
        self.one(Call::post("generate", Api, &path).agent(agent).body(card.to_wire()).paid(idempotency)).await
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
        let path = [self.engine(), vidsheet.as_str(), "cells", cell.as_str(), "render"];
        self.one(Call::post("render", Api, &path).agent(agent).paid(idempotency)).await
    }
}
