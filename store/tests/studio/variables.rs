//! Variables: counted, replaced as a whole through GEN's own template, never over somebody's newer ones.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gen_client::model::Variable;
use gen_client::{AgentId, VidsheetId};
use model::NewFile;
use serde_json::json;
use store::Error;

use crate::bench::Bench;

fn variable(name: &str, value: &str) -> Variable {
    Variable { name: name.into(), value: value.into() }
}

/// The seeded vidsheet, which has variables.
async fn adopted(bench: &Bench) -> VidsheetId {
    let id = "4100".parse().unwrap();
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &id).await.unwrap()
}

async fn plain(bench: &Bench, agent: &AgentId, id: &VidsheetId) -> Vec<Variable> {
    bench.store.list_variables(&bench.actor, agent, id).await.unwrap().value.plain()
}

#[tokio::test]
async fn variables_are_counted_and_what_is_not_defined_is_named() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let id = adopted(&bench).await;
    let list = store.list_variables(actor, agent, &id).await.unwrap().value;
    assert!(list.variables.iter().any(|variable| variable.name == "brand" && variable.cells > 0), "{list:?}");
    let sheet = bench.vidsheet(&id).await.vidsheet;
    let cell = crate::bench::cell_under(&sheet, "HOOK");
    let seen = sheet.rows[0].cells.iter().find(|own| own.id == cell).unwrap().value.clone();
    let text = "{{nobody}} says {{ brand }} and {{SCRIPT}}, {{nobody}}".to_owned();
    store.set_cell_value(actor, agent, &id, &cell, text, seen).await.unwrap();
    let after = store.list_variables(actor, agent, &id).await.unwrap().value;
    assert!(after.undefined.iter().any(|used| used.name == "nobody" && used.cells == 1), "{after:?}");
    assert!(after.undefined.iter().all(|used| used.name != "SCRIPT"), "a column is no missing variable");
    assert!(after.names().any(|name| name == "SCRIPT") && after.names().any(|name| name == "brand"));
}

#[tokio::test]
async fn all_variables_are_replaced_and_what_was_there_can_come_back() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let id = adopted(&bench).await;
    let before = plain(&bench, agent, &id).await;
    let wanted =
        vec![variable("brand", "=Kiln & Tide"), variable("größe", "two\nlines"), variable("empty", "")];
    store.replace_variables(actor, agent, &id, before.clone(), wanted.clone()).await.unwrap();
    assert_eq!(plain(&bench, agent, &id).await, wanted);
    let kept = store.list_variable_snapshots(actor, agent, &id).await.unwrap();
    assert_eq!(kept.iter().map(|kept| &kept.variables).collect::<Vec<_>>(), [&before]);
    store.replace_variables(actor, agent, &id, wanted, kept[0].variables.clone()).await.unwrap();
    assert_eq!(plain(&bench, agent, &id).await, before);
    let twice = vec![variable("a", "1"), variable("a", "2")];
    let refused = store.replace_variables(actor, agent, &id, before.clone(), twice).await;
    assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    store.replace_variables(actor, agent, &id, before, Vec::new()).await.unwrap();
    assert_eq!(plain(&bench, agent, &id).await, []);
}

#[tokio::test]
async fn newer_variables_of_somebody_else_are_not_replaced() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let id = adopted(&bench).await;
    let seen = plain(&bench, agent, &id).await;
    let (other, other_actor, _folder) = bench.elsewhere().await;
    other.adopt_vidsheet(&other_actor, agent, &id).await.unwrap();
    let theirs = vec![variable("theirs", "1")];
    other.list_variables(&other_actor, agent, &id).await.unwrap();
    other.replace_variables(&other_actor, agent, &id, seen.clone(), theirs.clone()).await.unwrap();
    let mine = store.replace_variables(actor, agent, &id, seen, vec![variable("mine", "2")]).await;
    assert!(matches!(&mine, Err(Error::Conflict { theirs }) if theirs == "theirs = 1"), "{mine:?}");
    assert_eq!(plain(&bench, agent, &id).await, theirs, "the copy here is the newer one at once");
    assert_eq!(bench.calls("POST", "/import_global_variables").await.len(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_found_out_by_looking() {
    for arrives in [true, false] {
        let bench = Bench::open().await;
        let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
        let id = adopted(&bench).await;
        let before = plain(&bench, agent, &id).await;
        let on = json!({ "operation": "importGlobalVariables" });
        bench.fault(json!({ "match": on, "times": 1, "kind": "close", "after": arrives })).await;
        let wanted = vec![variable("new", "1")];
        let told = store.replace_variables(actor, agent, &id, before.clone(), wanted.clone()).await;
        assert_eq!(told.is_ok(), arrives, "{told:?}");
        assert_eq!(plain(&bench, agent, &id).await, if arrives { wanted } else { before });
    }
}

#[tokio::test]
async fn a_file_is_read_before_it_replaces_anything() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let template = store.variables_template(actor, agent).await.unwrap();
    assert!(template.starts_with(b"PK"));
    let file = |bytes: &[u8]| NewFile { name: "variables.csv".into(), base64: STANDARD.encode(bytes) };
    let read = store.read_variables(actor, agent, file(b"Key;Value\nbrand;Kiln\n;nothing\n")).await.unwrap();
    assert_eq!(read, [variable("brand", "Kiln")]);
    assert_eq!(store.read_variables(actor, agent, file(&template)).await.unwrap(), []);
    for broken in [&b"PK\x03\x04 no"[..], b"a;b\n1;2\n"] {
        let refused = store.read_variables(actor, agent, file(broken)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "File", .. })), "{refused:?}");
    }
    assert!(bench.calls("POST", "/import_global_variables").await.is_empty());
}
