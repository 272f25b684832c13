//! A vidsheet as a file and back: exports without formulas, imports by key, in steps, and what cannot be taken.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gen_client::VidsheetId;
use model::{ImportKey, ImportMapping, ImportPlan, NewFile};
use serde_json::{Value, json};
use store::{Error, ExportFormat};

use crate::bench::Bench;

fn csv(text: &str) -> NewFile {
    NewFile { name: "rows.csv".into(), base64: STANDARD.encode(text) }
}

async fn plan(bench: &Bench, id: &VidsheetId, file: &NewFile, mapping: Option<ImportMapping>) -> ImportPlan {
    let planned = bench.store.plan_import(&bench.actor, &bench.agent, id, file.clone(), mapping, 0).await;
    planned.unwrap()
}

/// All steps of an import, one after the other; rows added and changed, and what ended it.
async fn import(
    bench: &Bench,
    id: &VidsheetId,
    file: &NewFile,
    plan: &ImportPlan,
    from: u32,
) -> (u32, u32, u32, Option<Error>) {
    let (mut from, mut seal, mut added, mut changed) = (from, plan.seal.clone(), 0, 0);
    loop {
        let (file, mapping) = (file.clone(), plan.mapping.clone());
        let (store, actor) = (&bench.store, &bench.actor);
        let (step, trouble) =
            store.import_rows(actor, &bench.agent, id, file, mapping, from, seal).await.unwrap();
        (from, seal) = (step.next, step.seal);
        added += step.added;
        changed += step.changed;
        if step.done || trouble.is_some() {
            return (added, changed, from, trouble);
        }
    }
}

/// What stands under a column, row by row, by what GEN says now.
async fn texts(bench: &Bench, id: &VidsheetId, title: &str) -> Vec<String> {
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, id).await.unwrap();
    let sheet = bench.vidsheet(id).await.vidsheet;
    let column = sheet.columns.iter().find(|column| column.title == title).unwrap().id.clone();
    let text = |row: &gen_client::model::Row| row.cell(&column).and_then(|cell| cell.value.clone());
    sheet.rows.iter().map(|row| text(row).unwrap_or_default()).collect()
}

#[tokio::test]
async fn lines_become_rows_in_few_calls_and_come_back_by_their_number() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let lines: String = (1..=130).map(|n| format!("{n} ways,\"Script, {n}\",x\n")).collect();
    let file = csv(&format!("text 1,SCRIPT,NOTE\n{lines}"));
    let planned = plan(&bench, &sheet.id, &file, None).await;
    assert_eq!((planned.lines, planned.added, planned.changed, planned.problem.clone()), (130, 130, 0, None));
    assert_eq!(
        planned.mapping.columns.iter().filter(|column| column.is_some()).count(),
        2,
        "by their titles"
    );
    let (added, changed, _, trouble) = import(&bench, &sheet.id, &file, &planned, 0).await;
    assert_eq!((added, changed, trouble.is_none()), (130, 0, true), "{trouble:?}");
    let scripts = texts(&bench, &sheet.id, "SCRIPT").await;
    assert_eq!(
        (scripts.len(), scripts[129].as_str()),
        (130, "Script, 130"),
        "the template's empty row is used"
    );
    assert_eq!(bench.calls("POST", "/rows").await.len(), 129);
    assert_eq!(bench.calls("PUT", "/cells/mass_update").await.len(), 6);

    let exported =
        bench.store.export_vidsheet(&bench.actor, &bench.agent, &sheet.id, ExportFormat::Csv).await.unwrap();
    let text = String::from_utf8(exported.bytes).unwrap();
    assert_eq!(exported.file_name, "TikTok Talking Avatar.csv");
    let edited = csv(&text.replacen("7 ways", "Seven ways", 1));
    let planned = plan(&bench, &sheet.id, &edited, None).await;
    assert_eq!((planned.added, planned.changed, planned.same), (0, 1, 129), "{:?}", planned.preview);
    assert!(matches!(planned.mapping.key, ImportKey::RowId { .. }), "what was exported knows its rows");
    let change = &planned.preview[0];
    assert_eq!(
        (change.row, change.cells[0].before.as_str(), change.cells[0].after.as_str()),
        (Some(7), "7 ways", "Seven ways")
    );
    import(&bench, &sheet.id, &edited, &planned, 0).await;
    assert_eq!(texts(&bench, &sheet.id, "TEXT 1").await[6], "Seven ways");
}

#[tokio::test]
async fn lines_meet_rows_by_a_column_or_by_their_place() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let first = csv("TEXT 1,SCRIPT\na,one\nb,two\n");
    let planned = plan(&bench, &sheet.id, &first, None).await;
    import(&bench, &sheet.id, &first, &planned, 0).await;
    let second = csv("TEXT 1,SCRIPT\nb,TWO\nc,three\na,\n");
    let mut mapping = plan(&bench, &sheet.id, &second, None).await.mapping;
    mapping.key = ImportKey::Column { at: 0 };
    let planned = plan(&bench, &sheet.id, &second, Some(mapping.clone())).await;
    assert_eq!((planned.added, planned.changed, planned.same), (1, 1, 1));
    import(&bench, &sheet.id, &second, &planned, 0).await;
    assert_eq!(
        texts(&bench, &sheet.id, "SCRIPT").await,
        ["one", "TWO", "three"],
        "an empty field changes nothing"
    );
    mapping.key = ImportKey::RowNumber;
    let planned = plan(&bench, &sheet.id, &second, Some(mapping.clone())).await;
    assert_eq!((planned.added, planned.changed), (0, 3));
    let twice = csv("TEXT 1,SCRIPT\na,1\na,2\n");
    mapping.key = ImportKey::Column { at: 0 };
    let problem = plan(&bench, &sheet.id, &twice, Some(mapping)).await.problem.unwrap();
    assert!(problem.contains("Lines 2 and 3"), "{problem}");
}

/// Lose any one call: what was written stays, and going on adds each line once.
#[tokio::test]
async fn an_import_goes_on_where_it_stopped() {
    for (operation, before) in
        [("createRow", 0), ("createRow", 30), ("massUpdateCells", 0), ("massUpdateCells", 1)]
    {
        for arrives in [false, true] {
            let bench = Bench::open().await;
            let sheet = bench.sheet().await;
            let lines: String = (1..=60).map(|n| format!("{n}\n")).collect();
            let file = csv(&format!("SCRIPT\n{lines}"));
            let planned = plan(&bench, &sheet.id, &file, None).await;
            let on = json!({ "operation": operation });
            if before > 0 {
                bench.fault(json!({ "match": on, "times": before, "kind": "delay", "ms": 0 })).await;
            }
            bench.fault(json!({ "match": on, "times": 1, "kind": "close", "after": arrives })).await;
            let (added, _, next, trouble) = import(&bench, &sheet.id, &file, &planned, 0).await;
            let case = format!("{operation} {before} {arrives}: {added} added, {trouble:?}");
            if trouble.is_some() {
                bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
                let (file_again, mapping) = (file.clone(), Some(planned.mapping.clone()));
                let store = &bench.store;
                let rest = store
                    .plan_import(&bench.actor, &bench.agent, &sheet.id, file_again, mapping, next)
                    .await
                    .unwrap();
                let (more, _, _, trouble) = import(&bench, &sheet.id, &file, &rest, next).await;
                assert_eq!((added + more, trouble.is_none()), (60, true), "{case}");
            }
            let numbers: Vec<String> = (1..=60).map(|n: u32| n.to_string()).collect();
            assert_eq!(texts(&bench, &sheet.id, "SCRIPT").await, numbers, "{case}");
        }
    }
}

#[tokio::test]
async fn somebodys_newer_text_is_not_written_over() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    store.set_cell_value(actor, agent, &sheet.id, &sheet.text, "seen".into(), None).await.unwrap();
    let file = csv("TEXT 1\nfrom the file\n");
    let mut mapping = plan(&bench, &sheet.id, &file, None).await.mapping;
    mapping.key = ImportKey::RowNumber;
    let planned = plan(&bench, &sheet.id, &file, Some(mapping)).await;
    store
        .set_cell_value(actor, agent, &sheet.id, &sheet.text, "newer".into(), Some("seen".into()))
        .await
        .unwrap();
    let told = store.import_rows(actor, agent, &sheet.id, file, planned.mapping, 0, planned.seal).await;
    assert!(matches!(told, Err(Error::Conflict { .. })), "{told:?}");
    assert!(bench.calls("PUT", "/cells/mass_update").await.is_empty());
    assert_eq!(texts(&bench, &sheet.id, "TEXT 1").await, ["newer"]);
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_nothing_is_sent() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let said = async |file: NewFile| match store.plan_import(actor, agent, &sheet.id, file, None, 0).await {
        Err(Error::Invalid { field: "File", message }) => message,
        other => panic!("{other:?}"),
    };
    assert!(said(csv(&format!("SCRIPT\n{}", "x\n".repeat(100_000)))).await.contains("10000 lines"));
    let broken = NewFile { name: "a.xlsx".into(), base64: STANDARD.encode(b"PK\x03\x04 broken") };
    assert!(said(broken).await.contains("XLSX"));
    assert!(said(csv(&format!("SCRIPT\n{}\n", "x".repeat(9 * 1024 * 1024)))).await.contains("8 MB"));
    let vidsheet = bench.vidsheet(&sheet.id).await.vidsheet;
    let stats = vidsheet.columns.iter().find(|column| column.title == "STATS").unwrap().id.clone();
    let mapping = |column| Some(ImportMapping { columns: vec![Some(column)], key: ImportKey::Append });
    let script = vidsheet.columns.iter().find(|column| column.title == "SCRIPT").unwrap().id.clone();
    for (file, mapping, words) in [
        (csv("STATS\n1\n"), mapping(stats), "GEN fills the column STATS itself"),
        (csv("GONE\n1\n"), mapping("999".parse().unwrap()), "not in this vidsheet"),
        (csv(&format!("S\n{}\n", "x".repeat(5 * 1024 * 1024))), mapping(script), "at most 20000"),
        (csv("NOBODY\n1\n"), None, "goes anywhere"),
    ] {
        let planned = plan(&bench, &sheet.id, &file, mapping).await;
        assert!(
            planned.problem.as_ref().is_some_and(|problem| problem.contains(words)),
            "{:?}",
            planned.problem
        );
        let told = store.import_rows(actor, agent, &sheet.id, file, planned.mapping, 0, planned.seal).await;
        assert!(matches!(told, Err(Error::Invalid { field: "Import", .. })), "{told:?}");
    }
    assert!(
        bench.calls("PUT", "/cells/mass_update").await.is_empty()
            && bench.calls("POST", "/rows").await.is_empty()
    );
}

#[tokio::test]
async fn x4_exports_hold_no_formula_and_the_json_holds_every_take() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let formula = "=HYPERLINK(\"https://evil.example\")".to_owned();
    store.set_cell_value(actor, agent, &sheet.id, &sheet.text, formula.clone(), None).await.unwrap();
    bench.spend(&sheet, "a hook").await.unwrap();
    bench.drain().await;
    let shown = bench.cell(&sheet, &sheet.text).await.cell.value;
    store.set_cell_value(actor, agent, &sheet.id, &sheet.text, formula.clone(), shown).await.unwrap();
    let export = async |format| store.export_vidsheet(actor, agent, &sheet.id, format).await.unwrap();
    let csv = String::from_utf8(export(ExportFormat::Csv).await.bytes).unwrap();
    assert!(csv.contains("'=HYPERLINK") && !csv.contains(",\"=HYPER"), "{csv}");
    let xlsx = export(ExportFormat::Xlsx).await;
    let file = NewFile { name: xlsx.file_name, base64: STANDARD.encode(&xlsx.bytes) };
    let read = plan(&bench, &sheet.id, &file, None).await;
    assert_eq!((read.changed, read.same), (0, 1), "what was exported is what is there: {:?}", read.preview);
    let json: Value = serde_json::from_slice(&export(ExportFormat::Json).await.bytes).unwrap();
    let cells = json["rows"][0]["cells"].as_array().unwrap();
    let cell = cells.iter().find(|cell| cell["column"] == "TEXT 1").unwrap();
    assert_eq!((&cell["value"], cell["takes"].as_array().unwrap().len()), (&json!(formula), 1));
    assert!(cell["takes"][0]["cost"].as_f64().is_some_and(|cost| cost > 0.0), "{cell}");
    let foreign =
        store.export_vidsheet(actor, &"ag_none".parse().unwrap(), &sheet.id, ExportFormat::Csv).await;
    assert!(matches!(foreign, Err(Error::NotFound("agent"))));
}
