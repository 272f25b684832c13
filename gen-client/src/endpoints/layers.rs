use serde_json::json;

use super::{holds, positions, stand_in};
use crate::call::Call;
use crate::model::{self, Cell, CreationCard, GenerationStarted, Layer, LayerKind, LayerPatch};
use crate::operation as op;
use crate::{AgentId, CellId, Error, GenClient, Idempotency, LayerId, VidsheetId};

/// The stack of a video cell. GEN has no list of layers: they come with their cell.
impl GenClient {
    /// Adds a layer. GEN: createLayer. Always say its height: newer servers require it (D27).
    pub async fn create_layer(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        name: &str,
        kind: &LayerKind,
        position: u32,
    ) -> Result<Layer, Error> {
        let layer = json!({ "name": name, "type": kind, "position": position });
        let call = Call::to(&op::CREATE_LAYER, &[vidsheet.as_str(), cell.as_str()]).agent(agent);
        self.one(call.body(json!({ "video_layer": layer }))).await
    }

    /// A layer with its takes. GEN: getLayer. 404 if absent.
    pub async fn open_layer(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        layer: &LayerId,
    ) -> Result<Layer, Error> {
        let ids = [vidsheet.as_str(), cell.as_str(), layer.as_str()];
        self.one(Call::to(&op::OPEN_LAYER, &ids).agent(agent)).await
    }

    /// Changes what the patch names. GEN: updateLayer.
    pub async fn update_layer(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        layer: &LayerId,
        patch: &LayerPatch,
    ) -> Result<Layer, Error> {
        let ids = [vidsheet.as_str(), cell.as_str(), layer.as_str()];
        let call = Call::to(&op::UPDATE_LAYER, &ids).agent(agent);
        let sent = self.one(call.body(json!({ "video_layer": patch }))).await;
        let is_so = |found: Layer| holds(&json!(found), &json!(patch)).then_some(found);
        self.reread(sent, self.open_layer(agent, vidsheet, cell, layer), is_so).await
    }

    /// Deletes a layer. GEN: deleteLayer. 404 if absent.
    pub async fn delete_layer(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        layer: &LayerId,
    ) -> Result<(), Error> {
        let ids = [vidsheet.as_str(), cell.as_str(), layer.as_str()];
        self.done(Call::to(&op::DELETE_LAYER, &ids).agent(agent)).await
    }

    /// Copies a layer. GEN: duplicateLayer.
    pub async fn duplicate_layer(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        layer: &LayerId,
    ) -> Result<Layer, Error> {
        let ids = [vidsheet.as_str(), cell.as_str(), layer.as_str()];
        self.one(Call::to(&op::DUPLICATE_LAYER, &ids).agent(agent)).await
    }

    /// Stacks layers in this order, lowest first. GEN: updateLayerPositions; both spellings of its body are sent
    /// (D23). Empty where GEN did not send the layers back: then open the cell again.
    pub async fn move_layers(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        order: &[LayerId],
    ) -> Result<Vec<Layer>, Error> {
        let call = Call::to(&op::MOVE_LAYERS, &[vidsheet.as_str(), cell.as_str()]).agent(agent);
        let sent = self.maybe_many(call.body(positions("layers", order))).await.map(model::by_position);
        let moved =
            |found: Cell| stand_in(order, found.layers.iter().map(|layer| &layer.id)).then_some(found.layers);
        self.reread(sent, self.open_cell(agent, vidsheet, cell), moved).await
    }

    /// Starts an AI job on a layer. GEN: generateLayerContent. Costs credits, taken before it begins.
    /// [`Error::Invalid`] for what GEN would refuse, 422 `insufficient_credits_for_job`, `validation_error`.
    pub async fn generate_layer(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        layer: &LayerId,
        card: &CreationCard,
        idempotency: &Idempotency,
    ) -> Result<GenerationStarted, Error> {
        card.check()?;
        let ids = [vidsheet.as_str(), cell.as_str(), layer.as_str()];
        let call = Call::to(&op::GENERATE_LAYER, &ids).agent(agent).body(card.to_wire());
        self.one(call.paid(idempotency)).await
    }
}
