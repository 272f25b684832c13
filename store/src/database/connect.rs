use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqlitePool};

use crate::{Error, Result};

/// Earlier releases can lose a commit in WAL mode (<https://sqlite.org/releaselog/3_51_3.html>).
const SQLITE_MIN: (u32, u32, u32) = (3, 51, 3);

/// The one connection that writes; makes the file where there is none.
pub(super) async fn writer(database: &Path) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        // What a removed key leaves behind is overwritten.
        .pragma("secure_delete", "ON")
        .pragma("journal_size_limit", "67108864")
        .pragma("wal_autocheckpoint", "1000")
        .pragma("mmap_size", "0")
        .pragma("temp_store", "MEMORY")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON");
    // A full disk makes SQLite end a transaction by itself. The connection still counts it as open and could never
    // begin another one, so it is replaced.
    let pool = one_for_life(1)
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }));
    Ok(pool.connect_with(options).await?)
}

/// Connections that cannot write.
pub(super) async fn readers(database: &Path, count: u32) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .read_only(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("query_only", "ON")
        .pragma("mmap_size", "0")
        .pragma("temp_store", "MEMORY")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON");
    Ok(one_for_life(count).connect_with(options).await?)
}

/// A file's connections need no renewal.
fn one_for_life(count: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(count)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(10))
}

/// [`Error::Corrupt`] when the program was built with too old an SQLite.
pub(super) async fn expect_version(pool: &SqlitePool) -> Result<()> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < SQLITE_MIN {
        return Err(Error::Corrupt(format!(
            "this program was built with SQLite {version}; 3.51.3 is the oldest it trusts"
        )));
    }
    Ok(())
}

/// [`Error::Corrupt`] when SQLite finds the file damaged. Reads all of it, so it is for those that were not closed.
pub(super) async fn expect_whole(pool: &SqlitePool) -> Result<()> {
    tracing::info!("the database was not closed the last time; looking through it");
    let found: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_all(pool).await?;
    match found.as_slice() {
        [ok] if ok == "ok" => Ok(()),
        found => {
            Err(Error::Corrupt(format!("the database file is damaged ({}); use a backup", found.join("; "))))
        }
    }
}

/// SQLite locks the file for each transaction only; two processes would still follow the same generations
/// twice and spend twice. Whoever holds the lock keeps its number in the file and takes it out when it closes the
/// database; the answer says whether one was left behind.
pub(super) fn lock(folder: &Path) -> Result<(File, bool)> {
    let path = folder.join("lock");
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(sqlx::Error::from)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            // Whoever holds it may not have written its number yet; the refusal stands without it.
            let read = file.read_to_string(&mut pid);
            let known = read.is_ok() && !pid.trim().is_empty();
            return Err(Error::InUse(if known { format!(" (pid {})", pid.trim()) } else { String::new() }));
        }
        Err(TryLockError::Error(error)) => return Err(sqlx::Error::from(error).into()),
    }
    let unclean = file.metadata().map_err(sqlx::Error::from)?.len() > 0;
    file.set_len(0).map_err(sqlx::Error::from)?;
    file.rewind().map_err(sqlx::Error::from)?;
    writeln!(file, "{}", std::process::id()).map_err(sqlx::Error::from)?;
    Ok((file, unclean))
}

/// Takes the number out, so that the next start knows that all is well, and lets another process have the folder.
pub(super) fn unlock(file: &File) -> Result<()> {
    file.set_len(0).and_then(|()| file.unlock()).map_err(|error| sqlx::Error::from(error).into())
}
