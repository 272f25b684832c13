//! Connections that are slow, break, lead elsewhere or are not who they say they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gen_client::{ApiKey, Config, GenClient, Idempotency, Timeouts, Upstream};
use gen_sim::DEMO_KEY;
use model::Progress;
use rcgen::{CertificateParams, Issuer, KeyPair};
use serde_json::json;
use store::Error;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::alone;
use crate::bench::rude::{Rude, Rudeness, answer};
use crate::bench::{Bench, text_card};

/// The figures themselves are tested with the client, on a clock that can be moved: `gen-client/tests/faults`.
#[tokio::test]
async fn f13_a_slow_answer_is_waited_for_and_is_the_result() {
    let patience = Timeouts::default();
    assert!(patience.read >= Duration::from_secs(30) && patience.paid >= Duration::from_secs(120));
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    bench
        .fault(json!({"match": {"path_contains": "/generate"}, "times": 1, "kind": "delay", "ms": 500}))
        .await;
    let (store, actor, agent) = (bench.store.clone(), bench.actor.clone(), bench.agent.clone());
    let (id, cell) = (sheet.id.clone(), sheet.text.clone());
    let asked = tokio::spawn(async move {
        store.start_generation(&actor, &agent, &id, &cell, text_card("a hook")).await.map(drop)
    });
    while bench.calls("POST", "/generate").await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(bench.work(&sheet).await.progress.is_running(), "it is shown as on its way");
    asked.await.unwrap().unwrap();
    bench
        .fault(json!({"match": {"path_contains": "/generations/"}, "times": 1, "kind": "delay", "ms": 500}))
        .await;
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (1, 1));
}

#[tokio::test]
async fn f14_a_gen_that_never_answers_holds_nobody_else_up() {
    let bench = Bench::rude().await;
    let (hung, other) = (bench.sheet().await, bench.sheet().await);
    bench.between().strike("POST", "/generate", 1, Rudeness::Hang);
    let (store, actor, agent) = (bench.store.clone(), bench.actor.clone(), bench.agent.clone());
    let (id, cell) = (hung.id.clone(), hung.text.clone());
    let asked = tokio::spawn(async move {
        store.start_generation(&actor, &agent, &id, &cell, text_card("a hook")).await.map(drop)
    });
    while bench.between().arrived("POST", "/generate") == 0 {
        tokio::task::yield_now().await;
    }
    // Pages, edits and other people's spends go on meanwhile.
    bench.store.open_vidsheet(&bench.actor, &bench.agent, &other.id).await.unwrap();
    bench
        .store
        .set_cell_value(&bench.actor, &bench.agent, &hung.id, &hung.text, "Wet clay".into(), None)
        .await
        .unwrap();
    bench.spend(&other, "a hook").await.unwrap();
    bench.drain().await;
    assert_eq!(bench.work(&other).await.progress, Progress::Completed);
    assert!(bench.work(&hung).await.progress.is_running());
    asked.abort();
}

#[tokio::test]
async fn f14_a_spend_without_an_answer_is_unknown_and_a_look_comes_again() {
    let bench = Bench::hasty(Duration::from_millis(500)).await;
    let sheet = bench.sheet().await;
    bench.between().strike("POST", "/generate", 1, Rudeness::Hang);
    let work = bench.spend(&sheet, "a hook").await.unwrap();
    assert_eq!(work.progress, Progress::Unknown);
    assert!(work.reason.unwrap().contains("no answer in time"));
    bench.follow().await;
    assert_eq!(bench.between().arrived("POST", "/generate"), 1);
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    bench.between().strike("GET", generation.as_str(), 1, Rudeness::Hang);
    bench.follow().await;
    assert!(bench.work(&sheet).await.progress.is_running(), "a look that hung ended nothing");
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    assert_eq!(bench.between().arrived("GET", generation.as_str()), 2);
}

#[tokio::test]
async fn f16_a_connection_that_breaks_is_not_sent_or_unknown_and_one_post_at_most() {
    let mut bench = Bench::rude().await;
    let ways = [
        Rudeness::ResetUnread,
        Rudeness::ResetHalfRead,
        Rudeness::Reset,
        Rudeness::Close,
        Rudeness::CutAnswer,
    ];
    for (n, rudeness) in ways.into_iter().enumerate() {
        let sheet = bench.sheet().await;
        bench.between().strike("POST", "/generate", 1, rudeness.clone());
        let work = bench.spend(&sheet, "a hook").await.unwrap();
        assert_eq!(work.progress, Progress::Unknown, "{rudeness:?}");
        for _ in 0..4 {
            bench.follow().await;
        }
        assert_eq!(bench.between().arrived("POST", "/generate"), n + 1, "{rudeness:?}");
    }
    // Nobody there at all: that is known.
    let sheet = bench.sheet().await;
    bench.hang_up().await;
    let told = bench.spend(&sheet, "a hook").await;
    assert!(matches!(&told, Err(Error::Gen(gen_client::Error::Unreachable { sent: false, .. }))), "{told:?}");
    let work = bench.work(&sheet).await;
    assert_eq!(work.progress, Progress::NotSent);
    assert!(work.reason.unwrap().starts_with("Nothing was sent."));
    // Of the five, only the one that the simulator carried out was charged.
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (1, 1));
}

#[tokio::test]
async fn f24_a_redirect_is_told_and_followed_by_nobody() {
    let bench = Bench::rude().await;
    let elsewhere = Rude::before(&bench.between().url).await;
    let location = format!("location: {}/v1/me", elsewhere.url);
    for (n, status) in
        ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"].into_iter().enumerate()
    {
        let sheet = bench.sheet().await;
        let points_elsewhere = || Rudeness::Say(answer(status, &[&location], b""));
        bench.between().strike("POST", "/generate", 1, points_elsewhere());
        let work = bench.spend(&sheet, "a hook").await.unwrap();
        assert_eq!(work.progress, Progress::Unknown, "{status}");
        assert!(work.reason.unwrap().contains("unexpected redirect"), "{status}");
        bench.between().strike("GET", sheet.id.as_str(), 1, points_elsewhere());
        let told = bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap_err();
        assert!(told.to_string().contains("unexpected redirect"), "{told}");
        assert_eq!(bench.between().arrived("POST", "/generate"), n + 1, "{status}");
    }
    assert_eq!(elsewhere.arrived("", ""), 0);
}

#[tokio::test]
async fn f25_gen_is_reached_safely_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let roots = folder.path().join("roots.pem");
    let test = "network::f25_gen_is_reached_safely_or_not_at_all";
    if alone::ran(test, &[], &[("SSL_CERT_FILE", roots.to_str().unwrap())]) {
        return;
    }
    // The roots that this process trusts, as an operator would set them.
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root = authority.self_signed(&authority_key).unwrap();
    std::fs::write(std::env::var("SSL_CERT_FILE").unwrap(), root.pem()).unwrap();
    let issuer = Issuer::new(authority, authority_key);

    let named = |host: &str| CertificateParams::new(vec![host.to_owned()]).unwrap();
    let mut expired = named("localhost");
    expired.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let mut early = named("localhost");
    early.not_before = rcgen::date_time_ymd(4000, 1, 1);
    for (params, signed, reached) in [
        (named("localhost"), true, true),
        (expired, true, false),
        (early, true, false),
        (named("gen.example"), true, false),
        (named("localhost"), false, false),
    ] {
        let key = KeyPair::generate().unwrap();
        let said = format!("{params:?}");
        let certificate =
            if signed { params.signed_by(&key, &issuer).unwrap() } else { params.self_signed(&key).unwrap() };
        let server = Tls::start(certificate.der().clone(), key).await;
        let client = client(&format!("https://localhost:{}", server.port));
        for error in [read(&client).await, spend(&client).await] {
            assert_eq!(error.may_have_been_sent(), reached, "{said}: {error}");
            let told = error.to_string();
            assert_eq!(told.starts_with("GEN could not be reached: no connection"), !reached, "{told}");
        }
        assert_eq!(server.heard.load(Ordering::SeqCst), if reached { 2 } else { 0 }, "{said}");
    }
    // A name that nobody has.
    let client = client("https://gen.invalid");
    for error in [read(&client).await, spend(&client).await] {
        assert!(!error.may_have_been_sent(), "{error}");
    }
}

fn client(base: &str) -> GenClient {
    let url = format!("{base}/v1");
    let config =
        Config { api_url: url.parse().unwrap(), agent_url: url.parse().unwrap(), ..Config::default() };
    Upstream::new(config).unwrap().client(ApiKey::new(DEMO_KEY.into()).unwrap())
}

async fn read(client: &GenClient) -> gen_client::Error {
    client.me().await.unwrap_err()
}

async fn spend(client: &GenClient) -> gen_client::Error {
    let (agent, vidsheet, cell) = ("a1".parse().unwrap(), "100".parse().unwrap(), "3000".parse().unwrap());
    client.render(&agent, &vidsheet, &cell, &Idempotency("decision-1".into())).await.unwrap_err()
}

/// A server with a certificate, which answers every request with nothing of use.
struct Tls {
    port: u16,
    /// Requests that arrived, with their key.
    heard: Arc<AtomicUsize>,
}

impl Tls {
    async fn start(
        certificate: tokio_rustls::rustls::pki_types::CertificateDer<'static>,
        key: KeyPair,
    ) -> Self {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("localhost:0").await.unwrap();
        let (port, heard) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
        let counter = heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever does not trust us hangs up here.
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut request = vec![0; 4096];
                if matches!(stream.read(&mut request).await, Ok(1..)) {
                    counter.fetch_add(1, Ordering::SeqCst);
                    stream.write_all(&answer("200 OK", &[], b"{}")).await.unwrap();
                    stream.shutdown().await.unwrap();
                }
            }
        });
        Self { port, heard }
    }
}
