//! GEN keys at rest. The only place that can open one.
//!
//! A sealed blob is `version ∥ length of kid ∥ kid ∥ nonce ∥ ciphertext`; what it is for (which key of whose)
//! is authenticated with it, so a blob moved to another row does not open.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use gen_client::ApiKey;
use hkdf::Hkdf;
use sha2::Sha256;
use sqlx::SqlitePool;
use zeroize::Zeroizing;

use crate::{Error, Result, Store};

mod ring;

use ring::MasterKey;
pub use ring::MasterKeys;

const VERSION: u8 = 1;
const NONCE: usize = 24;
/// What a check value opens to.
const CHECKED: &[u8] = b"reelsheet";

/// Seals and opens with a ring of master keys; the first is active.
pub(crate) struct Vault {
    keys: Vec<MasterKey>,
}

impl Vault {
    /// The name of the key that seals.
    pub(crate) fn active_kid(&self) -> &str {
        &self.keys[0].kid
    }

    /// Encrypts a GEN key for this row of this owner.
    pub(crate) fn seal_key(&self, id: i64, owner: Option<i64>, key: &ApiKey) -> Result<Vec<u8>> {
        seal(&self.keys[0], &purpose(id, owner), key.expose().as_bytes())
    }

    /// Decrypts the GEN key of this row of this owner; [`Error::Vault`] for any other blob.
    pub(crate) fn open_key(&self, id: i64, owner: Option<i64>, sealed: &[u8]) -> Result<ApiKey> {
        let plain = open(&self.keys, &purpose(id, owner), sealed)?;
        let text = String::from_utf8(plain.to_vec()).map_err(|_| broken())?;
        ApiKey::new(text).map_err(|_| broken())
    }

    /// The secret of a webhook's address: derived anew each time, so that it is kept nowhere.
    pub(crate) fn webhook_secret(&self, kid: &str, whose: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
        let key = self.keys.iter().find(|key| key.kid == kid).ok_or_else(broken)?;
        derive(key, &[b"webhook", whose])
    }
}

impl MasterKeys {
    /// Whether this is the ring of this database: every check value we have a key for opens, there is at
    /// least one, and no stored key needs a master key that is missing. Reads only.
    pub(crate) async fn check(&self, pool: &SqlitePool) -> Result<()> {
        let made: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'master_key'")
            .fetch_one(pool)
            .await?;
        if made == 0 {
            return Ok(());
        }
        let rows: Vec<(String, Vec<u8>, bool)> = sqlx::query_as(
            "SELECT kid, check_value, EXISTS (SELECT 1 FROM gen_key WHERE gen_key.kid = master_key.kid) FROM master_key",
        )
        .fetch_all(pool)
        .await?;
        for (kid, check_value, in_use) in &rows {
            match self.keys.iter().find(|key| key.kid == *kid) {
                Some(key) => {
                    let opened = open(std::slice::from_ref(key), &check_purpose(kid), check_value);
                    if !opened.is_ok_and(|plain| *plain == CHECKED) {
                        return Err(Error::Vault(format!(
                            "the key {kid:?} is not the one that this database was made with"
                        )));
                    }
                }
                None if *in_use => {
                    return Err(Error::Vault(format!(
                        "the key {kid:?} is missing, and stored GEN keys are encrypted with it"
                    )));
                }
                None => {}
            }
        }
        let known =
            rows.is_empty() || rows.iter().any(|(kid, ..)| self.keys.iter().any(|key| key.kid == *kid));
        if known {
            Ok(())
        } else {
            Err(Error::Vault("this ring is not the one that this database was made with".into()))
        }
    }

    /// Ready for use; a ring that was made just now is written to its file first.
    pub(crate) fn into_vault(self) -> Result<Vault> {
        self.save()?;
        Ok(Vault { keys: self.keys })
    }
}

impl Store {
    /// Seals a check value for every master key that is new to this database.
    pub(crate) async fn remember_master_keys(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        for key in &self.inner.vault.keys {
            let check_value = seal(key, &check_purpose(&key.kid), CHECKED)?;
            sqlx::query("INSERT OR IGNORE INTO master_key (kid, check_value) VALUES (?, ?)")
                .bind(&key.kid)
                .bind(check_value)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await
    }
}

fn seal(key: &MasterKey, purpose: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; NONCE] = rand::random();
    let payload = Payload { msg: plain, aad: purpose };
    let ciphertext = cipher(key)?
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Error::Vault("a key could not be encrypted".into()))?;
    let kid = key.kid.as_bytes();
    let length = u8::try_from(kid.len()).map_err(|_| broken())?;
    Ok([&[VERSION, length], kid, &nonce, &ciphertext].concat())
}

fn open(keys: &[MasterKey], purpose: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let [VERSION, length, rest @ ..] = sealed else {
        return Err(broken());
    };
    let (kid, rest) = rest.split_at_checked(usize::from(*length)).ok_or_else(broken)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or_else(broken)?;
    let key = keys.iter().find(|key| key.kid.as_bytes() == kid).ok_or_else(broken)?;
    let payload = Payload { msg: ciphertext, aad: purpose };
    let plain = cipher(key)?.decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken())?;
    Ok(Zeroizing::new(plain))
}

fn cipher(key: &MasterKey) -> Result<XChaCha20Poly1305> {
    XChaCha20Poly1305::new_from_slice(&derive(key, &[b"api-key"])?[..])
        .map_err(|_| Error::Vault("a key could not be derived".into()))
}

/// The master key itself encrypts nothing: each purpose has a key derived from it.
fn derive(key: &MasterKey, purpose: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>> {
    let mut derived = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, &key.secret[..])
        .expand_multi_info(purpose, &mut derived[..])
        .map_err(|_| Error::Vault("a key could not be derived".into()))?;
    Ok(derived)
}

/// Which key of whose; persons are numbered from 1, so 0 is nobody and stands for the team.
fn purpose(id: i64, owner: Option<i64>) -> Vec<u8> {
    [b"gen_key".as_slice(), &id.to_be_bytes(), &owner.unwrap_or(0).to_be_bytes(), &[VERSION]].concat()
}

fn check_purpose(kid: &str) -> Vec<u8> {
    [b"check".as_slice(), kid.as_bytes(), &[VERSION]].concat()
}

fn broken() -> Error {
    Error::Vault("a stored GEN key cannot be opened; remove it and add it again".into())
}

#[cfg(test)]
mod tests;
