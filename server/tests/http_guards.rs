//! What stands before every route: the cross-site guard and the headers.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use common::{ADMIN, Server, Setup, cookie, location, server_fns};
use reqwest::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, IF_MODIFIED_SINCE, LAST_MODIFIED};
use reqwest::{Method, Response, StatusCode};
use serde_json::json;

#[tokio::test]
async fn c1_no_other_site_can_have_us_do_anything() {
    let server = Server::start(Setup::default()).await;
    let signed_in = server.sign_in(ADMIN).await;
    let before = server.calls_at_gen().await;
    let foreign: [&[(&str, &str)]; 7] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("origin", "null")],
        &[("origin", "https://evil.test")],
        &[("sec-fetch-site", "cross-site"), ("origin", &server.url)],
    ];
    let mut writes: Vec<&str> = server_fns()
        .into_iter()
        .filter(|(_, _, method)| *method != Method::GET)
        .map(|(_, path, _)| path)
        .collect();
    assert!(writes.len() > 10, "{writes:?}");
    writes.extend(["/", "/login", "/events", "/readyz", "/no/such/route"]);
    for path in writes {
        for headers in foreign {
            let mut request = server.request(Method::POST, path, &signed_in);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{path} {headers:?}");
        }
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let response = server
            .request(method.clone(), "/", &signed_in)
            .header("origin", "https://evil.test")
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method}");
    }
    assert_eq!(server.calls_at_gen().await, before, "nothing was done");
    assert_eq!(server.get("/", &signed_in).await.status(), 200, "and nobody was signed out");
    // The same call from our own page is let through, by either proof.
    let ours = server
        .calling("sign_out", &json!({}), &signed_in)
        .header("origin", &server.url)
        .send()
        .await
        .unwrap();
    assert_eq!(ours.status(), StatusCode::OK);
}

/// What a GET may do, by name: read. Whatever is not on this list has to be a POST.
#[test]
fn c2_a_server_function_that_writes_is_no_get() {
    let reads = |name: &str| {
        ["list_", "open_", "is_"].iter().any(|verb| name.starts_with(verb))
            || ["who_am_i", "running_count", "describe_installation"].contains(&name)
    };
    let all = server_fns();
    assert!(all.len() > 30, "the registry is there: {}", all.len());
    for (name, path, method) in all {
        assert!(method == Method::GET || method == Method::POST, "{path} {method}");
        assert_eq!(method == Method::GET, reads(&name), "{name}");
    }
}

#[tokio::test]
async fn c4_a_form_leads_back_to_a_page_of_ours() {
    let server = Server::start(Setup::default()).await;
    let wrong = async |referer: Option<&str>| {
        let fields = [("email", ADMIN), ("password", "wrong wrong wrong"), ("next", "https://evil.test/")];
        let request = server.request(Method::POST, common::server_fn("sign_in").0, "").form(&fields);
        let mut request = request.header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        if let Some(referer) = referer {
            request = request.header("referer", referer);
        }
        let response = request.send().await.unwrap();
        assert!(response.status().is_redirection(), "{}", response.status());
        location(&response).to_owned()
    };
    let own = format!("{}/login?next=/queue", server.url);
    let back = wrong(Some(&own)).await;
    assert!(back.starts_with("/login?next=") && back.contains("__err="), "{back}");
    for foreign in [
        "https://evil.test/",
        "https://evil.test/login",
        "//evil.test",
        "javascript:alert(1)",
        "\\\\evil",
        "",
    ] {
        let back = wrong(Some(foreign)).await;
        assert!(back.starts_with("/login?") && !back.contains("evil.test"), "{foreign}: {back}");
    }
    assert!(wrong(None).await.starts_with("/login?"));
    // Signing in with a foreign `next` goes home.
    let fields = [("email", ADMIN), ("password", common::PASSWORD), ("next", "//evil.test")];
    let response = server.submit("sign_in", &fields, "/login", "").await;
    assert_eq!(location(&response), "/");
}

#[tokio::test]
async fn h1_h4_h5_every_answer_carries_its_headers() {
    let server = Server::start(Setup::default()).await;
    let signed_in = server.sign_in(ADMIN).await;
    for path in ["/", "/queue", "/settings/keys", "/no/such/page"] {
        let response = server.page(path, &signed_in).await;
        assert_eq!(response.status() == 404, path.starts_with("/no"), "{path}");
        page_headers(&response, path);
        let html = response.text().await.unwrap();
        assert!(!html.contains(" style=\""), "H3 {path}");
        assert!(html.contains("<title>") && html.matches("<h1").count() == 1, "{path}");
    }
    page_headers(&server.page("/login", "").await, "/login");
    for path in [
        "/livez",
        "/readyz",
        "/metrics",
        "/events",
        "/media/nothing",
        "/pkg/nothing.js",
        "/api/nothing",
        "/favicon.svg",
    ] {
        for signed in ["", &signed_in] {
            let response = server.get(path, signed).await;
            always_headers(&response, path);
            assert!(
                response.headers().keys().all(|name| !name.as_str().starts_with("access-control-")),
                "C5 {path}"
            );
        }
    }
    let missing = server.get("/pkg/nothing.js", "").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert!(
        missing
            .headers()
            .get(CACHE_CONTROL)
            .is_none_or(|value| !value.to_str().unwrap().contains("immutable"))
    );
}

#[tokio::test]
async fn h1_no_two_pages_share_a_nonce() {
    let server = Server::start(Setup::default()).await;
    let mut nonces = std::collections::HashSet::new();
    for _ in 0..20 {
        let response = server.page("/login", "").await;
        let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
        assert!(nonce.len() >= 16, "{nonce}");
        let html = response.text().await.unwrap();
        assert_eq!(
            html.matches("<script").count(),
            html.matches(&format!("nonce=\"{nonce}\"")).count(),
            "{html}"
        );
        assert!(nonces.insert(nonce));
    }
}

#[tokio::test]
async fn h4_hashed_files_are_kept_for_ever_and_a_304_has_its_headers() {
    let server = Server::start(Setup::default()).await;
    let response = server.get("/pkg/reelsheet.ccc.css", "").await;
    assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
    let modified = response.headers()[LAST_MODIFIED].clone();
    let again = server
        .request(Method::GET, "/pkg/reelsheet.ccc.css", "")
        .header(IF_MODIFIED_SINCE, modified)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    always_headers(&again, "304");
    assert_eq!(server.get("/favicon.svg", "").await.headers()[CACHE_CONTROL], "no-cache");
    assert_eq!(
        server.get("/hash.txt", "").await.status(),
        StatusCode::UNAUTHORIZED,
        "what is no file of the site is not shown"
    );
    let outside = server.get("/pkg/../hash.txt", "").await.status();
    assert!(outside.is_client_error(), "{outside}");
}

#[tokio::test]
async fn s8_nobody_signs_in_over_plain_http_from_another_machine() {
    let server = Server::start(Setup::default()).await;
    let from_afar = |method: Method, path: &str| {
        server.request(method, path, "").header("host", "192.168.7.7:3000").header(ACCEPT, "text/html")
    };
    let page = from_afar(Method::GET, "/login").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    always_headers(&page, "/login");
    assert!(page.text().await.unwrap().contains("REELSHEET_ALLOW_INSECURE_HTTP"));
    let fields = [("email", ADMIN), ("password", common::PASSWORD)];
    let (path, _) = common::server_fn("sign_in");
    let post = from_afar(Method::POST, path)
        .form(&fields)
        .header("origin", "http://192.168.7.7:3000")
        .send()
        .await
        .unwrap();
    assert_eq!(post.status(), StatusCode::FORBIDDEN);
    assert_eq!(from_afar(Method::GET, "/livez").send().await.unwrap().status(), StatusCode::OK);

    let variables = vec![("REELSHEET_ALLOW_INSECURE_HTTP", "1".to_owned())];
    let allowed = Server::start(Setup { variables, ..Setup::default() }).await;
    let post = allowed.request(Method::POST, path, "").form(&fields).header("host", "192.168.7.7:3000");
    let post =
        post.header(ACCEPT, "text/html").header("origin", "http://192.168.7.7:3000").send().await.unwrap();
    assert!(post.status().is_redirection() && cookie(&post).starts_with("sid="), "{}", post.status());
    let set = post.headers()["set-cookie"].to_str().unwrap();
    assert!(!set.contains("Secure") && set.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{set}");
}

#[tokio::test]
async fn o1_metrics_are_for_this_machine() {
    let server = Server::start(Setup::default()).await;
    let text = server.get("/metrics", "").await.text().await.unwrap();
    assert!(text.contains("reelsheet_answers_total{status=\"2xx\"}"), "{text}");
    let forwarded = server
        .request(Method::GET, "/metrics", "")
        .header("x-forwarded-for", "10.0.0.9")
        .send()
        .await
        .unwrap();
    assert_eq!(forwarded.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn p2_an_oversized_request_is_refused() {
    let server = Server::start(Setup::default()).await;
    let fields = [("email", ADMIN), ("password", &"x".repeat(3 * 1024 * 1024))];
    let response = server.submit("sign_in", &fields, "/login", "").await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

fn always_headers(response: &Response, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(
            response.headers().get(name).map(|value| value.to_str().unwrap()),
            Some(value),
            "{name} on {what}"
        );
    }
    assert!(response.headers().contains_key("permissions-policy"), "{what}");
}

fn page_headers(response: &Response, what: &str) {
    always_headers(response, what);
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store", "{what}");
    let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
    for rule in [
        "default-src 'none'",
        "script-src 'nonce-",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(rule), "{rule} on {what}: {policy}");
    }
    let scripts = policy.split(';').find(|rule| rule.trim().starts_with("script-src")).unwrap();
    assert!(!scripts.contains("unsafe-inline") && !scripts.contains("'unsafe-eval'"), "{scripts}");
}
