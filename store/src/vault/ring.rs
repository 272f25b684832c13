use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::{Error, Result};

const KID_MAX: usize = 32;

/// What encrypts stored GEN keys: a ring, the first of which is active.
pub struct MasterKeys {
    pub(super) keys: Vec<MasterKey>,
    /// Where a ring that was made just now is to be written.
    unsaved: Option<PathBuf>,
}

/// One key of the ring.
pub(super) struct MasterKey {
    pub(super) kid: String,
    pub(super) secret: Zeroizing<[u8; 32]>,
}

impl MasterKeys {
    /// Reads lines `id/base64 of 32 bytes`; empty lines and lines that begin with `#` are skipped. The errors
    /// name the line, never what it holds.
    pub fn parse(text: &str) -> Result<Self> {
        let mut keys: Vec<MasterKey> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = parse_line(line).map_err(|why| Error::Vault(format!("line {}: {why}", number + 1)))?;
            if keys.iter().any(|known| known.kid == key.kid) {
                return Err(Error::Vault(format!("line {}: this id is used twice", number + 1)));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            return Err(Error::Vault("there is no key; a line reads id/base64 of 32 bytes".into()));
        }
        Ok(Self { keys, unsaved: None })
    }

    /// Reads a file, which nobody but its owner may be able to read.
    pub fn load(file: &Path) -> Result<Self> {
        let said = |error: std::io::Error| Error::Vault(format!("{}: {error}", file.display()));
        let mode = std::fs::metadata(file).map_err(said)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(Error::Vault(format!(
                "{} can be read by others (mode {mode:04o}); run chmod 600 on it",
                file.display()
            )));
        }
        let text = Zeroizing::new(std::fs::read_to_string(file).map_err(said)?);
        Self::parse(&text).map_err(|error| match error {
            Error::Vault(why) => Error::Vault(format!("{}: {why}", file.display())),
            other => other,
        })
    }

    /// Reads the file, or makes a ring of one key where there is none. The file is written when a store is
    /// opened with it, and only if the database is new: an old one with a lost ring must not get a fresh one.
    pub fn load_or_create(file: &Path) -> Result<Self> {
        if file.exists() {
            return Self::load(file);
        }
        let kid = rand::random::<[u8; 4]>().iter().map(|byte| format!("{byte:02x}")).collect();
        let secret = Zeroizing::new(rand::random());
        Ok(Self { keys: vec![MasterKey { kid, secret }], unsaved: Some(file.to_owned()) })
    }

    /// Writes a ring that was made just now; never over a file.
    pub(super) fn save(&self) -> Result<()> {
        let Some(file) = &self.unsaved else {
            return Ok(());
        };
        let said = |error: std::io::Error| Error::Vault(format!("{}: {error}", file.display()));
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(said)?;
        }
        let mut text = Zeroizing::new(String::new());
        for key in &self.keys {
            let secret = Zeroizing::new(STANDARD.encode(&key.secret[..]));
            text.push_str(&format!("{}/{}\n", key.kid, *secret));
        }
        let mut out =
            std::fs::File::options().write(true).create_new(true).mode(0o600).open(file).map_err(said)?;
        out.write_all(text.as_bytes()).map_err(said)?;
        out.sync_all().map_err(said)
    }
}

fn parse_line(line: &str) -> Result<MasterKey, &'static str> {
    let (kid, secret) = line.split_once('/').ok_or("a line reads id/base64 of 32 bytes")?;
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if kid.is_empty() || kid.len() > KID_MAX || !kid.bytes().all(harmless) {
        return Err("an id is 1 to 32 letters, digits, '-', '_' or '.'");
    }
    let bytes = Zeroizing::new(STANDARD.decode(secret.trim()).map_err(|_| "the key is not base64")?);
    let secret: [u8; 32] = bytes.as_slice().try_into().map_err(|_| "a key is exactly 32 bytes")?;
    Ok(MasterKey { kid: kid.to_owned(), secret: Zeroizing::new(secret) })
}
