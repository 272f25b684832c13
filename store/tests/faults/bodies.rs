//! Answers that are none: broken off, malformed, endless, of the wrong kind.

use std::time::Duration;

use futures::future::join_all;
use gen_client::model::CoreVoice;
use model::Progress;
use serde_json::json;
use store::Error;

use crate::alone;
use crate::bench::rude::{Rudeness, answer};
use crate::bench::{Bench, MINUTE};

/// What no reader of JSON should take for an answer.
fn malformed() -> Vec<Vec<u8>> {
    let deep = format!("{{\"generation_id\":1,\"x\":{}1{}}}", "[".repeat(1_000), "]".repeat(1_000));
    [
        "{\"generation_id\": 1,",
        "{\"generation_id\": 1}}",
        "{\"generation_id\": 1}{\"generation_id\": 2}",
        "\u{feff}{\"generation_id\": 1}",
        "{\"generation_id\": NaN}",
        "{\"generation_id\": 1, \"generation_id\": 2, \"status\": \"pending\"}",
        "{\"status\": \"pending\", \"data\": {\"a\": 1, \"a\": 2}, \"generation_id\": 1}",
        &deep,
        "{\"generation_id\": \"\u{1}\"}",
    ]
    .iter()
    .map(|body| body.as_bytes().to_vec())
    .chain([b"{\"generation_id\": 1, \"x\": \"\xff\xfe\"}".to_vec()])
    .collect()
}

#[tokio::test]
async fn f15_an_answer_that_drips_is_given_up_and_nothing_stays_behind() {
    let bench = Bench::hasty(Duration::from_secs(1)).await;
    let sheet = bench.sheet().await;
    let drip = || Rudeness::Drip(answer("200 OK", &[], &[b' '; 4096]), Duration::from_millis(100));
    let before = bench.between().arrived("GET", sheet.id.as_str());
    for _ in 0..8 {
        bench.between().strike("GET", sheet.id.as_str(), 1, drip());
    }
    let asked = (0..8).map(|_| bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id));
    for told in join_all(asked).await {
        assert!(matches!(told, Err(Error::Gen(_))), "{told:?}");
    }
    let asked = bench.between().arrived("GET", sheet.id.as_str()) - before;
    assert_eq!(asked, 1, "one asks, the others wait for its answer");
    bench.between().behave();
    bench.between().strike("POST", "/generate", 1, drip());
    let work = bench.spend(&sheet, "a hook").await.unwrap();
    assert_eq!((work.progress, bench.between().arrived("POST", "/generate")), (Progress::Unknown, 1));
    while bench.between().open() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn f17_an_answer_that_breaks_off_is_unknown_until_the_cell_shows_it() {
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    bench.between().strike("POST", "/generate", 1, Rudeness::CutAnswer);
    let work = bench.spend(&sheet, "a hook").await.unwrap();
    assert_eq!(work.progress, Progress::Unknown);
    assert!(work.reason.unwrap().contains("may have been charged"));
    let again = bench.spend(&sheet, "a hook").await;
    assert!(matches!(again, Err(Error::AlreadyRunning)), "{again:?}");
    bench.follow().await;
    let found = bench.work(&sheet).await;
    assert_eq!((found.id, found.progress, found.reason), (work.id, Progress::Pending, None));
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    assert_eq!((bench.between().arrived("POST", "/generate"), bench.entries("charge").await), (1, 1));
}

#[tokio::test]
async fn f18_a_malformed_answer_to_a_spend_is_unknown() {
    let bench = Bench::rude().await;
    for (n, body) in malformed().into_iter().enumerate() {
        let sheet = bench.sheet().await;
        let said = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        bench.between().strike("POST", "/generate", 1, Rudeness::Say(answer("201 Created", &[], &body)));
        let work = bench.spend(&sheet, "a hook").await.unwrap();
        assert_eq!((work.progress, work.generation_id), (Progress::Unknown, None), "{said}");
        assert_eq!(bench.between().arrived("POST", "/generate"), n + 1, "{said}");
    }
}

#[tokio::test]
async fn f18_a_malformed_answer_to_a_read_changes_no_page() {
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    let before = bench.vidsheet(&sheet.id).await;
    for body in malformed() {
        let said = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        bench.between().strike("GET", sheet.id.as_str(), 1, Rudeness::Say(answer("200 OK", &[], &body)));
        let told = bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await;
        assert!(matches!(told, Err(Error::Gen(gen_client::Error::Decode { .. }))), "{said}: {told:?}");
        let shown = bench.store.open_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
        assert_eq!(shown.value, before, "{said}");
        assert!(shown.trouble.is_some(), "{said}");
    }
}

#[tokio::test]
async fn f20_fields_of_another_type_lose_nothing_and_no_id_is_rounded() {
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    // One more than a double can hold.
    let large = "9007199254740993";
    let body = format!("{{\"generation_id\":{large},\"status\":null,\"output_resources\":null,\"data\":7}}");
    bench.between().strike(
        "POST",
        "/generate",
        1,
        Rudeness::Say(answer("201 Created", &[], body.as_bytes())),
    );
    let work = bench.spend(&sheet, "a hook").await.unwrap();
    assert_eq!((work.generation_id.unwrap().as_str(), work.progress), (large, Progress::Pending));
    let odd = format!(
        "{{\"id\":\"{large}\",\"status\":\"completed\",\"output_resources\":null,\"result\":\"Wet clay\",\"execution_cost\":\"2\",\"failed_reason\":[]}}"
    );
    bench.between().strike("GET", large, 1, Rudeness::Say(answer("200 OK", &[], odd.as_bytes())));
    bench.follow().await;
    let done = bench.work(&sheet).await;
    assert_eq!((done.progress, done.cost), (Progress::Completed, Some(2.0)));
    assert_eq!(done.generation.unwrap().text(), Some("Wet clay"));
    let page = serde_json::to_string(&bench.cell(&sheet, &sheet.text).await).unwrap();
    assert!(page.contains(large), "the page is told the same number");
    // Ids as text and everything optional left out: the page stays whole.
    let before = bench.vidsheet(&sheet.id).await.vidsheet;
    for kind in ["text_ids", "missing_optional"] {
        bench.fault(json!({"match": {"path_contains": sheet.id.as_str()}, "times": 1, "kind": kind})).await;
        bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
        let shown = bench.vidsheet(&sheet.id).await.vidsheet;
        assert_eq!((shown.rows.len(), &shown.columns), (before.rows.len(), &before.columns), "{kind}");
        let cells = |sheet: &gen_client::model::Vidsheet| {
            sheet
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .map(|cell| (cell.id.clone(), cell.value.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(cells(&shown), cells(&before), "{kind}");
    }
}

#[tokio::test]
async fn f21_of_a_mixed_save_what_failed_is_named_and_alone_sent_again() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let before = store.open_core(actor, agent).await.unwrap().value;
    let voice = |id: &str| Some(CoreVoice { voice_id: id.parse().unwrap(), name: None, source: None });
    let mut after = before.clone();
    after.brand_name = Some("Kiln & Tide & Sons".into());
    after.default_user_voice = voice("fail");
    let (saved, now) = store.save_core(actor, agent, before.clone(), after).await.unwrap();
    assert_eq!(saved.failed().count(), 1, "{saved:?}");
    assert_eq!(now.brand_name.as_deref(), Some("Kiln & Tide & Sons"));
    assert_eq!(now.default_user_voice, before.default_user_voice, "what failed is not shown as saved");
    let mut again = now.clone();
    again.default_user_voice = voice("vc_jonas");
    let (saved, now) = store.save_core(actor, agent, now, again).await.unwrap();
    assert_eq!((saved.failed().count(), now.default_user_voice.unwrap().voice_id.as_str()), (0, "vc_jonas"));
    let sent = bench.calls("PATCH", "/core").await;
    let fields: Vec<&str> = sent[1]["body"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!((sent.len(), fields), (2, vec!["default_user_voice"]), "what was saved is not sent again");
    // All of it failed.
    let all =
        json!({"brand": {"status": "error", "error": "down"}, "voice": {"status": "error", "error": "down"}});
    bench
        .fault(
            json!({"match": {"method": "PATCH"}, "times": 1, "kind": "status", "status": 207, "body": all}),
        )
        .await;
    let before = store.open_core(actor, agent).await.unwrap().value;
    let mut after = before.clone();
    after.brand_name = Some("Nobody".into());
    let (saved, now) = store.save_core(actor, agent, before.clone(), after).await.unwrap();
    assert_eq!((saved.failed().count(), now), (2, before));
}

#[tokio::test]
async fn f22_a_success_that_is_none_is_an_unexpected_answer() {
    let bench = Bench::rude().await;
    let portal = b"<!doctype html><title>Log in to the airport</title>";
    let none = [
        answer("200 OK", &[], br#"{"error":"GEN is away","error_code":"away"}"#),
        answer("204 No Content", &[], b""),
        answer("200 OK", &["content-type: text/html"], portal),
        answer("200 OK", &[], b"{}"),
        answer("200 OK", &[], b"[]"),
        answer("200 OK", &[], b"null"),
    ];
    for (n, said) in none.into_iter().enumerate() {
        let sheet = bench.sheet().await;
        bench.between().strike("POST", "/generate", 1, Rudeness::Say(said.clone()));
        let work = bench.spend(&sheet, "a hook").await.unwrap();
        assert_eq!((work.progress, work.generation_id), (Progress::Unknown, None), "{n}");
        assert_eq!(bench.between().arrived("POST", "/generate"), n + 1, "{n}");
        let before = bench.vidsheet(&sheet.id).await.vidsheet;
        bench.between().strike("GET", sheet.id.as_str(), 1, Rudeness::Say(said));
        let told = bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await;
        assert!(matches!(told, Err(Error::Gen(_))), "{n}: {told:?}");
        assert_eq!(bench.vidsheet(&sheet.id).await.vidsheet, before, "{n}");
    }
}

/// The most of an answer that we take: 32 MiB, and what lies in the sockets between.
const TAKEN_MAX: usize = 48 * 1024 * 1024;
/// How much this process may grow by it, in kB.
const GROWTH_MAX: u64 = 64 * 1024;

#[tokio::test]
async fn f23_an_answer_beyond_all_measure_is_too_large_and_not_kept() {
    if alone::ran("bodies::f23_an_answer_beyond_all_measure_is_too_large_and_not_kept", &[], &[]) {
        return;
    }
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    let before = bench.vidsheet(&sheet.id).await.vidsheet;
    let small = memory("VmRSS:");
    let told = async |rudeness: Rudeness| {
        bench.between().strike("GET", sheet.id.as_str(), 1, rudeness);
        bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap_err().to_string()
    };
    let endless = told(Rudeness::Endless).await;
    assert!(endless.contains("too large"), "{endless}");
    assert!(bench.between().taken() < TAKEN_MAX, "{}", bench.between().taken());
    // Nobody asked for a compressed answer, so one is not unpacked: 200 MiB of blanks stay 200 kB of noise.
    let bomb = answer("200 OK", &["content-encoding: gzip"], &gzip_bomb());
    let bombed = told(Rudeness::Say(bomb)).await;
    assert!(bombed.contains("not JSON"), "{bombed}");
    assert!(bench.between().heads().iter().all(|head| !head.contains("accept-encoding")));
    let work = {
        bench.between().strike("POST", "/generate", 1, Rudeness::Endless);
        bench.spend(&sheet, "a hook").await.unwrap()
    };
    assert_eq!((work.progress, bench.between().arrived("POST", "/generate")), (Progress::Unknown, 1));
    let grown = memory("VmHWM:") - small;
    println!("[f23] grew by {} MiB at most", grown / 1024);
    assert!(grown < GROWTH_MAX, "{grown} kB");
    bench.clock.advance(2 * MINUTE);
    assert_eq!(bench.vidsheet(&sheet.id).await.vidsheet.rows.len(), before.rows.len());
}

/// A line of this process's own record, in kB.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A megabyte of blanks, packed, two hundred times one after the other: to a reader of gzip it is one file.
fn gzip_bomb() -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    packer.finish().unwrap().repeat(200)
}
