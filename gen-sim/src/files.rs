//! The bytes people upload: files in the data folder, or in one that goes when the simulator does.

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use tempfile::TempDir;

use crate::answer::Problem;
use crate::writing::hash;

/// A folder of files with names of our own making.
pub struct Files {
    folder: PathBuf,
    /// Deleted with its content when it is dropped.
    _temporary: Option<TempDir>,
}

impl Files {
    /// `files` in the data folder, or a temporary folder.
    pub fn open(data_dir: Option<&Path>) -> std::io::Result<Files> {
        let (folder, temporary) = match data_dir {
            Some(data_dir) => (data_dir.join("files"), None),
            None => {
                let temporary = tempfile::tempdir()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        std::fs::create_dir_all(&folder)?;
        Ok(Files { folder, _temporary: temporary })
    }

    /// A key that nobody can guess from the id alone, with an ending that fits the type.
    pub fn key(id: u64, content_type: &str) -> String {
        let ending = match content_type {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            "image/webp" => "webp",
            "image/gif" => "gif",
            "video/mp4" => "mp4",
            "audio/mpeg" => "mp3",
            "audio/wav" | "audio/x-wav" => "wav",
            _ => "bin",
        };
        format!("{id:x}{:014x}.{ending}", hash(&format!("file {id}")))
    }

    /// Where a key's file is; none when the key is not one of ours.
    pub fn path(&self, key: &str) -> Option<PathBuf> {
        let safe =
            key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.') && !key.contains("..");
        (safe && !key.is_empty()).then(|| self.folder.join(key))
    }

    /// Keeps the bytes. Gives the key they are stored under.
    pub fn keep(&self, id: u64, content_type: &str, bytes: &[u8]) -> Result<String, Problem> {
        let key = Self::key(id, content_type);
        std::fs::write(self.folder.join(&key), bytes).map_err(not_stored)?;
        Ok(key)
    }
}

/// The simulator's disk refused.
pub fn not_stored(error: std::io::Error) -> Problem {
    let message = format!("The file could not be stored: {error}");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "not_stored", message)
}
