//! The real program, killed at every place between an idea and its row. Whatever was done before, going on with it
//! gives each idea exactly one row.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use common::studio::{AGENT, SHEET};
use common::{ADMIN, Server, Setup};
use serde_json::{Value, json};

/// Every place of `store/src/conversions/carry_out.rs`.
const POINTS: [&str; 7] = [
    "convert/looked",
    "convert/row_made",
    "convert/row_written",
    "convert/row_kept",
    "convert/filled",
    "convert/fill_kept",
    "convert/moved",
];
/// The column of the seeded vidsheet that takes the titles.
const COLUMN: &str = "HOOK";

#[tokio::test(flavor = "multi_thread")]
async fn killed_anywhere_each_idea_gets_exactly_one_row() {
    let mut server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    server.open_sheet(&cookie).await;
    let mut done = 0;
    for point in POINTS {
        // A place that is passed for each idea is one to die at for the third as well.
        let times: &[usize] = if point.contains("row_") { &[0, 2] } else { &[0] };
        for passes in times {
            let ideas = ideas(&server, &cookie, done).await;
            let before = rows(&server).await.len();
            server.kill().await;
            assert!(server.start_again_to_die_at(point, *passes).await);
            let order = json!({
                "ideas": ideas.iter().map(|(id, _)| id).collect::<Vec<_>>(),
                "target": { "in": "vidsheet", "id": SHEET },
                "mapping": { COLUMN: "title" },
                "status": (point == "convert/moved").then_some("posted"),
            });
            let asked = json!({ "agent": AGENT, "order": order, "request": format!("{point} {passes}") });
            let asking = server.calling("start_conversion", &asked, &cookie);
            let answer = asking.header("sec-fetch-site", "same-origin").send().await;
            assert!(answer.is_err(), "{point} is on the way");
            server.ended().await;

            server.start_again().await;
            let board: Value =
                server.call("open_board", &json!({ "agent": AGENT }), &cookie).await.json().await.unwrap();
            let open =
                board["value"]["conversions"].as_array().unwrap().iter().find(|one| one["ended"] == false);
            let resume = json!({ "agent": AGENT, "conversion": open.unwrap()["id"] });
            let resumed: Value =
                server.call("resume_conversion", &resume, &cookie).await.json().await.unwrap();
            assert_eq!(
                (&resumed["ended"], &resumed["trouble"]),
                (&json!(true), &Value::Null),
                "{point} {passes}"
            );

            let now = rows(&server).await;
            assert_eq!(now.len(), before + ideas.len(), "{point} {passes}");
            let mut made = now[before..].to_vec();
            let mut titles: Vec<String> = ideas.into_iter().map(|(_, title)| title).collect();
            made.sort();
            titles.sort();
            assert_eq!(made, titles, "{point} {passes}");
            done += 1;
        }
    }
    assert_eq!(done, 10);
}

/// Three ideas, others in each round: number and title.
async fn ideas(server: &Server, cookie: &str, round: usize) -> Vec<(Value, String)> {
    let board: Value =
        server.call("open_board", &json!({ "agent": AGENT }), cookie).await.json().await.unwrap();
    let all = board["value"]["ideas"].as_array().unwrap().clone();
    let chosen = all.into_iter().filter(|idea| idea["status"] != "posted").skip(round % 3).take(3);
    let chosen: Vec<_> =
        chosen.map(|idea| (idea["id"].clone(), idea["title"].as_str().unwrap().to_owned())).collect();
    assert_eq!(chosen.len(), 3);
    chosen
}

/// What GEN holds below the column, row by row.
async fn rows(server: &Server) -> Vec<String> {
    let sheet = server.at_gen(&format!("/autocontentengine/{SHEET}?agent_id={AGENT}"));
    let sheet: Value = server
        .http
        .get(sheet)
        .header("x-api-key", gen_sim::DEMO_KEY)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let columns = sheet["spreadsheet_columns"].as_array().unwrap();
    let column = columns.iter().find(|column| column["title"] == COLUMN).unwrap()["id"].clone();
    let cell = |row: &Value| {
        let cells = row["spreadsheet_cells"].as_array().unwrap();
        let cell = cells.iter().find(|cell| cell["spreadsheet_column_id"] == column).unwrap();
        cell["value"].as_str().unwrap_or_default().to_owned()
    };
    sheet["spreadsheet_rows"].as_array().unwrap().iter().map(cell).collect()
}
