use serde_json::{Map, Value, json};

use super::{AsItCame, positions, stand_in};
use crate::call::Call;
use crate::model::{self, Row};
use crate::operation as op;
use crate::{AgentId, Error, GenClient, RowId, VidsheetId};

/// Where GEN leaves out which column a cell belongs to, the caller fills it in with [`Row::fill_column_ids`]:
/// a row's answer does not carry the columns.
impl GenClient {
    /// The rows of a vidsheet with their cells, by position. GEN: listRows.
    pub async fn list_rows(&self, agent: &AgentId, vidsheet: &VidsheetId) -> Result<Vec<Row>, Error> {
        let call = Call::to(&op::LIST_ROWS, &[vidsheet.as_str()]).agent(agent);
        Ok(model::by_position(self.many(call).await?))
    }

    /// One row with its cells. GEN: getRow. 404 if absent.
    pub async fn open_row(&self, agent: &AgentId, vidsheet: &VidsheetId, row: &RowId) -> Result<Row, Error> {
        self.one(Call::to(&op::OPEN_ROW, &[vidsheet.as_str(), row.as_str()]).agent(agent)).await
    }

    /// Adds a row with one empty cell per column, at the end unless a position is given. GEN: createRow.
    pub async fn create_row(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        position: Option<u32>,
    ) -> Result<Row, Error> {
        let row = position.map_or_else(|| json!({}), |position| json!({ "position": position }));
        let call = Call::to(&op::CREATE_ROW, &[vidsheet.as_str()]).agent(agent);
        self.one(call.body(json!({ "spreadsheet_row": row }))).await
    }

    /// Copies a row with its cells and layers. GEN: duplicateRow.
    pub async fn duplicate_row(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        row: &RowId,
    ) -> Result<Row, Error> {
        self.one(Call::to(&op::DUPLICATE_ROW, &[vidsheet.as_str(), row.as_str()]).agent(agent)).await
    }

    /// Puts rows in this order, first to last. GEN: updateRowPositions; both spellings of its body are sent (D23).
    /// Empty where GEN did not send the rows back: then list them again.
    pub async fn move_rows(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        order: &[RowId],
    ) -> Result<Vec<Row>, Error> {
        let call = Call::to(&op::MOVE_ROWS, &[vidsheet.as_str()]).agent(agent);
        let sent = self.maybe_many(call.body(positions("rows", order))).await.map(model::by_position);
        let moved = |rows: Vec<Row>| stand_in(order, rows.iter().map(|row| &row.id)).then_some(rows);
        self.reread(sent, self.list_rows(agent, vidsheet), moved).await
    }

    /// Sets what GEN keeps with several rows, all or none. GEN: massUpdateRows, whose body the reference leaves out:
    /// both known spellings are sent (D24). Empty where GEN did not send the rows back.
    pub async fn mass_update_rows(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        attributes: &[(RowId, Map<String, Value>)],
    ) -> Result<Vec<Row>, Error> {
        let row = |(id, attributes)| json!({ "id": id, "additional_attributes": attributes });
        let rows: Vec<Value> = attributes.iter().map(|(id, attributes)| (id, attributes)).map(row).collect();
        let call = Call::to(&op::MASS_UPDATE_ROWS, &[vidsheet.as_str()]).agent(agent);
        let sent = self.maybe_many(call.body(json!({ "rows": rows, "spreadsheet_rows": rows }))).await;
        let read = self.many(Call::to(&op::LIST_ROWS, &[vidsheet.as_str()]).agent(agent));
        let set = |found: Vec<AsItCame>| AsItCame::all_hold(&found, &rows).then(Vec::new);
        self.reread(sent, read, set).await
    }
}
