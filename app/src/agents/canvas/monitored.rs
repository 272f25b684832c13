use gen_client::model::{HANDLE_MAX, MONITORED_MAX, MonitoredKind};
use leptos::prelude::*;
use model::{CorePart, account_name, listed_sources, read_source, same_account, split_sources};

use super::card::{CoreCard, FieldProblem};
use super::core_form::CoreForm;
use crate::paths;
use crate::ui::{Chips, Icon, IconName};

/// What the agent watches: creators, hashtags, words. The first letter tells which.
#[component]
pub(super) fn MonitoredCard(form: CoreForm) -> impl IntoView {
    let sources = Signal::derive(move || form.now.with(|now| listed_sources(&now.monitored)));
    let count = Signal::derive(move || format!("{} / {MONITORED_MAX}", sources.with(Vec::len)));
    let change = move |list: Vec<String>| {
        form.edit(CorePart::Monitored, |core| {
            // A source that is still listed keeps the handle as GEN knows it, such as a whole URL.
            let before = std::mem::take(&mut core.monitored);
            let known: Vec<_> = listed_sources(&before).into_iter().zip(before).collect();
            let keep = |text: &String| {
                known.iter().find(|(listed, _)| listed == text).map(|(_, source)| source.clone())
            };
            core.monitored =
                list.iter().map(|text| keep(text).unwrap_or_else(|| read_source(text))).collect();
        });
    };
    view! {
        <CoreCard
            form
            card=CorePart::Monitored
            title="Monitored sources"
            count
            lead="Creators, hashtags and keywords to watch, every night."
        >
            <Chips
                label="Monitored sources"
                items=sources
                placeholder="Paste @names, #tags, links or words"
                max=MONITORED_MAX
                longest=HANDLE_MAX
                split=split_sources
                icon=icon
                disabled=form.locked
                on_change=change
            />
            <FieldProblem form card=CorePart::Monitored label="Monitored sources" id="monitored-problem" />
            <InTwoLists form />
            <p class="meta">
                <a href=move || paths::setup_monitoring(&form.agent.get_value())>"Have GEN look at one now"</a>
            </p>
        </CoreCard>
    }
}

/// Says that an account both posts and is watched: people often mean only one of the two.
#[component]
pub(super) fn InTwoLists(form: CoreForm) -> impl IntoView {
    let both = Memo::new(move |_| {
        form.now.with(|now| {
            let is_own = |handle: &str| now.linked_accounts.iter().any(|own| same_account(handle, &own.url));
            let accounts = now.monitored.iter().filter(|source| source.item_type == MonitoredKind::Account);
            let names = accounts.filter(|source| is_own(&source.handle));
            names.map(|source| format!("@{}", account_name(&source.handle))).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || both.with(|both| !both.is_empty())>
            <p class="note" role="status">
                <Icon name=IconName::Info />
                <span>
                    {move || both.get().join(", ")}
                    " is both a brand social and a monitored source. These are different lists: it posts from the first and watches the second."
                </span>
            </p>
        </Show>
    }
}

fn icon(text: &str) -> IconName {
    match read_source(text).item_type {
        MonitoredKind::Account => IconName::User,
        MonitoredKind::Hashtag => IconName::Hash,
        _ => IconName::Search,
    }
}
