//! Rows and columns moved by the mouse: what is dragged, and where it would land. The keys have their own way to the
//! same acts.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::grid_state::{GridState, Place};
use super::{columns, rows};
use crate::error::AppError;

/// What lies side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Rows, held by their numbers.
    Rows,
    /// Columns, held by their heads.
    Columns,
}

/// Lines that are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// Which kind.
    pub lines: Lines,
    first: usize,
    last: usize,
    /// Before which line they would land; `None` where they are.
    pub before: Option<usize>,
}

/// Takes hold of a line, and of those that are selected with it. A press without a move selects it.
pub fn begin(state: GridState, lines: Lines, at: usize, event: &PointerEvent) {
    let held = event.current_target().and_then(|held| held.dyn_into::<web_sys::Element>().ok());
    let (true, Some(held)) = (event.button() == 0 && event.pointer_type() != "touch", held) else {
        return;
    };
    event.prevent_default();
    super::acts::commit(state);
    let last = (state.rows.with_untracked(Vec::len), state.columns.with_untracked(Vec::len));
    let span = untrack(|| state.span());
    let (whole, from, to) = match lines {
        Lines::Rows => (span.left == 0 && span.right + 1 == last.1, span.top, span.bottom),
        Lines::Columns => (span.top == 0 && span.bottom + 1 == last.0, span.left, span.right),
    };
    let (first, last) = if whole && (from..=to).contains(&at) && !event.shift_key() {
        (from, to)
    } else {
        select(state, lines, at, event.shift_key());
        let span = untrack(|| state.span());
        match lines {
            Lines::Rows => (span.top, span.bottom),
            Lines::Columns => (span.left, span.right),
        }
    };
    state.drag.set(Some(Drag { lines, first, last, before: None }));
    if let Err(error) = held.set_pointer_capture(event.pointer_id()) {
        leptos::logging::error!("cannot be dragged: {error:?}");
    }
}

/// Looks where the pointer is.
pub fn over(state: GridState, event: &PointerEvent) {
    let Some(drag) = state.drag.get_untracked() else { return };
    let before = landing(drag.lines, event).filter(|before| !(drag.first..=drag.last + 1).contains(before));
    if drag.before != before {
        state.drag.set(Some(Drag { before, ..drag }));
    }
}

/// Lets go.
pub fn drop(state: GridState, trouble: RwSignal<Option<AppError>>) {
    let Some(drag) = state.drag.get_untracked() else { return };
    state.drag.set(None);
    let Some(before) = drag.before else { return };
    match drag.lines {
        Lines::Rows => rows::move_to(state, drag.first, drag.last, before, trouble),
        Lines::Columns => columns::move_to(state, drag.first, drag.last, before, trouble),
    }
}

/// Before which line lines `first` to `last` of `count` land when they go one back or on; `None` at the edge.
pub fn one_on(first: usize, last: usize, count: usize, by: i32) -> Option<usize> {
    match by {
        ..0 => first.checked_sub(1),
        0.. => (last + 1 < count).then_some(last + 2),
    }
}

/// How many places lines `first` to `last` go on when they land before a line outside of them.
pub fn moved_by(first: usize, last: usize, before: usize) -> i64 {
    if before < first { before as i64 - first as i64 } else { (before - last) as i64 - 1 }
}

fn select(state: GridState, lines: Lines, at: usize, on: bool) {
    let active = state.active.get_untracked();
    let place = match lines {
        Lines::Rows => Place { row: at, column: if on { active.column } else { 0 } },
        Lines::Columns => Place { row: if on { active.row } else { 0 }, column: at },
    };
    if on {
        state.extend_to(place);
    } else {
        state.go_to(place);
    }
    match lines {
        Lines::Rows => state.select_rows(),
        Lines::Columns => state.select_columns(),
    }
}

/// The line under the pointer, or the next one beyond its middle.
fn landing(lines: Lines, event: &PointerEvent) -> Option<usize> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let under = document().element_from_point(x, y)?;
    let (selector, attribute, first) = match lines {
        Lines::Rows => (".grid-body > [aria-rowindex]", "aria-rowindex", 2),
        Lines::Columns => ("[aria-colindex]", "aria-colindex", 1),
    };
    let line = under.closest(selector).ok()??;
    let at = line.get_attribute(attribute)?.parse::<usize>().ok()?.checked_sub(first)?;
    let edges = line.get_bounding_client_rect();
    let beyond = match lines {
        Lines::Rows => f64::from(y) > edges.top() + edges.height() / 2.0,
        Lines::Columns => f64::from(x) > edges.left() + edges.width() / 2.0,
    };
    Some(if beyond { at + 1 } else { at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_one_on_until_the_edge() {
        assert_eq!([one_on(0, 1, 5, -1), one_on(2, 3, 5, -1)], [None, Some(1)]);
        assert_eq!([one_on(2, 3, 5, 1), one_on(3, 4, 5, 1)], [Some(5), None]);
    }

    #[test]
    fn a_landing_says_how_far_it_is() {
        assert_eq!(
            [moved_by(2, 3, 1), moved_by(2, 3, 0), moved_by(2, 3, 5), moved_by(2, 3, 7)],
            [-1, -2, 1, 3]
        );
    }
}
