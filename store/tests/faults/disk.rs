//! A disk that is full, a database that somebody else holds, and a database from yesterday.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use model::Progress;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use store::Error;
use tempfile::TempDir;

use crate::alone;
use crate::bench::{Bench, MINUTE};

/// Where the small disk is mounted, for the process that runs on it.
const PLACE: &str = "REELSHEET_TEST_SMALL_DISK";
/// Mounts a small file system over a folder, for one process only.
const MOUNT: &str = r#"mount -t tmpfs -o size=24m none "$REELSHEET_TEST_SMALL_DISK" && exec "$@""#;
/// Where nothing may be mounted, the process may not make any file longer instead. SQLite then meets EFBIG, not
/// ENOSPC, at the same places.
const LIMIT: &str = r#"trap '' XFSZ; exec "$@""#;

#[tokio::test]
async fn f37_a_full_disk_sends_nothing_and_loses_nothing() {
    let place = TempDir::new().unwrap();
    let mounts = |flags: &str| {
        let mut unshare = Command::new("unshare");
        unshare.args([flags, "sh", "-c", MOUNT, "sh", "true"]).env(PLACE, place.path());
        unshare.output().is_ok_and(|output| output.status.success())
    };
    let flags = ["-m", "-rm"].into_iter().find(|flags| mounts(flags));
    let wrapper = match flags {
        Some(flags) => vec!["unshare", flags, "sh", "-c", MOUNT, "sh"],
        None => vec!["sh", "-c", LIMIT, "sh"],
    };
    let small = if flags.is_some() { place.path().to_str().unwrap() } else { "" };
    if alone::ran("disk::f37_a_full_disk_sends_nothing_and_loses_nothing", &wrapper, &[(PLACE, small)]) {
        return;
    }
    let disk = Disk::of_this_process();
    println!("[f37] on {}", if disk.small.is_some() { "a small tmpfs" } else { "files that may not grow" });
    let bench = Bench::on(disk.folder()).await;
    let (first, second) = (bench.sheet().await, bench.sheet().await);

    // On the intent: it cannot be written down, so nothing is sent.
    disk.fill(&bench).await;
    let told = bench.spend(&first, "a hook").await;
    let full = if disk.small.is_some() {
        matches!(told, Err(Error::NoSpace))
    } else {
        matches!(told, Err(Error::Database(_)))
    };
    assert!(full, "{told:?}");
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (0, 0));
    bench.vidsheet(&first.id).await;
    disk.empty();
    bench.spend(&first, "a hook").await.unwrap();

    // On the result: it is asked for again once there is space.
    bench.control("POST", "drain", json!(null)).await;
    disk.fill(&bench).await;
    bench.clock.advance(5 * MINUTE);
    let looked = bench.store.follow_due().await;
    assert!(looked.is_err(), "{looked:?}");
    assert!(bench.work(&first).await.progress.is_running(), "reads go on");
    disk.empty();
    bench.follow().await;
    assert_eq!(bench.work(&first).await.progress, Progress::Completed);

    // On GEN's answer to a spend: it is kept until it can be saved.
    bench
        .fault(json!({"match": {"path_contains": "/generate"}, "times": 1, "kind": "delay", "ms": 500}))
        .await;
    let (store, actor, agent) = (bench.store.clone(), bench.actor.clone(), bench.agent.clone());
    let (id, cell, card) = (second.id.clone(), second.text.clone(), crate::bench::text_card("a hook"));
    let asked =
        tokio::spawn(async move { store.start_generation(&actor, &agent, &id, &cell, card).await.map(drop) });
    while bench.calls("POST", "/generate").await.len() < 2 {
        tokio::task::yield_now().await;
    }
    disk.fill(&bench).await;
    while bench.entries("charge").await < 2 {
        tokio::task::yield_now().await;
    }
    disk.empty();
    asked.await.unwrap().unwrap();
    assert!(bench.work(&second).await.generation_id.is_some(), "GEN's number is not lost");
    bench.drain().await;
    assert_eq!(bench.work(&second).await.progress, Progress::Completed);
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (2, 2));
    let check: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut other(&bench).await).await.unwrap();
    assert_eq!(check, "ok");
}

/// The disk of this process, which can be filled.
struct Disk {
    small: Option<PathBuf>,
}

impl Disk {
    fn of_this_process() -> Self {
        let small = std::env::var_os(PLACE).filter(|place| !place.is_empty());
        Self { small: small.map(PathBuf::from) }
    }

    fn folder(&self) -> TempDir {
        self.small.as_ref().map_or_else(TempDir::new, TempDir::new_in).unwrap()
    }

    /// Takes what space is left, that of the write-ahead log included.
    async fn fill(&self, bench: &Bench) {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut other(bench).await).await.unwrap();
        match &self.small {
            Some(small) => {
                let mut ballast = File::create(ballast(small)).unwrap();
                for size in [64 * 1024, 1] {
                    while ballast.write_all(&vec![b'x'; size]).is_ok() {}
                }
            }
            None => limit("0"),
        }
    }

    fn empty(&self) {
        match &self.small {
            Some(small) => std::fs::remove_file(ballast(small)).unwrap(),
            None => limit("unlimited"),
        }
    }
}

fn ballast(folder: &Path) -> PathBuf {
    folder.join("ballast")
}

/// How long this process may make a file.
fn limit(length: &str) {
    let process = std::process::id().to_string();
    let soft = format!("--fsize={length}:unlimited");
    let limited = Command::new("prlimit").args(["--pid", &process, &soft]).status().unwrap();
    assert!(limited.success());
}

/// A connection of somebody else's to the same database.
async fn other(bench: &Bench) -> SqliteConnection {
    SqliteConnectOptions::new().filename(bench.database()).connect().await.unwrap()
}

#[tokio::test]
async fn f38_a_database_held_by_another_process_lets_people_read_and_sends_nothing() {
    let bench = Bench::open().await;
    let (running, sheet) = (bench.sheet().await, bench.sheet().await);
    bench.spend(&running, "a hook").await.unwrap();
    let before = bench.vidsheet(&sheet.id).await;
    let mut other = other(&bench).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    // Long enough for a session's use to be noted and for a page to be renewed.
    bench.clock.advance(2 * MINUTE);
    let write = bench.spend(&sheet, "a hook");
    let read = async {
        // Sixteen readers at once, twice as many as there are connections.
        for _ in 0..2 {
            let one = || async {
                assert!(bench.store.session(&bench.token).await.unwrap().is_some());
                assert_eq!(bench.vidsheet(&sheet.id).await.vidsheet, before.vidsheet);
                assert!(bench.work(&running).await.progress.is_running());
            };
            futures::future::join_all((0..16).map(|_| one())).await;
        }
    };
    let (told, ()) = tokio::join!(write, read);
    assert!(matches!(told, Err(Error::Locked)), "{told:?}");
    assert!(matches!(bench.store.ready().await, Err(Error::Locked)));
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (1, 1));
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    bench.spend(&sheet, "a hook").await.unwrap();
    bench.drain().await;
    for sheet in [&running, &sheet] {
        assert_eq!(bench.work(sheet).await.progress, Progress::Completed);
    }
    assert_eq!(bench.entries("charge").await, 2);
}

#[tokio::test]
async fn f43_a_database_from_before_finds_its_jobs_again_and_sends_none_of_them() {
    let mut bench = Bench::open().await;
    let (first, second) = (bench.sheet().await, bench.sheet().await);
    bench.spend(&first, "a hook").await.unwrap();
    let backup = TempDir::new().unwrap();
    let copy = backup.path().join("copy.db");
    let vacuum = sqlx::query("VACUUM INTO ?").bind(copy.to_str().unwrap());
    vacuum.execute(&mut other(&bench).await).await.unwrap();
    // What happens after the backup: the first one ends, the second one begins.
    bench.drain().await;
    bench.spend(&second, "a hook").await.unwrap();
    bench.replace_database(&copy).await;
    bench.store.recover().await.unwrap();
    assert!(bench.work(&first).await.progress.is_running());
    assert!(bench.cell(&second, &second.text).await.work.is_none());
    bench.follow().await;
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &second.id).await.unwrap();
    let found = bench.work(&second).await;
    assert!(found.progress.is_running() && found.generation_id.is_some(), "it is found on its cell");
    bench.drain().await;
    for sheet in [&first, &second] {
        assert_eq!(bench.work(sheet).await.progress, Progress::Completed);
    }
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (2, 2));
}
