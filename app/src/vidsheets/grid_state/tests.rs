use super::super::selection::Runs;
use super::*;
use leptos::reactive::owner::Owner;
use serde_json::json;

fn opened() -> Cached<SavedVidsheet> {
    let vidsheet = json!({ "id": 1, "title": "T",
        "columns": [{ "id": 1, "title": "HOOK", "type": "text", "position": 0 },
                    { "id": 2, "title": "VIDEO", "type": "video", "role": "video", "position": 1 }],
        "rows": [{ "id": 10, "cells": [{ "id": 100, "column_id": 1, "value": "a" }, { "id": 101, "column_id": 2 }] },
                 { "id": 11, "cells": [{ "id": 111, "column_id": 2 }, { "id": 110, "column_id": 1 }] }] });
    let value = SavedVidsheet {
        agent_id: "a".parse().unwrap(),
        vidsheet: serde_json::from_value(vidsheet).unwrap(),
        work: Vec::new(),
        waiting: Vec::new(),
        archived_rows: 0,
        archived_columns: 0,
        shown: Shown::default(),
    };
    Cached { value, as_of: 0, refreshing: false, trouble: None }
}

fn ids(cells: Vec<CellId>) -> Vec<String> {
    cells.into_iter().map(|cell| cell.to_string()).collect()
}

#[test]
fn cells_lie_under_their_columns() {
    Owner::new().with(|| {
        let state = GridState::new(opened(), SheetView::default());
        assert_eq!(state.place_of(&"110".parse().unwrap()), Some(Place { row: 1, column: 0 }));
    });
}

#[test]
fn the_active_cell_stays_inside() {
    Owner::new().with(|| {
        let state = GridState::new(opened(), SheetView::default());
        state.move_by(-1, -1);
        assert_eq!(state.active.get_untracked(), Place { row: 0, column: 0 });
        state.move_by(9, 9);
        assert_eq!(state.active.get_untracked(), Place { row: 1, column: 1 });
    });
}

#[test]
fn a_selection_grows_from_where_it_began_and_ends_with_a_move() {
    Owner::new().with(|| {
        let state = GridState::new(opened(), SheetView::default());
        state.extend_by(1, 0);
        assert_eq!(state.selected.get_untracked().map(Span::cells), Some(2));
        assert_eq!(ids(state.runnable(Runs::Generate)), ["100", "110"]);
        state.select_rows();
        assert_eq!(state.selected.get_untracked().map(Span::cells), Some(4));
        state.extend_by(-1, 0);
        assert_eq!(state.selected.get_untracked(), None);
        state.select_all();
        assert_eq!(state.selected.get_untracked().map(Span::cells), Some(4));
        state.move_by(0, 0);
        assert_eq!(state.selected.get_untracked(), None);
        state.select_columns();
        assert_eq!(state.selected.get_untracked().map(Span::rows), Some(2));
    });
}

#[test]
fn what_is_no_ingredient_is_not_generated() {
    Owner::new().with(|| {
        let state = GridState::new(opened(), SheetView::default());
        state.select_all();
        assert_eq!(ids(state.runnable(Runs::Generate)), ["100", "110"]);
        assert!(state.runnable(Runs::Render).is_empty() && state.final_videos().is_empty());
    });
}

#[test]
fn only_a_persons_text_cell_is_edited() {
    Owner::new().with(|| {
        let state = GridState::new(opened(), SheetView::default());
        assert!(state.begin_editing(Some("x".into())));
        let draft = state.draft.get_untracked().unwrap();
        assert_eq!((draft.text.as_str(), draft.seen.as_deref()), ("x", Some("a")));
        state.draft.set(None);
        state.move_by(0, 1);
        assert!(!state.begin_editing(None));
    });
}

#[test]
fn a_refused_text_is_what_the_editor_goes_on_with() {
    Owner::new().with(|| {
        let state = GridState::new(opened(), SheetView::default());
        let edit =
            Edit { text: "typed".into(), seen: Some("a".into()), failed: Some(AppError::not_found("cell")) };
        state.edits.update(|edits| drop(edits.insert("100".parse().unwrap(), edit)));
        assert!(state.begin_editing(None));
        assert_eq!(state.draft.get_untracked().unwrap().text, "typed");
    });
}
