use serde_json::json;

use crate::call::Call;
use crate::file::Part;
use crate::model::{GenUser, Organization, Workspace};
use crate::operation as op;
use crate::{Error, File, GenClient, OrganizationId};

impl GenClient {
    /// Whose key this is; how a key is tested. GEN: getMe. 401 if GEN refuses the key.
    pub async fn me(&self) -> Result<GenUser, Error> {
        self.one(Call::to(&op::ME, &[])).await
    }

    /// The organizations the key's owner may manage. GEN: listWorkspaces.
    pub async fn list_workspaces(&self) -> Result<Vec<Workspace>, Error> {
        self.many(Call::to(&op::LIST_WORKSPACES, &[])).await
    }

    /// Every organization the key's owner belongs to, with credits and role. GEN: listOrganizations.
    pub async fn list_organizations(&self) -> Result<Vec<Organization>, Error> {
        self.many(Call::to(&op::LIST_ORGANIZATIONS, &[])).await
    }

    /// One organization with what is left to spend. GEN: getOrganization. 422 `organization_not_found` if absent.
    pub async fn open_organization(&self, organization: &OrganizationId) -> Result<Organization, Error> {
        self.one(Call::to(&op::OPEN_ORGANIZATION, &[organization.as_str()])).await
    }

    /// Makes an organization with a picture or without; the key's owner owns it. GEN: createOrganization. 422
    /// `validation_error`.
    pub async fn create_organization(
        &self,
        name: &str,
        picture: Option<&File>,
    ) -> Result<OrganizationId, Error> {
        let call = with_organization(Call::to(&op::CREATE_ORGANIZATION, &[]), Some(name), picture);
        Ok(self.one::<Organization>(call).await?.id)
    }

    /// Renames an organization, or gives it another picture. GEN: updateOrganization. 403 `forbidden` unless owner
    /// or manager, 422.
    pub async fn update_organization(
        &self,
        organization: &OrganizationId,
        name: Option<&str>,
        picture: Option<&File>,
    ) -> Result<(), Error> {
        let call = Call::to(&op::UPDATE_ORGANIZATION, &[organization.as_str()]);
        let sent = self.done(with_organization(call, name, picture)).await;
        // A picture cannot be told from the one before.
        let named = |found: Organization| (picture.is_none() && name == Some(&*found.name)).then_some(());
        self.reread(sent, self.open_organization(organization), named).await
    }

    /// Deletes an organization with all that is in it; it does not come back. GEN: deleteOrganization. 403
    /// `forbidden` unless owner.
    pub async fn delete_organization(&self, organization: &OrganizationId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_ORGANIZATION, &[organization.as_str()])).await
    }
}

/// A picture makes it a form; GEN takes JSON otherwise.
fn with_organization(call: Call, name: Option<&str>, picture: Option<&File>) -> Call {
    let Some(picture) = picture else {
        let organization = name.map_or_else(|| json!({}), |name| json!({ "name": name }));
        return call.body(json!({ "organization": organization }));
    };
    let mut parts = vec![Part::file("organization[avatar]", picture)];
    parts.extend(name.map(|name| Part::text("organization[name]", name)));
    call.parts(parts)
}
