use gen_client::OrganizationId;
use gen_client::model::Organization;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Cached, NewFile};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// Every organization that the person's keys belong to.
#[server(input = GetUrl)]
pub async fn list_organizations() -> Result<Cached<Vec<Organization>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_organizations(&actor).await?)
}

/// One organization as GEN has it at this moment.
#[server(input = GetUrl)]
pub async fn open_organization(organization: OrganizationId) -> Result<Organization, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_organization(&actor, &organization).await?)
}

/// Makes an organization.
#[server(input = Json)]
pub async fn create_organization(name: String, picture: Option<NewFile>) -> Result<OrganizationId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.create_organization(&actor, &name, picture).await?)
}

/// Gives an organization another name, another picture, or both.
#[server(input = Json)]
pub async fn update_organization(
    organization: OrganizationId,
    name: Option<String>,
    picture: Option<NewFile>,
) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.update_organization(&actor, &organization, name, picture).await?)
}

/// Deletes an organization for good; `typed` is its name, the password the person's own.
#[server(input = Json)]
pub async fn delete_organization(
    organization: OrganizationId,
    typed: String,
    password: String,
) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.delete_organization(&actor, &organization, &typed, password).await?)
}
