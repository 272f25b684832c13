use serde_json::json;

use crate::call::{Call, Host::Api};
use crate::model::{self, Row};
use crate::{AgentId, Error, GenClient, RowId, VidsheetId};

/// Where GEN leaves out which column a cell belongs to, the caller fills it in with [`Row::fill_column_ids`]:
/// a row's answer does not carry the columns.
impl GenClient {
    /// The rows of a vidsheet with their cells, by position. GEN: listRows.
    pub async fn list_rows(&self, agent: &AgentId, vidsheet: &VidsheetId) -> Result<Vec<Row>, Error> {
        let call = Call::get("list_rows", Api, &[self.engine(), vidsheet.as_str(), "rows"]).agent(agent);
        Ok(model::by_position(self.many(call).await?))
    }

    /// One row with its cells. GEN: getRow. 404 if absent.
    pub async fn open_row(&self, agent: &AgentId, vidsheet: &VidsheetId, row: &RowId) -> Result<Row, Error> {
        let path = [self.engine(), vidsheet.as_str(), "rows", row.as_str()];
        self.one(Call::get("open_row", Api, &path).agent(agent)).await
    }

    /// Adds a row with one empty cell per column, at the end unless a position is given. GEN: createRow.
    pub async fn create_row(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        position: Option<u32>,
    ) -> Result<Row, Error> {
        let row = position.map_or_else(|| json!({}), |position| json!({ "position": position }));
        let call = Call::post("create_row", Api, &[self.engine(), vidsheet.as_str(), "rows"]).agent(agent);
        self.one(call.body(json!({ "spreadsheet_row": row }))).await
    }

    /// Copies a row with its cells and layers. GEN: duplicateRow.
    pub async fn duplicate_row(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        row: &RowId,
    ) -> Result<Row, Error> {
        let path = [self.engine(), vidsheet.as_str(), "rows", row.as_str(), "duplicate"];
        self.one(Call::post("duplicate_row", Api, &path).agent(agent)).await
    }
}
