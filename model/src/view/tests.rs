use super::*;
use serde_json::json;

/// Five rows: title, number of seconds, and what became of the final video.
fn sheet() -> Vidsheet {
    let row = |id: u64, title: &str, seconds: &str, cost: Option<f64>, made: Option<&str>| {
        let generation = made.map(|status| json!({ "id": id * 100, "status": status }));
        json!({ "id": id, "cost": cost, "cells": [
            { "id": id * 10, "column_id": 1, "value": title },
            { "id": id * 10 + 1, "column_id": 2, "value": seconds },
            { "id": id * 10 + 2, "column_id": 3, "default_generation": generation,
              "generations": generation.iter().collect::<Vec<_>>() },
        ] })
    };
    serde_json::from_value(json!({
        "id": 1, "title": "S",
        "columns": [
            { "id": 1, "title": "TITLE", "type": "text", "role": "ingredient", "position": 0 },
            { "id": 2, "title": "SECONDS", "type": "text", "role": "ingredient", "position": 1 },
            { "id": 3, "title": "FINAL VIDEO", "type": "video", "role": "final_video", "position": 2 },
        ],
        "rows": [
            row(1, "beach", "9", Some(3.0), None),
            row(2, "Clay", "10", None, Some("completed")),
            row(3, "", "", None, None),
            row(4, "apron", "soon", Some(1.5), Some("failed")),
            row(5, "Beach hut", "", Some(2.0), Some("processing")),
        ],
    }))
    .unwrap()
}

fn column(id: u64) -> Operand {
    Operand::Column { id: serde_json::from_value(json!(id)).unwrap() }
}

fn shown(view: SheetView) -> Vec<usize> {
    apply(&view, &sheet(), &[])
}

fn filtered(on: Operand, is: Test) -> Vec<usize> {
    shown(SheetView { filters: vec![Filter { on, is }], ..SheetView::default() })
}

fn sorted(by: Operand, descending: bool) -> Vec<usize> {
    shown(SheetView { sort: vec![SortBy { by, descending }], ..SheetView::default() })
}

#[test]
fn a_view_that_asks_for_nothing_shows_the_sheet_as_it_is() {
    assert_eq!(shown(SheetView::default()), [0, 1, 2, 3, 4]);
}

#[test]
fn texts_are_filtered_without_regard_to_case() {
    assert_eq!(filtered(column(1), Test::Contains("BEACH".into())), [0, 4]);
    assert_eq!(filtered(column(1), Test::Lacks("beach".into())), [1, 2, 3]);
    assert_eq!(filtered(column(1), Test::Equals(" clay ".into())), [1]);
    assert_eq!(filtered(column(1), Test::Differs("clay".into())), [0, 2, 3, 4]);
    assert_eq!(filtered(column(1), Test::Empty), [2]);
    assert_eq!(filtered(column(2), Test::Filled), [0, 1, 3]);
    assert_eq!(filtered(column(99), Test::Filled), [0; 0], "a column that is gone holds nothing");
}

#[test]
fn numbers_are_compared_as_numbers() {
    assert_eq!(filtered(column(2), Test::Above(9.0)), [1]);
    assert_eq!(filtered(column(2), Test::Below(10.0)), [0], "what is no number is neither");
    assert_eq!(filtered(Operand::Cost, Test::Above(1.5)), [0, 4]);
    assert_eq!(sorted(column(2), false), [0, 1, 3, 2, 4], "9 before 10, texts after, nothing last");
    assert_eq!(sorted(column(2), true), [3, 1, 0, 2, 4]);
    assert_eq!(sorted(Operand::Cost, true), [0, 4, 3, 1, 2]);
}

#[test]
fn rows_are_told_apart_by_how_far_they_have_come() {
    let sheet = sheet();
    let states: Vec<RowState> = sheet.rows.iter().map(|row| row_state(row, &sheet, &[])).collect();
    let expected =
        [RowState::Filled, RowState::Rendered, RowState::Empty, RowState::Failed, RowState::Running];
    assert_eq!(states, expected);
    assert_eq!(filtered(Operand::State, Test::In(RowState::Failed)), [3]);
    assert_eq!(sorted(Operand::State, false), [2, 3, 4, 0, 1]);
}

#[test]
fn a_group_comes_before_the_order_within_it() {
    let view = SheetView {
        group: Some(Operand::State),
        sort: vec![SortBy { by: column(1), descending: false }],
        filters: vec![Filter { on: column(1), is: Test::Filled }],
        ..SheetView::default()
    };
    assert_eq!(shown(view), [3, 4, 0, 1]);
}

#[test]
fn looking_leaves_the_rows_and_columns_of_the_view_and_says_what_is_left_out() {
    let view = SheetView {
        hidden_columns: vec!["2".parse().unwrap()],
        group: Some(Operand::State),
        filters: vec![Filter { on: column(1), is: Test::Filled }],
        ..SheetView::default()
    };
    let mut seen = sheet();
    let shown = look(&view, &mut seen, &[]);
    assert_eq!((shown.all_rows, seen.rows.len(), seen.columns.len()), (5, 4, 2));
    assert!(seen.rows.iter().all(|row| row.cells.len() == 2));
    assert_eq!(shown.hidden.iter().map(|column| column.title.as_str()).collect::<Vec<_>>(), ["SECONDS"]);
    let headings: Vec<_> =
        shown.groups.iter().map(|group| (group.first, group.rows, group.words.as_str())).collect();
    let expected = [(0, 1, "Failed"), (1, 1, "Running"), (2, 1, "Ready to render"), (3, 1, "Rendered")];
    assert_eq!(headings, expected);
    let read: Vidsheet = serde_json::from_value(serde_json::to_value(&seen).unwrap()).unwrap();
    assert_eq!(read.rows, seen.rows, "in the same order when it is read again");
    assert!(view.orders() && !view.picks_as(&SheetView::default()));
    assert!(SheetView { frozen: 3, ..view.clone() }.picks_as(&view), "the layout picks nothing");
}

#[test]
fn a_view_is_read_back_as_it_was_saved_and_an_older_one_too() {
    let view = SheetView {
        row_height: RowHeight::Large,
        sort: vec![SortBy { by: Operand::Cost, descending: true }],
        filters: vec![
            Filter { on: column(1), is: Test::Contains("a".into()) },
            Filter { on: Operand::State, is: Test::Empty },
        ],
        group: Some(Operand::State),
        ..SheetView::default()
    };
    let saved = serde_json::to_string(&view).unwrap();
    assert_eq!(serde_json::from_str::<SheetView>(&saved).unwrap(), view);
    assert_eq!(serde_json::from_str::<SheetView>("{}").unwrap(), SheetView::default());
}
