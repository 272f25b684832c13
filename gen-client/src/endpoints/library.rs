use serde_json::json;

use crate::call::Call;
use crate::model::{Folder, LibraryItem, LibraryKind, LibraryQuery};
use crate::operation as op;
use crate::{AgentId, Error, FolderId, GenClient};

impl GenClient {
    /// Folders and files of the agent. GEN: listAssetLibraries. A full page means there may be another.
    pub async fn list_library(
        &self,
        agent: &AgentId,
        query: &LibraryQuery,
    ) -> Result<Vec<LibraryItem>, Error> {
        let kinds: Vec<&str> = query.kinds.iter().map(|kind| kind.as_str()).collect();
        let call = Call::to(&op::LIST_LIBRARY, &[])
            .agent(agent)
            .query_opt("folder_id", query.folder.as_ref())
            .query_opt("asset_type", (!kinds.is_empty()).then(|| kinds.join(",")))
            .query_opt("search", query.search.as_ref())
            .query_opt("order", query.recent.then_some("recent"))
            .query_opt("page", query.page)
            .query_opt("page_size", query.page_size);
        self.many(call).await
    }

    /// Makes a folder, inside another or at the top. GEN: createAssetFolder.
    pub async fn create_folder(
        &self,
        agent: &AgentId,
        name: &str,
        parent: Option<&FolderId>,
    ) -> Result<FolderId, Error> {
        let mut folder = json!({ "name": name });
        if let Some(parent) = parent {
            folder["parent_id"] = json!(parent);
        }
        let call = Call::to(&op::CREATE_FOLDER, &[]).agent(agent);
        Ok(self.one::<Folder>(call.body(json!({ "asset_folder": folder }))).await?.id)
    }

    /// Renames a folder. GEN: updateAssetFolder. 404 if absent.
    pub async fn rename_folder(&self, agent: &AgentId, folder: &FolderId, name: &str) -> Result<(), Error> {
        let call = Call::to(&op::RENAME_FOLDER, &[folder.as_str()]).agent(agent);
        let sent = self.done(call.body(json!({ "asset_folder": { "name": name } }))).await;
        // GEN has no way to read one folder.
        let query = LibraryQuery {
            kinds: vec![LibraryKind::Folder],
            search: Some(name.to_owned()),
            ..LibraryQuery::default()
        };
        let is_it = |item: &LibraryItem| matches!(item, LibraryItem::Folder(found) if found.id == *folder && found.name == name);
        let named = |found: Vec<LibraryItem>| found.iter().any(is_it).then_some(());
        self.reread(sent, self.list_library(agent, &query), named).await
    }

    /// Deletes a folder with everything in it; it does not come back. GEN: deleteAssetFolder. 422
    /// `folder_removal_failed`.
    pub async fn delete_folder(&self, agent: &AgentId, folder: &FolderId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_FOLDER, &[folder.as_str()]).agent(agent)).await
    }
}
