//! The browser never sees GEN's media URLs: an id stands for each, and our own route fetches it.
//!
//! An id is made from the URL alone, so reading asks nothing of SQLite; what GEN says is registered when it
//! is saved.

use gen_client::AgentId;
use sha2::{Digest, Sha256};

use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

mod places;

pub(crate) use places::HasMedia;

/// No URL of GEN's is near this long.
const URL_MAX: usize = 2_048;
const NAME_MAX: usize = 100;

/// Where a piece of media lies.
pub struct MediaSource {
    /// At GEN.
    pub url: String,
    /// What to call the file when it is downloaded.
    pub file_name: String,
}

impl Store {
    /// Where a piece of media lies, by the id that stands for its URL. [`Error::NotFound`] when no agent that
    /// the actor reaches has shown it.
    pub async fn media_source(&self, actor: &Actor, id: &str) -> Result<MediaSource> {
        let url: Option<String> = sqlx::query_scalar(
            "SELECT url FROM media WHERE id = ?1 AND EXISTS (
                 SELECT 1 FROM media_agent WHERE media_id = ?1
                 AND (agent_id = '' OR agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?2)))",
        )
        .bind(id)
        .bind(actor.person.id)
        .fetch_optional(self.read())
        .await?;
        let url = url.ok_or(Error::NotFound("media"))?;
        Ok(MediaSource { file_name: file_name(&url), url })
    }
}

/// Puts our id in the place of every URL, or nothing where the URL is none that we would fetch.
pub(crate) fn localise<T: HasMedia + ?Sized>(value: &mut T) {
    value.each_url(&mut |place| *place = place.as_deref().and_then(media_id));
}

/// Remembers every URL in it as the agent's, or as everybody's for what belongs to no agent; the value is
/// unchanged. To be called with what GEN said, before it is saved.
pub(crate) async fn register<T: HasMedia + ?Sized>(
    tx: &mut WriteTx,
    agent: Option<&AgentId>,
    value: &mut T,
) -> Result<()> {
    let mut pairs = Vec::new();
    value.each_url(&mut |place| {
        if let Some(url) = place.as_deref()
            && let Some(id) = media_id(url)
        {
            pairs.push((id, url.to_owned()));
        }
    });
    if pairs.is_empty() {
        return Ok(());
    }
    // Thousands of URLs in one statement each, not one statement per URL.
    let json = serde_json::to_string(&pairs).map_err(|error| Error::Corrupt(error.to_string()))?;
    sqlx::query("INSERT OR IGNORE INTO media (id, url) SELECT value ->> 0, value ->> 1 FROM json_each(?)")
        .bind(&json)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "INSERT OR IGNORE INTO media_agent (media_id, agent_id) SELECT value ->> 0, ?2 FROM json_each(?1)",
    )
    .bind(&json)
    .bind(agent.map_or("", AgentId::as_str))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The id that stands for a URL, 32 hex digits; `None` where it is no URL that we would fetch. Which hosts
/// are GEN's is for the client to say when it fetches.
pub(crate) fn media_id(url: &str) -> Option<String> {
    let local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
        .iter()
        .any(|start| url.starts_with(start));
    (is_public(url) || local && is_clean(url))
        .then(|| Sha256::digest(url)[..16].iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether it is an https address and nothing else besides.
pub(crate) fn is_public(url: &str) -> bool {
    url.starts_with("https://") && is_clean(url)
}

fn is_clean(url: &str) -> bool {
    url.len() <= URL_MAX && !url.chars().any(|letter| letter.is_whitespace() || letter.is_control())
}

/// The last piece of the URL's path, cut down to letters that are harmless in a header and on every disk.
fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.splitn(4, '/').nth(3).and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let harmless = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
    let name: String = last.chars().filter(harmless).collect();
    // The end is kept, for it says what kind of file it is.
    let name = name[name.len().saturating_sub(NAME_MAX)..].trim_start_matches('.');
    if name.is_empty() { "media".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests;
