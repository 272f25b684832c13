//! How what an agent watches is written by people: `@name`, `#tag`, words, or a link.

use gen_client::model::{MonitoredKind, MonitoredSource};

/// `@name`, `#tag` or the words: what a person would type to get this source again.
pub fn shown_source(source: &MonitoredSource) -> String {
    match source.item_type {
        MonitoredKind::Account => format!("@{}", account_name(&source.handle)),
        MonitoredKind::Hashtag => format!("#{}", source.handle.trim_start_matches('#')),
        _ => source.handle.clone(),
    }
}

/// What a list of sources shows, entry by entry: short, but where two would read the same their whole handles.
pub fn listed_sources(sources: &[MonitoredSource]) -> Vec<String> {
    let short: Vec<String> = sources.iter().map(shown_source).collect();
    let is_alone = |text: &String| short.iter().filter(|other| *other == text).count() == 1;
    let texts = sources.iter().zip(&short);
    texts.map(|(source, text)| if is_alone(text) { text.clone() } else { source.handle.clone() }).collect()
}

/// A source that cannot be taken for another one: with its site where GEN knows it.
pub(crate) fn told_source(source: &MonitoredSource) -> String {
    match source.item_type {
        MonitoredKind::Account if source.handle.contains('/') => {
            let (_, bare) = source.handle.split_once("://").unwrap_or(("", &source.handle));
            bare.trim_end_matches('/').to_owned()
        }
        _ => shown_source(source),
    }
}

/// A source from what somebody typed or pasted; the first letters tell its kind.
pub fn read_source(text: &str) -> MonitoredSource {
    let source = |handle: &str, item_type| MonitoredSource { handle: handle.to_owned(), item_type };
    if let Some(tag) = text.strip_prefix('#') {
        return source(tag.trim(), MonitoredKind::Hashtag);
    }
    if text.starts_with('@') || is_link(text) {
        return source(text, MonitoredKind::Account);
    }
    source(text, MonitoredKind::Keyword)
}

/// What somebody pasted, entry by entry: split at lines, commas and semicolons, and at blanks where every word
/// carries a sign of its own.
pub fn split_sources(pasted: &str) -> Vec<String> {
    let parts = pasted.split(['\n', '\r', '\t', ',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let signed = |word: &str| word.starts_with(['@', '#']) || is_link(word);
    let entries = parts.flat_map(|part| {
        if part.split_whitespace().all(signed) {
            part.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        } else {
            vec![part.to_owned()]
        }
    });
    entries.collect()
}

/// The name in `https://tiktok.com/@name`, or the handle as it is.
pub fn account_name(handle: &str) -> &str {
    let last = handle.trim_end_matches('/').rsplit('/').next().unwrap_or(handle);
    last.split('?').next().unwrap_or(last).trim_start_matches('@')
}

/// Whether a monitored handle and a linked account's address mean the same account: the same name, and the same
/// site where both say one.
pub fn same_account(handle: &str, url: &str) -> bool {
    let (one, other) = (account_name(handle), account_name(url));
    let same_site = match (site(handle), site(url)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => true,
    };
    !one.is_empty() && one.eq_ignore_ascii_case(other) && same_site
}

/// The host of an address without its `www.`; `None` for a bare name.
fn site(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://").or_else(|| address.contains('/').then_some(("", address)))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

fn is_link(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_tells_what_kind_it_is() {
        assert_eq!(read_source("@claylab").item_type, MonitoredKind::Account);
        assert_eq!(read_source("https://tiktok.com/@claylab").item_type, MonitoredKind::Account);
        assert_eq!(
            read_source("#potterytok"),
            MonitoredSource { handle: "potterytok".to_owned(), item_type: MonitoredKind::Hashtag }
        );
        assert_eq!(read_source("food safe glaze").item_type, MonitoredKind::Keyword);
    }

    #[test]
    fn a_url_is_shown_by_its_name() {
        assert_eq!(shown_source(&read_source("https://tiktok.com/@claylab?lang=en")), "@claylab");
        assert_eq!(shown_source(&read_source("https://instagram.com/tidepottery/")), "@tidepottery");
        assert_eq!(shown_source(&read_source("#potterytok")), "#potterytok");
    }

    #[test]
    fn two_accounts_of_one_name_are_told_apart() {
        let sources = ["https://tiktok.com/@kiln", "https://instagram.com/kiln", "#kiln"].map(read_source);
        assert_eq!(
            listed_sources(&sources),
            ["https://tiktok.com/@kiln", "https://instagram.com/kiln", "#kiln"]
        );
        assert_eq!(listed_sources(&sources[1..]), ["@kiln", "#kiln"]);
        assert_eq!(told_source(&sources[0]), "tiktok.com/@kiln");
    }

    #[test]
    fn a_paste_is_split_where_an_entry_ends() {
        assert_eq!(
            split_sources("@a @b\n#c, ash glaze;\r\n https://tiktok.com/@d  #e"),
            ["@a", "@b", "#c", "ash glaze", "https://tiktok.com/@d", "#e"]
        );
        assert_eq!(split_sources("food safe @glaze"), ["food safe @glaze"]);
        assert_eq!(split_sources(" \n , "), Vec::<String>::new());
    }

    #[test]
    fn an_account_is_known_by_its_name_and_its_site() {
        assert!(same_account("@kilnandtide", "https://tiktok.com/@kilnandtide"));
        assert!(same_account("https://www.tiktok.com/@KilnAndTide/", "https://tiktok.com/@kilnandtide"));
        assert!(!same_account("https://x.com/kilnandtide", "https://tiktok.com/@kilnandtide"));
        assert!(!same_account("@kiln", "https://tiktok.com/@kilnandtide"));
        assert!(!same_account("", ""));
    }
}
