//! Takes: the generations of a cell. Every one ever seen stays, and one that has ended stays ended.

use gen_client::model::{Cell, Generation, GenerationStatus};
use gen_client::{CellId, ColumnId, RowId};
use serde_json::json;

use super::remember::Place;
use crate::Result;
use crate::ledger;
use crate::saved::text;
use crate::write_tx::WriteTx;

/// A take as it was found: in which row and column, on which cell.
pub(crate) type Found = (CellId, Option<ColumnId>, RowId, Generation);

/// The takes of a fetched cell that say more than the saved ones do.
pub(crate) fn changed(saved: Option<&Cell>, fetched: &Cell) -> Vec<Generation> {
    let known = |take: &Generation| saved?.generations.iter().find(|generation| generation.id == take.id);
    let newer = |take: &Generation| match known(take) {
        // A replica that lags still shows it running. What a person goes on with is followed by itself, and what
        // was begun again elsewhere is noticed when it ends.
        Some(known) if known.status == GenerationStatus::Stopped && !take.status.is_final() => None,
        Some(known) => merged(known, take),
        None => Some(take.clone()),
    };
    fetched.generations.iter().filter_map(newer).collect()
}

/// What is to be kept of a generation that is known already: `None` when nothing is new. An answer that would
/// wake up what has ended is late or wrong; one that leaves something out does not erase it.
pub(crate) fn merged(known: &Generation, fetched: &Generation) -> Option<Generation> {
    let ended = matches!(known.status, GenerationStatus::Completed | GenerationStatus::Failed);
    if ended && fetched.status != known.status {
        return None;
    }
    let mut merged = fetched.clone();
    merged.job_type = merged.job_type.or_else(|| known.job_type.clone());
    merged.cost = merged.cost.or(known.cost);
    if merged.status == known.status {
        merged.result = merged.result.or_else(|| known.result.clone());
        merged.failed_reason = merged.failed_reason.or_else(|| known.failed_reason.clone());
        if merged.outputs.is_empty() {
            merged.outputs = known.outputs.clone();
        }
    }
    (merged != *known).then_some(merged)
}

/// Keeps takes, moves the work that follows them, and begins to follow what others started.
pub(crate) async fn remember(tx: &mut WriteTx, place: &Place, found: Vec<Found>) -> Result<()> {
    for some in found.chunks(1000) {
        write(tx, place, some).await?;
    }
    ledger::notice(tx, place, &found).await
}

async fn write(tx: &mut WriteTx, place: &Place, found: &[Found]) -> Result<()> {
    let mut records = Vec::new();
    for (cell, _, _, generation) in found {
        records.push(json!([
            generation.id.as_str(),
            cell.as_str(),
            generation.status.as_str(),
            text(generation)?
        ]));
    }
    let now = tx.now();
    sqlx::query(
        "INSERT INTO generation (id, vidsheet_id, cell_id, status, json, seen_at)
         SELECT value ->> 0, ?1, value ->> 1, value ->> 2, value ->> 3, ?3 FROM json_each(?2) WHERE true
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, json = excluded.json
         WHERE vidsheet_id = excluded.vidsheet_id
           AND (status NOT IN ('completed', 'failed') OR status = excluded.status)",
    )
    .bind(place.vidsheet.as_str())
    .bind(text(&records)?)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generation(json: &str) -> Generation {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_late_answer_does_not_wake_up_what_has_ended() {
        let done = generation(r#"{"id":1,"status":"completed","cost":5}"#);
        assert_eq!(merged(&done, &generation(r#"{"id":1,"status":"processing"}"#)), None);
        assert_eq!(merged(&done, &generation(r#"{"id":1,"status":"weird"}"#)), None);
        let stopped = generation(r#"{"id":1,"status":"stopped"}"#);
        assert!(merged(&stopped, &generation(r#"{"id":1,"status":"pending"}"#)).is_some());
    }

    #[test]
    fn a_page_that_lags_does_not_wake_up_what_was_stopped() {
        let cell = |status: &str| {
            let json = format!(r#"{{"id":7,"generations":[{{"id":1,"status":"{status}"}}]}}"#);
            serde_json::from_str::<Cell>(&json).unwrap()
        };
        let stopped = cell("stopped");
        for lagging in ["pending", "processing", "weird"] {
            assert_eq!(changed(Some(&stopped), &cell(lagging)), [], "{lagging}");
        }
        assert_eq!(changed(Some(&stopped), &cell("completed")).len(), 1);
    }

    #[test]
    fn a_short_answer_erases_nothing() {
        let full = generation(
            r#"{"id":1,"status":"completed","cost":5,"outputs":[{"id":9,"url":"https://x.test/a.png"}]}"#,
        );
        assert_eq!(merged(&full, &generation(r#"{"id":1,"status":"completed"}"#)), None);
        let dearer = merged(&full, &generation(r#"{"id":1,"status":"completed","cost":6}"#)).unwrap();
        assert_eq!((dearer.cost, dearer.outputs.len()), (Some(6.0), 1));
    }
}
