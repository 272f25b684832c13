use gen_client::model::{AgentCorePatch, ResearchTopic};

use super::*;

fn core(json: &str) -> AgentCore {
    serde_json::from_str(json).unwrap()
}

#[test]
fn d11_keywords_never_wipe_what_is_monitored() {
    let live = core(
        r##"{"keywords":["clay"],"monitored":[{"handle":"@potter","item_type":"account"},{"handle":"#kiln","item_type":"hashtag"}]}"##,
    );
    let after = AgentCore { keywords: vec!["clay".into(), "glaze".into()], ..live.clone() };
    let patch = AgentCorePatch::between(&live, &merge(&live, &after, &live));
    assert_eq!(patch.keywords, Some(vec!["clay".to_owned(), "glaze".to_owned()]));
    assert_eq!(patch.monitored, Some(live.monitored));
}

#[test]
fn a_stale_page_deletes_nothing_that_others_added() {
    let before = core(r#"{"keywords":["clay"],"research_topics":[{"topic":"kilns"}],"brand_name":"Tide"}"#);
    let live = core(
        r#"{"keywords":["clay","slip"],"research_topics":[{"topic":"kilns"},{"topic":"glazes"}],
            "brand_name":"Tide & Co","monitored":[{"handle":"slip","item_type":"keyword"}],
            "linked_accounts":[{"id":7,"url":"https://x.test/a"}]}"#,
    );
    let after = AgentCore {
        keywords: vec!["clay".into(), "wheel".into()],
        research_topics: Vec::new(),
        ..before.clone()
    };
    let merged = merge(&before, &after, &live);
    assert_eq!(merged.keywords, ["clay", "slip", "wheel"]);
    assert_eq!(merged.research_topics, [ResearchTopic { topic: "glazes".into() }]);
    assert_eq!(merged.brand_name.as_deref(), Some("Tide & Co"));
    assert_eq!((merged.linked_accounts, merged.monitored), (live.linked_accounts, live.monitored));
}

#[test]
fn an_entry_with_an_id_is_changed_in_place() {
    let before = core(r#"{"linked_accounts":[{"id":7,"url":"https://x.test/a"}]}"#);
    let live =
        core(r#"{"linked_accounts":[{"id":7,"url":"https://x.test/a"},{"id":8,"url":"https://x.test/b"}]}"#);
    let after = core(r#"{"linked_accounts":[{"id":7,"url":"https://x.test/new"}]}"#);
    let urls: Vec<String> =
        merge(&before, &after, &live).linked_accounts.into_iter().map(|one| one.url).collect();
    assert_eq!(urls, ["https://x.test/new", "https://x.test/b"]);
}

#[test]
fn what_somebody_else_removed_does_not_come_back() {
    let before = core(r#"{"keywords":["clay","slip"]}"#);
    let live = core(r#"{"keywords":["clay"]}"#);
    let after = core(r#"{"keywords":["clay","slip","wheel"]}"#);
    assert_eq!(merge(&before, &after, &live).keywords, ["clay", "wheel"]);
}

#[test]
fn a_part_that_is_put_back_keeps_the_rest_and_reuses_the_numbers_gen_knows() {
    let then = core(
        r#"{"brand_name":"Old","linked_accounts":[{"id":7,"url":"https://x.test/a"},{"id":8,"url":"https://x.test/gone"}]}"#,
    );
    let live = core(r#"{"brand_name":"New","linked_accounts":[{"id":9,"url":"https://x.test/a"}]}"#);
    let put_back = replaced(&live, &[CorePart::Socials], &then);
    assert_eq!(put_back.brand_name.as_deref(), Some("New"));
    let accounts: Vec<_> = put_back.linked_accounts.iter().map(|one| (one.id, one.url.as_str())).collect();
    assert_eq!(accounts, [(Some(9), "https://x.test/a"), (None, "https://x.test/gone")]);
}
