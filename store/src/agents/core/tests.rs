use gen_client::model::ResearchTopic;

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
fn limits_name_the_field_and_leave_alone_what_did_not_change() {
    let long = AgentCore { description: Some("x".repeat(501)), ..AgentCore::default() };
    let refused = check(&AgentCore::default(), &long);
    assert!(matches!(refused, Err(Error::Invalid { field: "Description", .. })));
    assert!(check(&long, &AgentCore { goal: Some("sales".into()), ..long.clone() }).is_ok());
}
