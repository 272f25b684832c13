//! `docs/operations.md` is made from the table of operations and from `docs/screens.tsv`, and stays as it is made.
//! `UPDATE_DOCS=1 cargo test -p gen-client --features http --test operations_table` writes it anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use gen_client::operation::{ALL, Operation, Repeat};

const HEAD: &str = "# Which GEN operation lives on which screen

All 106 operations of GEN, by its own operation id, with the method of `GenClient` that sends it. *None yet* is work to
come, not a promise kept in secret. This file is made by `gen-client/tests/operations_table.rs`; the screens are in
[screens.tsv](screens.tsv).

What the machine does after a failure that may pass (`gen-client/src/operation`):

- **auto**: sends again, up to three times in all; **once more**: sends again once.
- **re-read**: sends once. Where it is not known whether GEN did it, reads the target: what is there as it was wanted
  was done; anything else may be somebody's newer work, so nothing is sent over it and a person hears what GEN said. What
  surely never left, or was put off (429), is sent once more.
- **gone**: sends once more; that the second finds nothing (404) is what was wanted.
- **never**: one send per decision of a person. *Paid* ones cost credits or act in public, and carry an `Idempotency-Key`.

| Operation | Call | Method | Repeated | Screen |
|---|---|---|---|---|
";

#[test]
fn the_table_of_operations_is_current() {
    let screens = screens();
    let mut lines: Vec<(&str, Vec<&Operation>)> = Vec::new();
    for operation in ALL {
        match lines.iter_mut().find(|(id, _)| *id == operation.id) {
            Some((_, methods)) => methods.push(operation),
            None => lines.push((operation.id, vec![operation])),
        }
    }
    assert_eq!(lines.len(), 106);
    for id in screens.keys() {
        assert!(lines.iter().any(|(known, _)| known == id), "{id} in screens.tsv is no operation");
    }
    let mut table = HEAD.to_owned();
    for (id, operations) in lines {
        let first = operations[0];
        let methods: Vec<String> =
            operations.iter().map(|operation| format!("`{}`", operation.name)).collect();
        let screen = screens.get(id).map_or("*None yet*", String::as_str);
        let (verb, path, repeated) = (&first.method, first.path, repeated(first));
        table += &format!("| {id} | `{verb} /v1{path}` | {} | {repeated} | {screen} |\n", methods.join(", "));
    }
    let file = docs("operations.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &table).unwrap();
    }
    let current = std::fs::read_to_string(&file).unwrap();
    assert!(current == table, "docs/operations.md is not current; see the head of this test");
}

fn repeated(operation: &Operation) -> String {
    let rule = match operation.repeat {
        Repeat::Auto => "auto",
        Repeat::Once => "once more",
        Repeat::Reread => "re-read",
        Repeat::Gone => "gone",
        Repeat::Never => "never",
    };
    if operation.charges { format!("{rule}, paid") } else { rule.to_owned() }
}

fn screens() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(docs("screens.tsv")).unwrap();
    let line = |line: &str| {
        let (id, screen) = line.split_once('\t').unwrap();
        (id.to_owned(), screen.to_owned())
    };
    text.lines().skip(1).map(line).collect()
}

fn docs(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file)
}
