use serde_json::json;

use crate::call::Call;
use crate::file::Part;
use crate::model::Avatar;
use crate::operation as op;
use crate::{AgentId, AvatarId, DegodId, Error, File, GenClient};

/// The form field GEN takes an avatar's picture in.
const PICTURE: &str = "agent_avatars_attributes[][file]";

impl GenClient {
    /// Twenty pictures of the agent with ids beyond the cursor, the primary one first. GEN: listAgentAvatars.
    pub async fn list_avatars(
        &self,
        agent: &AgentId,
        cursor: Option<&AvatarId>,
    ) -> Result<Vec<Avatar>, Error> {
        self.many(Call::to(&op::LIST_AVATARS, &[agent.as_str()]).query_opt("cursor", cursor)).await
    }

    /// Adds a picture: JPEG, PNG or WebP. GEN: createAgentAvatar, which answers nothing, so list them again.
    /// 422 `avatar_creation_failed`.
    pub async fn create_avatar(&self, agent: &AgentId, picture: &File) -> Result<(), Error> {
        let call = Call::to(&op::CREATE_AVATAR, &[agent.as_str()]);
        self.done(call.parts(vec![Part::file(PICTURE, picture)])).await
    }

    /// Adds a picture of GEN's own collection. GEN: createAgentAvatar, which answers nothing. 422
    /// `avatar_creation_failed`.
    pub async fn create_degod_avatar(&self, agent: &AgentId, degod: &DegodId) -> Result<(), Error> {
        let body = json!({ "agent_avatars_attributes": [{ "degod_avatar_id": degod }] });
        self.done(Call::to(&op::CREATE_DEGOD_AVATAR, &[agent.as_str()]).body(body)).await
    }

    /// Lets a picture stand for the agent. GEN: setPrimaryAvatar. 422 `avatar_update_failed`.
    pub async fn set_primary_avatar(&self, agent: &AgentId, avatar: &AvatarId) -> Result<(), Error> {
        let sent = self.done(Call::to(&op::SET_PRIMARY_AVATAR, &[agent.as_str(), avatar.as_str()])).await;
        let primary = |found: Vec<Avatar>| {
            found.iter().any(|found| found.is_primary && found.id == *avatar).then_some(())
        };
        self.reread(sent, self.list_avatars(agent, None), primary).await
    }

    /// Deletes pictures; they do not come back. GEN: deleteAgentAvatar, which takes several ids in one. Of those left
    /// the next becomes primary. [`Error::Invalid`] without any.
    pub async fn delete_avatars(&self, agent: &AgentId, avatars: &[AvatarId]) -> Result<(), Error> {
        let ids = avatars.iter().map(AvatarId::as_str).collect::<Vec<_>>().join("_");
        self.done(Call::to(&op::DELETE_AVATARS, &[agent.as_str(), &ids])).await
    }
}
