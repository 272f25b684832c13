use serde_json::json;

use crate::call::Call;
use crate::file::Part;
use crate::model::{ContentResource, ResourceQuery, StoredResource};
use crate::operation as op;
use crate::{AgentId, Error, File, FolderId, GenClient, ResourceId};

/// The form field GEN takes a file in.
const FILE: &str = "content_resource[file]";

/// Where a file to be stored is.
#[derive(Clone, Debug)]
pub enum ResourceSource {
    /// Here.
    File(File),
    /// Already at GEN's storage, under this name.
    SignedId(String),
}

impl GenClient {
    /// Files of the agent, newest first. GEN: listContentResources. A full page means there may be another.
    pub async fn list_content_resources(
        &self,
        agent: &AgentId,
        query: &ResourceQuery,
    ) -> Result<Vec<ContentResource>, Error> {
        let call = Call::to(&op::LIST_CONTENT_RESOURCES, &[])
            .agent(agent)
            .query_opt("type", query.kind.as_ref())
            .query_opt("project_id", query.vidsheet.as_ref());
        let call = query.ids.iter().fold(call, |call, id| call.query("ids[]", id));
        self.many(call.query("page", query.page)).await
    }

    /// Stores a file, in a folder or at the top. GEN: createContentResource. 403 `forbidden`, 422
    /// `content_resource_creation_failed`.
    pub async fn create_content_resource(
        &self,
        agent: &AgentId,
        source: &ResourceSource,
        folder: Option<&FolderId>,
    ) -> Result<ContentResource, Error> {
        let mut parts = vec![match source {
            ResourceSource::File(file) => Part::file(FILE, file),
            ResourceSource::SignedId(signed_id) => Part::text(FILE, signed_id),
        }];
        parts.extend(folder.map(|folder| Part::text("asset_folder[id]", folder)));
        self.one(Call::to(&op::CREATE_CONTENT_RESOURCE, &[]).agent(agent).parts(parts)).await
    }

    /// A file with what made it. GEN: getContentResource. 404 if absent.
    pub async fn open_content_resource(
        &self,
        agent: &AgentId,
        resource: &ResourceId,
    ) -> Result<StoredResource, Error> {
        self.one(Call::to(&op::OPEN_CONTENT_RESOURCE, &[resource.as_str()]).agent(agent)).await
    }

    /// Renames a file. GEN: updateContentResource, which may answer nothing: open it again.
    pub async fn rename_content_resource(
        &self,
        agent: &AgentId,
        resource: &ResourceId,
        name: &str,
    ) -> Result<(), Error> {
        let call = Call::to(&op::RENAME_CONTENT_RESOURCE, &[resource.as_str()]).agent(agent);
        let sent = self.done(call.body(json!({ "content_resource": { "filename": name } }))).await;
        let named = |found: StoredResource| (found.resource.file_name.as_deref() == Some(name)).then_some(());
        self.reread(sent, self.open_content_resource(agent, resource), named).await
    }

    /// Deletes a file; it does not come back. GEN: deleteContentResource. 404 if absent.
    pub async fn delete_content_resource(&self, agent: &AgentId, resource: &ResourceId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_CONTENT_RESOURCE, &[resource.as_str()]).agent(agent)).await
    }
}
