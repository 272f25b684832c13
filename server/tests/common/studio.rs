use serde_json::{Value, json};

use super::Server;

/// The seeded agent and its vidsheet.
pub const AGENT: &str = "ag_kiln_tide_7f3k";
pub const SHEET: &str = "4100";

/// A cell that something can be generated for.
#[derive(Clone, Debug)]
pub struct Target {
    pub vidsheet: String,
    pub cell: String,
}

impl Server {
    /// Takes the seeded vidsheet into the registry and opens it.
    pub async fn open_sheet(&self, cookie: &str) -> Value {
        let sheet = json!({ "agent": AGENT, "vidsheet": SHEET });
        let adopted = self.call("adopt_vidsheet", &sheet, cookie).await;
        assert_eq!(adopted.status(), 200, "{}", adopted.text().await.unwrap());
        self.call("open_vidsheet", &sheet, cookie).await.json().await.unwrap()
    }

    /// The cells below the columns of these titles that nothing is being made for.
    pub async fn targets(&self, titles: &[&str], cookie: &str) -> Vec<Target> {
        let opened = self.open_sheet(cookie).await;
        let vidsheet = &opened["value"]["vidsheet"];
        let list = |of: &Value, what: &str| of[what].as_array().unwrap().clone();
        let columns: Vec<Value> = list(vidsheet, "columns")
            .into_iter()
            .filter(|column| titles.iter().any(|title| column["title"] == *title))
            .map(|column| column["id"].clone())
            .collect();
        assert_eq!(columns.len(), titles.len());
        let busy: Vec<Value> =
            list(&opened["value"], "work").into_iter().map(|work| work["cell"]["cell_id"].clone()).collect();
        let cells = list(vidsheet, "rows").into_iter().flat_map(|row| list(&row, "cells"));
        let free = cells.filter(|cell| columns.contains(&cell["column_id"]) && !busy.contains(&cell["id"]));
        let vidsheet = SHEET.to_owned();
        free.map(|cell| Target { vidsheet: vidsheet.clone(), cell: text(&cell["id"]) }).collect()
    }

    /// Starts a text on a cell. An error when the server ends before it answers.
    pub async fn generate(&self, target: &Target, cookie: &str) -> reqwest::Result<reqwest::Response> {
        let card = json!({ "type": "text", "prompt": "A line about clay.", "model": "gemini_2_0_flash" });
        let arguments =
            json!({ "agent": AGENT, "vidsheet": target.vidsheet, "cell": target.cell, "card": card });
        let request = self.calling("start_generation", &arguments, cookie);
        request.header("sec-fetch-site", "same-origin").send().await
    }

    /// One part of the queue page: `waiting`, `running`, `unknown` or `ended`.
    pub async fn work(&self, part: &str, cookie: &str) -> Vec<Value> {
        let queue: Value = self.call("open_queue", &json!({}), cookie).await.json().await.unwrap();
        queue[part].as_array().unwrap().clone()
    }
}

fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
