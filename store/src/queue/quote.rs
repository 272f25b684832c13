//! What work will probably cost and how long it will take, by what the same took before.

use gen_client::model::CreationCard;
use gen_client::{AgentId, CellId, VidsheetId};
use model::{AlreadyMade, Ask, Basis, Funds, Quote, READING_CREDITS, SAMPLES_CREDITS, Typical, WorkKind};

use crate::errands::Errand;
use crate::keys::KeyId;
use crate::ledger::{Expected, Intent, Settings, Target};
use crate::saved::id;
use crate::{Actor, Result, Store};

/// Credits a render typically takes, by GEN's published table.
const RENDER_CREDITS: f64 = 50.0;
/// Fewer past ones than this say nothing.
const PAST_MIN: usize = 3;

impl Store {
    /// What a generation with this card, or a render, would cost and take.
    pub async fn quote(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        card: Option<CreationCard>,
    ) -> Result<Quote> {
        let key = self.key_for(actor, agent).await?;
        let row = self.saved_cell(agent, vidsheet, cell).await?.row_id;
        let target = Target { vidsheet: vidsheet.clone(), row, cell: cell.clone() };
        let intent = Intent::for_cell(agent, key, actor.person.id, target, card);
        let settings = intent.settings()?;
        let already = self.already_made(&intent).await?;
        let (credits, basis) = match already.as_ref().and_then(|(_, cost)| *cost) {
            Some(cost) => (cost, Basis::Cell),
            None => self.price(&settings).await?,
        };
        Ok(Quote {
            credits,
            basis,
            typical: self.typical(&settings).await?,
            already: already.map(|(already, _)| already),
            funds: self.funds(actor, agent, key).await?,
        })
    }

    /// What there is to spend for an agent, from what is saved: every page shows it, and waits for nobody.
    pub async fn open_funds(&self, actor: &Actor, agent: &AgentId) -> Result<Funds> {
        let key = self.key_for(actor, agent).await?;
        let balance = self.balance(agent, key).await?;
        self.funds_with(actor, agent, balance).await
    }

    /// What an intent is expected to take. What GEN has a price for is reckoned; the rest is as before.
    pub(crate) async fn expected_of(&self, intent: &Intent) -> Result<Expected> {
        let expected = self.expected(&intent.settings()?).await?;
        let price = intent.errand.as_ref().and_then(Errand::price);
        Ok(Expected { credits: price.unwrap_or(expected.credits), ..expected })
    }

    /// What an intent with these settings is expected to take.
    pub(crate) async fn expected(&self, settings: &Settings) -> Result<Expected> {
        let (credits, _) = self.price(settings).await?;
        Ok(Expected { credits, typical: self.typical(settings).await? })
    }

    /// The newest finished take of the same cell with the very same settings, and what it cost.
    pub(super) async fn already_made(&self, intent: &Intent) -> Result<Option<(AlreadyMade, Option<f64>)>> {
        let Some(target) = intent.target.as_ref().filter(|_| intent.card.is_some()) else {
            return Ok(None);
        };
        let made: Option<(String, i64, Option<f64>)> = sqlx::query_as(
            "SELECT upstream_id, settled_at, cost FROM work
             WHERE cell_id = ? AND body_hash = ? AND state = 'completed' AND upstream_id IS NOT NULL
               AND settled_at IS NOT NULL
             ORDER BY settled_at DESC LIMIT 1",
        )
        .bind(target.cell.as_str())
        .bind(intent.body_hash()?)
        .fetch_optional(self.read())
        .await?;
        made.map(|(take, at, cost)| {
            Ok((AlreadyMade { generation_id: id(&take)?, at }, cost.filter(|cost| *cost > 0.0)))
        })
        .transpose()
    }

    /// What there is to spend for an agent: GEN's last word on its organization, less what waits here.
    pub(super) async fn funds(&self, actor: &Actor, agent: &AgentId, key: KeyId) -> Result<Funds> {
        let balance = self.fresh_balance(agent, key).await?;
        self.funds_with(actor, agent, balance).await
    }

    pub(super) async fn funds_with(
        &self,
        actor: &Actor,
        agent: &AgentId,
        balance: Option<f64>,
    ) -> Result<Funds> {
        let reserved = sqlx::query_scalar(
            "SELECT coalesce(sum(w.estimate), 0.0) FROM work w
             LEFT JOIN agent a ON a.id = w.agent_id
             WHERE w.state IN ('queued', 'sending')
               AND a.organization_id IS (SELECT organization_id FROM agent WHERE id = ?)",
        )
        .bind(agent.as_str())
        .fetch_one(self.read())
        .await?;
        Ok(Funds { balance, reserved, cap_left: self.budget(actor).await?.left() })
    }

    /// Credits: the median of what the same took before, the nearest settings first, else GEN's published figure.
    async fn price(&self, settings: &Settings) -> Result<(f64, Basis)> {
        let exact: Vec<f64> = sqlx::query_scalar(
            "SELECT cost FROM work WHERE kind = ? AND generation_type IS ? AND model IS ? AND seconds IS ?
               AND aspect_ratio IS ? AND state = 'completed' AND cost > 0 ORDER BY started_at DESC LIMIT 99",
        )
        .bind(settings.kind.as_str())
        .bind(&settings.generation_type)
        .bind(&settings.model)
        .bind(settings.seconds)
        .bind(&settings.aspect_ratio)
        .fetch_all(self.read())
        .await?;
        if let Some(past) = median(exact) {
            return Ok(past);
        }
        let alike: Vec<f64> = sqlx::query_scalar(
            "SELECT cost FROM work WHERE kind = ? AND generation_type IS ? AND model IS ?
               AND state = 'completed' AND cost > 0 ORDER BY started_at DESC LIMIT 99",
        )
        .bind(settings.kind.as_str())
        .bind(&settings.generation_type)
        .bind(&settings.model)
        .fetch_all(self.read())
        .await?;
        Ok(median(alike).unwrap_or((published(settings), Basis::Published)))
    }

    /// How long the same took from its sending to its end.
    pub(super) async fn typical(&self, settings: &Settings) -> Result<Option<Typical>> {
        let mut past: Vec<i64> = sqlx::query_scalar(
            "SELECT settled_at - sent_at FROM work WHERE kind = ? AND generation_type IS ? AND model IS ?
               AND (seconds IS ? OR seconds IS NULL) AND state = 'completed' AND settled_at >= sent_at
             ORDER BY started_at DESC LIMIT 99",
        )
        .bind(settings.kind.as_str())
        .bind(&settings.generation_type)
        .bind(&settings.model)
        .bind(settings.seconds)
        .fetch_all(self.read())
        .await?;
        if past.len() < PAST_MIN {
            return Ok(None);
        }
        past.sort_unstable();
        let at = |percent: usize| past[(past.len() - 1) * percent / 100];
        Ok(Some(Typical { p50_ms: at(50), p90_ms: at(90) }))
    }
}

fn median(mut past: Vec<f64>) -> Option<(f64, Basis)> {
    if past.len() < PAST_MIN {
        return None;
    }
    past.sort_by(f64::total_cmp);
    let count = u32::try_from(past.len()).unwrap_or(u32::MAX);
    Some((past[past.len() / 2], Basis::Past { count }))
}

fn published(settings: &Settings) -> f64 {
    match (settings.kind, &settings.generation_type) {
        (WorkKind::Generation, Some(word)) => {
            f64::from(gen_client::model::GenerationType::from(word.as_str()).typical_credits())
        }
        (WorkKind::Render, _) => RENDER_CREDITS,
        (WorkKind::Run | WorkKind::Research, _) => {
            Ask::of(settings.model.as_deref(), settings.kind == WorkKind::Research).typical_credits()
        }
        (WorkKind::VoicePreview, _) => READING_CREDITS,
        (WorkKind::VoiceSamples, _) => SAMPLES_CREDITS,
        // GEN says only that these cost something.
        (WorkKind::DesignedVoice | WorkKind::ClonedVoice | WorkKind::Monitoring, _)
        | (WorkKind::Generation, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_past_costs_are_the_least_that_says_something() {
        assert_eq!(median(vec![3.0, 200.0]), None);
        assert_eq!(median(vec![3.0, 200.0, 7.0]), Some((7.0, Basis::Past { count: 3 })));
    }
}
