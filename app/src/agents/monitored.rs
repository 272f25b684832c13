use gen_client::model::{MonitoredKind, MonitoredSource};
use leptos::prelude::*;

use super::card::{CoreCard, FieldProblem};
use super::core_form::CoreForm;
use super::limits::MONITORED_MAX;
use super::merge::Card;
use crate::ui::{Chips, IconName};

/// What the agent watches: creators, hashtags, words. The first letter tells which.
#[component]
pub(super) fn MonitoredCard(form: CoreForm) -> impl IntoView {
    let sources =
        Signal::derive(move || form.now.with(|now| now.monitored.iter().map(shown).collect::<Vec<_>>()));
    let count = Signal::derive(move || sources.with(|sources| sources.len().to_string()));
    let change = move |list: Vec<String>| {
        form.edit(Card::Monitored, |core| {
            let before = std::mem::take(&mut core.monitored);
            // A source that is still listed keeps the handle as GEN knows it, such as a whole URL.
            let keep = |text: &String| before.iter().find(|source| shown(source) == *text).cloned();
            core.monitored = list.iter().map(|text| keep(text).unwrap_or_else(|| read(text))).collect();
        });
    };
    view! {
        <CoreCard
            form
            card=Card::Monitored
            title="Monitored sources"
            count
            lead="Creators, hashtags and keywords to watch, every night."
        >
            <Chips
                label="Monitored sources"
                items=sources
                placeholder="Paste @names, #tags, links or words"
                max=MONITORED_MAX
                icon=icon
                disabled=form.locked
                on_change=change
            />
            <FieldProblem form card=Card::Monitored label="Monitored sources" id="monitored-problem" />
        </CoreCard>
    }
}

/// `@name`, `#tag` or the words: what a person would type to get this source again.
fn shown(source: &MonitoredSource) -> String {
    match source.item_type {
        MonitoredKind::Account => format!("@{}", account_name(&source.handle)),
        MonitoredKind::Hashtag => format!("#{}", source.handle.trim_start_matches('#')),
        _ => source.handle.clone(),
    }
}

/// The name in `https://tiktok.com/@name`, or the handle as it is.
fn account_name(handle: &str) -> &str {
    let last = handle.trim_end_matches('/').rsplit('/').next().unwrap_or(handle);
    last.split('?').next().unwrap_or(last).trim_start_matches('@')
}

/// A source from what somebody typed or pasted.
fn read(text: &str) -> MonitoredSource {
    let source = |handle: &str, item_type| MonitoredSource { handle: handle.to_owned(), item_type };
    if let Some(tag) = text.strip_prefix('#') {
        return source(tag.trim(), MonitoredKind::Hashtag);
    }
    if text.starts_with('@') || text.starts_with("https://") || text.starts_with("http://") {
        return source(text, MonitoredKind::Account);
    }
    source(text, MonitoredKind::Keyword)
}

fn icon(text: &str) -> IconName {
    match text.chars().next() {
        Some('@') => IconName::User,
        Some('#') => IconName::Hash,
        _ => IconName::Search,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_tells_what_kind_it_is() {
        assert_eq!(read("@claylab").item_type, MonitoredKind::Account);
        assert_eq!(read("https://tiktok.com/@claylab").item_type, MonitoredKind::Account);
        assert_eq!(
            read("#potterytok"),
            MonitoredSource { handle: "potterytok".to_owned(), item_type: MonitoredKind::Hashtag }
        );
        assert_eq!(read("food safe glaze").item_type, MonitoredKind::Keyword);
    }

    #[test]
    fn a_url_is_shown_by_its_name() {
        assert_eq!(shown(&read("https://tiktok.com/@claylab?lang=en")), "@claylab");
        assert_eq!(shown(&read("https://instagram.com/tidepottery/")), "@tidepottery");
        assert_eq!(shown(&read("#potterytok")), "#potterytok");
    }
}
