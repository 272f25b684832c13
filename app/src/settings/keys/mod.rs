//! Keys: those that Reelsheet comes with, and those of their owners at GEN.

mod add_key;
mod at_gen;
mod gen_key_row;
mod key_row;
mod new_gen_key;
pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;

use super::head::SettingsHead;
use crate::live::on_change;
use crate::ui::{Empty, ErrorNote, IconName};
use add_key::AddKey;
use at_gen::KeysAtGen;
use key_row::KeyRow;
use server_fns::list_keys;

/// The keys that this person works with: their own, and the team's shared ones.
#[component]
pub fn KeysPage() -> impl IntoView {
    let keys = Resource::new(|| (), |()| list_keys());
    on_change(|topic| matches!(topic, model::Topic::Agents), move || keys.refetch());
    let changed = move || keys.refetch();
    let known = move || keys.get().and_then(Result::ok).unwrap_or_default();
    view! {
        <Title text="GEN keys · Settings · Reelsheet" />
        <SettingsHead title="GEN keys" />
        <div class="page-body settings">
            <p class="settings-lead">
                "Reelsheet speaks to GEN with your key. It is encrypted on this server and never sent back to a browser. "
                "Your own key is used before the team's."
            </p>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || keys.get().and_then(Result::err).map(|error| view! { <ErrorNote error /> })}
                <Show when=move || matches!(keys.get(), Some(Ok(keys)) if keys.is_empty())>
                    <Empty icon=IconName::Key title="There is no key yet. Add one below; it is tested before it is kept." />
                </Show>
                <Show when=move || matches!(keys.get(), Some(Ok(keys)) if !keys.is_empty())>
                    <ul class="keys" aria-label="Keys">
                        // A row keeps the outcome of its test when the list is asked for again.
                        <For each=known key=|key| (key.id, key.refused) let:key>
                            <KeyRow key on_removed=changed />
                        </For>
                    </ul>
                </Show>
            </Transition>
            <AddKey on_added=changed />
            <Transition>
                <Show when=move || !known().is_empty()>
                    <KeysAtGen keys=Signal::derive(known) />
                </Show>
            </Transition>
        </div>
    }
}
