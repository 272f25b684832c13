//! Views of a sheet, the team's and one's own.

use model::{Operand, SheetView, SortBy};
use store::Error;

use crate::bench::Bench;

#[tokio::test]
async fn a_view_is_saved_replaced_and_forgotten() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let by_cost =
        SheetView { sort: vec![SortBy { by: Operand::Cost, descending: true }], ..SheetView::default() };
    let saved =
        store.save_view(actor, agent, &sheet.id, " Needs  work ", true, by_cost.clone()).await.unwrap();
    assert_eq!((saved.name.as_str(), saved.owner), ("Needs work", None));
    let mine =
        store.save_view(actor, agent, &sheet.id, "Needs work", false, SheetView::default()).await.unwrap();
    assert_eq!(mine.owner, Some(actor.person.id));
    let again =
        store.save_view(actor, agent, &sheet.id, "Needs work", true, SheetView::default()).await.unwrap();
    assert_eq!(again.id, saved.id, "the same name is the same view");
    let all = store.list_views(actor, agent, &sheet.id).await.unwrap();
    assert_eq!(all, [again, mine.clone()], "the team's first");
    store.delete_view(actor, agent, &sheet.id, mine.id).await.unwrap();
    assert_eq!(store.list_views(actor, agent, &sheet.id).await.unwrap().len(), 1);
    let gone = store.delete_view(actor, agent, &sheet.id, mine.id).await;
    assert!(matches!(gone, Err(Error::NotFound("view"))), "{gone:?}");
    let nameless = store.save_view(actor, agent, &sheet.id, " ", true, by_cost).await;
    assert!(matches!(nameless, Err(Error::Invalid { .. })), "{nameless:?}");
}
