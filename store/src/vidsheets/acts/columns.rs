//! Columns: added, named, described, put away. Only ingredients; the others are the platform's.

use gen_client::model::{Column, ColumnKind, ColumnPatch};
use gen_client::{AgentId, ColumnId, VidsheetId};
use model::ArchivedColumn;

use super::Doer;
use super::log::{count, record};
use super::step::{Step, Was};
use crate::freshness::Kind;
use crate::saved::text;
use crate::vidsheets::{load, remember};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// The longest title we send, in characters; GEN names no limit.
const TITLE_MAX: usize = 200;
/// The longest description we send, in characters.
const DESCRIPTION_MAX: usize = 2_000;

/// What of a column is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    Title,
    Description,
}

impl Store {
    /// Adds a column to the right of all others.
    pub async fn add_column(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        title: &str,
        kind: ColumnKind,
    ) -> Result<Column> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let title = checked(Words::Title, title)?;
        let store = self.clone();
        self.finish(async move {
            let made = store.make_column(&doer, &title, &kind).await?;
            store.keep_new_column(&doer, &made, format!("Added the column {title}")).await?;
            Ok(made)
        })
        .await
    }

    /// Copies a column with what its cells hold; GEN decides where it goes and what it is called.
    pub async fn duplicate_column(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        column: &ColumnId,
    ) -> Result<Column> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let original = self.own_column(&doer, column).await?;
        let store = self.clone();
        self.finish(async move {
            let (place, client) = (&doer.place, &doer.client);
            let made = client.duplicate_column(&place.agent, &place.vidsheet, &original.id).await;
            let made = store.noted(place.key, made).await?;
            store.keep_new_column(&doer, &made, format!("Duplicated the column {}", original.title)).await?;
            Ok(made)
        })
        .await
    }

    /// Calls a column otherwise. Returns the act; `None` where it is called so already.
    pub async fn rename_column(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        column: &ColumnId,
        title: &str,
    ) -> Result<Option<i64>> {
        self.word_column(actor, agent, vidsheet, column, Words::Title, title).await
    }

    /// Says what a column is for. Returns the act; `None` where that is said already.
    pub async fn describe_column(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        column: &ColumnId,
        description: &str,
    ) -> Result<Option<i64>> {
        self.word_column(actor, agent, vidsheet, column, Words::Description, description).await
    }

    /// Puts columns away, or shows them again. Returns the act; `None` where nothing changed.
    pub async fn archive_columns(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        columns: Vec<ColumnId>,
        archived: bool,
    ) -> Result<Option<i64>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        for column in &columns {
            self.own_column(&doer, column).await?;
        }
        let mut tx = self.write_tx().await?;
        let columns = write_archived_columns(&mut tx, &doer, &columns, archived).await?;
        let verb = if archived { "Archived" } else { "Restored" };
        let what = format!("{verb} {}", count(columns.len(), "column"));
        let steps = if columns.is_empty() { Vec::new() } else { vec![Step::Columns { columns, archived }] };
        let act = record(&mut tx, &doer, &what, &steps).await?;
        tx.commit().await?;
        Ok(act)
    }

    /// The columns that are put away, in the order of the sheet.
    pub async fn list_archived_columns(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Vec<ArchivedColumn>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let mut conn = self.read().acquire().await?;
        let columns = load::archived_columns(&mut conn, vidsheet).await?;
        let archived =
            |column: Column| ArchivedColumn { id: column.id, title: column.title, kind: column.kind };
        Ok(columns.into_iter().map(archived).collect())
    }

    async fn word_column(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        column: &ColumnId,
        words: Words,
        new: &str,
    ) -> Result<Option<i64>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let new = checked(words, new)?;
        let column = self.own_column(&doer, column).await?;
        let old = words.of(&column);
        if old == new {
            return Ok(None);
        }
        let store = self.clone();
        self.finish(async move {
            store.put_words(&doer, &column.id, words, &new).await?;
            let was = Was { id: column.id, before: old, after: new.clone() };
            let (step, what) = match words {
                Words::Title => (Step::Title(was), format!("Renamed {} to {new}", column.title)),
                Words::Description => (Step::Description(was), format!("Described {}", column.title)),
            };
            let mut tx = store.write_tx().await?;
            let act = record(&mut tx, &doer, &what, &[step]).await?;
            tx.commit().await?;
            Ok(act)
        })
        .await
    }

    /// Names or describes a column at GEN and here.
    pub(super) async fn put_words(
        &self,
        doer: &Doer,
        column: &ColumnId,
        words: Words,
        new: &str,
    ) -> Result<()> {
        let place = &doer.place;
        let (title, description) = match words {
            Words::Title => (Some(new.to_owned()), None),
            Words::Description => (None, Some(new.to_owned())),
        };
        let patch = ColumnPatch { id: column.clone(), title, description };
        let answer = doer.client.mass_update_columns(&place.agent, &place.vidsheet, &[patch]).await;
        self.noted(place.key, answer).await?;
        let mut tx = self.write_tx().await?;
        let sql = match words {
            Words::Title => "UPDATE sheet_column SET title = ?1 WHERE id = ?2",
            Words::Description => "UPDATE sheet_column SET description = ?1 WHERE id = ?2",
        };
        sqlx::query(sql).bind(new).bind(column.as_str()).execute(&mut *tx).await?;
        tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
        remember::announce_vidsheet(&mut tx, place).await?;
        tx.commit().await
    }

    /// A column of this vidsheet that people may change.
    pub(super) async fn own_column(&self, doer: &Doer, column: &ColumnId) -> Result<Column> {
        let mut conn = self.read().acquire().await?;
        let found = load::column(&mut conn, &doer.place.vidsheet, column).await?;
        let found = found.ok_or(Error::NotFound("column"))?;
        if found.role.is_system() {
            let message =
                format!("The column {} is GEN's own; it cannot be changed or put away.", found.title);
            return Err(Error::Invalid { field: "Column", message });
        }
        Ok(found)
    }

    pub(super) async fn make_column(&self, doer: &Doer, title: &str, kind: &ColumnKind) -> Result<Column> {
        let place = &doer.place;
        let made = doer.client.create_column(&place.agent, &place.vidsheet, title, kind, None).await;
        self.noted(place.key, made).await
    }

    /// Notes the act, and learns of the cells that GEN made along with a column.
    async fn keep_new_column(&self, doer: &Doer, made: &Column, what: String) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let step = Step::Columns { columns: vec![made.id.clone()], archived: false };
        record(&mut tx, doer, &what, &[step]).await?;
        tx.wrote(Kind::Vidsheet, doer.place.vidsheet.as_str()).await?;
        tx.outdate(Kind::Vidsheet, doer.place.vidsheet.as_str()).await?;
        tx.commit().await?;
        match self.renew(doer.place.key, &doer.place).await {
            // The column is there; whoever opens the vidsheet next has GEN asked again.
            Err(Error::Gen(error)) => tracing::info!(%error, "a new column's cells could not be read"),
            renewed => renewed?,
        }
        Ok(())
    }
}

/// Puts columns away or back; which of them that changed.
pub(super) async fn write_archived_columns(
    tx: &mut WriteTx,
    doer: &Doer,
    columns: &[ColumnId],
    archived: bool,
) -> Result<Vec<ColumnId>> {
    let asked: Vec<&str> = columns.iter().map(ColumnId::as_str).collect();
    let at = archived.then_some(tx.now());
    let changed: Vec<String> = sqlx::query_scalar(
        "UPDATE sheet_column SET archived_at = ?1
         WHERE id IN (SELECT value FROM json_each(?2)) AND vidsheet_id = ?3 AND (archived_at IS NULL) = (?1 IS NOT NULL)
         RETURNING id",
    )
    .bind(at)
    .bind(text(&asked)?)
    .bind(doer.place.vidsheet.as_str())
    .fetch_all(&mut **tx)
    .await?;
    if !changed.is_empty() {
        remember::announce_vidsheet(tx, &doer.place).await?;
    }
    Ok(columns.iter().filter(|column| changed.iter().any(|id| id == column.as_str())).cloned().collect())
}

impl Words {
    pub(super) fn of(self, column: &Column) -> String {
        match self {
            Self::Title => column.title.clone(),
            Self::Description => column.description.clone().unwrap_or_default(),
        }
    }
}

fn checked(words: Words, text: &str) -> Result<String> {
    let text = text.trim().to_owned();
    let length = text.chars().count();
    match words {
        Words::Title if length == 0 || length > TITLE_MAX => {
            let message = format!("Give it 1 to {TITLE_MAX} characters.");
            Err(Error::Invalid { field: "Title", message })
        }
        Words::Description if length > DESCRIPTION_MAX => {
            let message = format!("Describe it in at most {DESCRIPTION_MAX} characters.");
            Err(Error::Invalid { field: "Description", message })
        }
        _ => Ok(text),
    }
}
