use super::*;
use crate::Error;
use crate::testing::{Bench, ring};
use model::Role;

#[tokio::test]
async fn a_second_process_is_refused_with_the_number_of_the_first() {
    let bench = Bench::alone().await;
    let held = lock(bench.folder.path());
    let Err(Error::InUse(who)) = held else { panic!("the folder was locked twice") };
    assert_eq!(who, format!(" (pid {})", std::process::id()));
    let again = bench.reopen(ring()).await.unwrap();
    assert!(matches!(lock(bench.folder.path()), Err(Error::InUse(_))));
    again.close().await.unwrap();
    assert!(matches!(lock(bench.folder.path()), Ok((_, false))), "closed cleanly");
}

#[tokio::test]
async fn the_writer_waits_for_the_disk_and_readers_cannot_write() {
    let bench = Bench::alone().await;
    for (pragma, expected) in
        [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("secure_delete", "1")]
    {
        let found: String = sqlx::query_scalar(
            "SELECT * FROM (SELECT CAST(value AS TEXT) FROM (
              SELECT journal_mode AS value, 'journal_mode' AS name FROM pragma_journal_mode
              UNION ALL SELECT synchronous, 'synchronous' FROM pragma_synchronous
              UNION ALL SELECT foreign_keys, 'foreign_keys' FROM pragma_foreign_keys
              UNION ALL SELECT secure_delete, 'secure_delete' FROM pragma_secure_delete) WHERE name = ?)",
        )
        .bind(pragma)
        .fetch_one(&bench.store.inner.write)
        .await
        .unwrap();
        assert_eq!(found, expected, "{pragma}");
    }
    let refused = sqlx::query("DELETE FROM person").execute(bench.store.read()).await;
    assert!(refused.unwrap_err().to_string().contains("readonly"));
}

#[tokio::test]
async fn many_writers_at_once_all_succeed() {
    let bench = Bench::alone().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..50 {
        let store = bench.store.clone();
        tasks.spawn(async move {
            let mut tx = store.write_tx().await.unwrap();
            let seen: i64 =
                sqlx::query_scalar("SELECT count(*) FROM person").fetch_one(&mut *tx).await.unwrap();
            let (email, phc) = (format!("p{number}@example.org"), crate::passwords::unmatchable());
            crate::accounts::PersonRow::insert(&mut tx, &email, "P", Role::Viewer, &phc).await.unwrap();
            tx.commit().await.unwrap();
            seen
        });
    }
    let mut seen = tasks.join_all().await;
    seen.sort_unstable();
    // Each saw what all before it wrote: nobody read before their turn to write.
    assert_eq!(seen, (0..50).collect::<Vec<i64>>());
}

#[tokio::test]
async fn a_dropped_write_left_nothing_and_the_next_one_works() {
    let bench = Bench::alone().await;
    let mut tx = bench.store.write_tx().await.unwrap();
    tx.announce(model::Topic::Templates).await.unwrap();
    drop(tx);
    bench.store.ready().await.unwrap();
    assert_eq!(bench.store.changes().latest_seq().await.unwrap(), 0);
    bench.person("mara", Role::Admin).await;
}

#[tokio::test]
async fn a_database_of_a_later_release_is_refused() {
    let bench = Bench::alone().await;
    sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', 1, x'00', 0)")
        .execute(&bench.store.inner.write)
        .await
        .unwrap();
    let Err(error) = bench.reopen(ring()).await else { panic!("it was opened") };
    assert!(error.to_string().contains("9999"), "{error}");
}

#[tokio::test]
async fn what_was_saved_is_there_after_a_restart() {
    let bench = Bench::alone().await;
    let mara = bench.person("mara", Role::Editor).await;
    let store = bench.reopen(ring()).await.unwrap();
    assert_eq!(store.list_people().await.unwrap(), vec![mara.person]);
}

#[tokio::test]
async fn a_database_whose_process_was_killed_opens_with_all_it_had_said() {
    let bench = Bench::alone().await;
    let mara = bench.person("mara", Role::Editor).await;
    // A killed process leaves the file and its log as they are, unfolded.
    let left = Bench::alone().await;
    left.store.close().await.unwrap();
    for ending in ["", "-wal"] {
        let name = format!("reelsheet.db{ending}");
        std::fs::copy(bench.folder.path().join(&name), left.folder.path().join(&name)).unwrap();
    }
    let store = left.reopen(ring()).await.unwrap();
    assert_eq!(store.list_people().await.unwrap(), vec![mara.person]);
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_damaged_database_is_refused_after_a_kill_and_a_whole_one_is_not() {
    let bench = Bench::alone().await;
    for _ in 0..200 {
        let mut tx = bench.store.write_tx().await.unwrap();
        tx.announce(model::Topic::Templates).await.unwrap();
        tx.commit().await.unwrap();
    }
    bench.store.close().await.unwrap();
    let marker = bench.folder.path().join("lock");
    assert_eq!(std::fs::read(&marker).unwrap(), b"", "closed cleanly");
    // As a killed process leaves it.
    std::fs::write(&marker, "4711\n").unwrap();
    let whole = bench.reopen(ring()).await.unwrap();
    whole.close().await.unwrap();

    let mut bytes = std::fs::read(bench.database()).unwrap();
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let last = bytes.len() - page;
    bytes[last..last + 64].fill(0xff);
    std::fs::write(bench.database(), bytes).unwrap();
    std::fs::write(&marker, "4711\n").unwrap();
    let Err(Error::Corrupt(why)) = bench.reopen(ring()).await else { panic!("it was opened") };
    assert!(why.contains("damaged") && why.contains("backup"), "{why}");
}
