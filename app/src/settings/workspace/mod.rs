//! Organizations: who pays, what is left, who they are at GEN.

mod card;
mod new_organization;
pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;
use model::Topic;

use super::head::SettingsHead;
use crate::live::on_change;
use crate::ui::{AsOf, Empty, ErrorNote, IconName};
use card::OrganizationCard;
use new_organization::NewOrganization;
use server_fns::list_organizations;

/// Every organization that the person's keys belong to.
#[component]
pub fn WorkspacePage() -> impl IntoView {
    let organizations = Resource::new(|| (), |()| list_organizations());
    on_change(|topic| matches!(topic, Topic::Agents | Topic::Work { .. }), move || organizations.refetch());
    let known = move || organizations.get().and_then(Result::ok);
    let changed = move || organizations.refetch();
    view! {
        <Title text="Workspace · Settings · Reelsheet" />
        <SettingsHead title="Workspace" />
        <div class="page-body settings">
            <p class="settings-lead">
                "An organization holds the credits, the agents and the people at GEN. What you may do there depends on your role at GEN, not on your role here."
            </p>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || organizations.get().and_then(Result::err).map(|error| view! { <ErrorNote error /> })}
                {move || {
                    known()
                        .map(|known| {
                            view! { <AsOf as_of=known.as_of refreshing=known.refreshing trouble=known.trouble /> }
                        })
                }}
                <Show when=move || known().is_some_and(|known| known.value.is_empty())>
                    <Empty icon=IconName::User title="Your key belongs to no organization yet." />
                </Show>
                <ul class="organizations" aria-label="Organizations">
                    <For
                        each=move || known().map(|known| known.value).unwrap_or_default()
                        key=|one| one.id.clone()
                        let:one
                    >
                        {
                            let id = one.id.clone();
                            let newest = Memo::new(move |_| {
                                known()
                                    .and_then(|known| known.value.into_iter().find(|other| other.id == id))
                                    .unwrap_or_else(|| one.clone())
                            });
                            view! { <OrganizationCard organization=newest on_change=changed /> }
                        }
                    </For>
                </ul>
            </Transition>
            <NewOrganization on_made=changed />
        </div>
    }
}
