use serde_json::json;

use crate::call::Call;
use crate::file::Part;
use crate::model::{ContentResource, StoredResource};
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
    /// Twenty files of the agent, newest first, of one kind (`image`, `video`, `audio`, …) or all; the first page
    /// is 0. GEN: listContentResources.
    pub async fn list_content_resources(
        &self,
        agent: &AgentId,
        kind: Option<&str>,
        page: u32,
    ) -> Result<Vec<ContentResource>, Error> {
        let call = Call::to(&op::LIST_CONTENT_RESOURCES, &[]).agent(agent);
        self.many(call.query_opt("type", kind).query("page", page)).await
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
        self.done(call.body(json!({ "content_resource": { "filename": name } }))).await
    }

    /// Deletes a file; it does not come back. GEN: deleteContentResource. 404 if absent.
    pub async fn delete_content_resource(&self, agent: &AgentId, resource: &ResourceId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_CONTENT_RESOURCE, &[resource.as_str()]).agent(agent)).await
    }
}
