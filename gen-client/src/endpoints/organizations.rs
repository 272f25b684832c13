use crate::call::{Call, Host::Api};
use crate::model::{GenUser, Organization, Workspace};
use crate::{Error, GenClient, OrganizationId};

impl GenClient {
    /// Whose key this is; how a key is tested. GEN: getMe. 401 if GEN refuses the key.
    pub async fn me(&self) -> Result<GenUser, Error> {
        self.one(Call::get("me", Api, &["me"])).await
    }

    /// The organizations the key's owner may manage. GEN: listWorkspaces.
    pub async fn list_workspaces(&self) -> Result<Vec<Workspace>, Error> {
        self.many(Call::get("list_workspaces", Api, &["workspaces"])).await
    }

    /// Every organization the key's owner belongs to, with credits and role. GEN: listOrganizations.
    pub async fn list_organizations(&self) -> Result<Vec<Organization>, Error> {
        self.many(Call::get("list_organizations", Api, &["organizations"])).await
    }

    /// One organization with what is left to spend. GEN: getOrganization. 422 `organization_not_found` if absent.
    pub async fn open_organization(&self, organization: &OrganizationId) -> Result<Organization, Error> {
        self.one(Call::get("open_organization", Api, &["organizations", organization.as_str()])).await
    }
}
