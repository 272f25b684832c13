use std::time::Instant;

use model::{Basis, Progress};
use serde_json::json;

use crate::bench::{Bench, cells, dispatch, start, text_card};
use crate::size;

/// `BULK_CELLS`: how many cells are run by one yes, a thousand unless it says otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_run_is_estimated_paused_restarted_and_resumed_and_every_cell_is_accounted_for() {
    let many = size("BULK_CELLS", 1_000);
    let mut bench = Bench::open().await;
    bench.credits(1e6).await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, many).await;
    let begun = Instant::now();
    let card = Some(text_card("a hook"));
    let quote =
        bench.store.quote_batch(&bench.actor, &bench.agent, &sheet.id, cells.clone(), card).await.unwrap();
    let quoted = begun.elapsed();
    assert_eq!((quote.cells.len(), quote.lines[0].count as usize), (many, many));
    assert_eq!((quote.fits as usize, quote.fits_credits), (many, quote.credits));
    let batch = start(&bench, &sheet, &cells, "one yes").await.unwrap();
    assert_eq!((batch.size as usize, batch.waiting as usize), (many, many));
    let written = begun.elapsed() - quoted;

    // Half of it, then a person says stop, and the process is restarted under it.
    while (open(&bench).await.completed as usize) < many / 2 {
        dispatch(&bench).await;
        bench.drain().await;
    }
    bench.store.pause_batch(&bench.actor, &batch.id, true).await.unwrap();
    let sent = bench.posts().await;
    dispatch(&bench).await;
    bench.restart().await;
    bench.store.recover().await.unwrap();
    dispatch(&bench).await;
    assert_eq!(bench.posts().await, sent, "what is paused stays so over a restart");
    bench.store.pause_batch(&bench.actor, &batch.id, false).await.unwrap();
    while !bench.store.open_queue(&bench.actor).await.unwrap().batches.is_empty() {
        dispatch(&bench).await;
        bench.drain().await;
    }
    println!(
        "{many} cells: quoted in {quoted:?}, written down in {written:?}, all done after {:?} with a simulator that is asked to hurry",
        begun.elapsed()
    );

    assert_eq!((bench.posts().await, bench.entries("charge").await), (many, many), "each once");
    for cell in &cells {
        let work = bench.cell(&sheet, cell).await.work.unwrap();
        assert_eq!((work.progress, work.batch_id.as_ref()), (Progress::Completed, Some(&batch.id)));
        assert!(work.estimate.is_some() && work.cost.is_some(), "estimated before, known after");
    }
    let again =
        bench.store.quote(&bench.actor, &bench.agent, &sheet.id, &cells[0], Some(text_card("b"))).await;
    assert!(matches!(again.unwrap().basis, Basis::Past { count: 99 }), "the next estimate goes by these");
    bench.control("POST", "drain", json!(null)).await;
}

async fn open(bench: &Bench) -> model::Batch {
    bench.store.open_queue(&bench.actor).await.unwrap().batches.remove(0)
}
