//! Edits that GEN could not take when they were made, in the whole process.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use common::studio::{AGENT, SHEET};
use common::{ADMIN, Server, Setup};
use serde_json::{Value, json};

#[tokio::test]
async fn what_was_typed_while_gen_was_away_is_sent_by_itself() {
    let server = Server::start(Setup::default()).await;
    let admin = server.sign_in(ADMIN).await;
    let target = server.targets(&["HOOK"], &admin).await.remove(0);
    let cell: Value = server
        .call("open_cell", &json!({ "agent": AGENT, "vidsheet": SHEET, "cell": target.cell }), &admin)
        .await
        .json()
        .await
        .unwrap();
    down(&server, true).await;
    let edit = json!({ "cell": cell["cell"]["id"], "value": "typed away", "seen": cell["cell"]["value"] });
    let edits = json!({ "agent": AGENT, "vidsheet": SHEET, "edits": [edit], "gesture": "typed" });
    let edited: Value = server.call("edit_cells", &edits, &admin).await.json().await.unwrap();
    assert_eq!(edited["cells"][0]["outcome"]["is"], "waiting", "{edited}");
    assert_eq!(waiting(&server, &admin).await, 1);
    down(&server, false).await;
    server.until("it was sent", async |server| waiting(server, &admin).await == 0).await;
    assert!(server.calls_to("PATCH", &format!("/cells/{}", target.cell)).await >= 1);
}

async fn down(server: &Server, down: bool) {
    let answer = server.http.post(server.simulator("down")).json(&json!({ "down": down })).send().await;
    assert!(answer.unwrap().status().is_success());
}

/// How many texts wait, by what a page is told.
async fn waiting(server: &Server, cookie: &str) -> usize {
    let sheet = json!({ "agent": AGENT, "vidsheet": SHEET });
    let opened: Value = server.call("open_vidsheet", &sheet, cookie).await.json().await.unwrap();
    opened["value"]["waiting"].as_array().unwrap().len()
}
