//! Copying texts down or to the right.

use leptos::prelude::*;
use model::Gesture;

use super::edit::{places, set_texts};
use super::grid_state::{GridState, Place};
use super::selection::Span;
use crate::error::AppError;

/// Where texts are copied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the first row of the selection, or from the row above it.
    Down,
    /// From the first column of the selection, or from the column left of it.
    Right,
}

/// Copies the first row or column of the selection over the rest of it.
pub fn fill(state: GridState, direction: Direction, trouble: RwSignal<Option<AppError>>) {
    let span = untrack(|| state.span());
    let texts = places(span)
        .filter_map(|place| Some((place, text_at(state, source(span, place, direction)?))))
        .collect();
    set_texts(state, texts, Gesture::Filled, trouble);
}

/// Goes on with what a rectangle holds in a larger one: a number at the end of a single row's or column's text counts
/// up, anything else repeats.
fn extend(state: GridState, from: Span, to: Span, trouble: RwSignal<Option<AppError>>) {
    let single = from.rows() == 1 && to.rows() > 1 || from.left == from.right && to.right > to.left;
    let texts = places(to)
        .filter(|place| !from.holds(*place))
        .map(|place| {
            let (row, down) = wrapped(place.row, from.top, from.rows());
            let (column, right) = wrapped(place.column, from.left, from.right - from.left + 1);
            let text = text_at(state, Place { row, column });
            (place, if single { counted(&text, down + right) } else { text })
        })
        .collect();
    set_texts(state, texts, Gesture::Filled, trouble);
}

impl GridState {
    /// Draws what is being filled out to a place: down or to the side, whichever is further.
    pub fn fill_to(self, place: Place) {
        let Some(from) = self.filling.get_untracked() else { return };
        let down = place.row.abs_diff(from.bottom.min(place.row.max(from.top)));
        let aside = place.column.abs_diff(from.right.min(place.column.max(from.left)));
        let to = match down >= aside {
            true => Span { top: from.top.min(place.row), bottom: from.bottom.max(place.row), ..from },
            false => Span { left: from.left.min(place.column), right: from.right.max(place.column), ..from },
        };
        self.selected.set(Some(to).filter(|to| to.cells() > 1));
    }

    /// Fills what was drawn out.
    pub fn end_filling(self, trouble: RwSignal<Option<AppError>>) {
        let Some(from) = self.filling.get_untracked() else { return };
        self.filling.set(None);
        let to = untrack(|| self.span());
        if to != from {
            extend(self, from, to, trouble);
        }
    }
}

/// Where a place gets its text from; `None` for those that give it.
fn source(span: Span, place: Place, direction: Direction) -> Option<Place> {
    match direction {
        Direction::Down if span.rows() == 1 => Some(Place { row: place.row.checked_sub(1)?, ..place }),
        Direction::Down => (place.row > span.top).then_some(Place { row: span.top, ..place }),
        Direction::Right if span.left == span.right => {
            Some(Place { column: place.column.checked_sub(1)?, ..place })
        }
        Direction::Right => (place.column > span.left).then_some(Place { column: span.left, ..place }),
    }
}

/// The place inside a pattern that a place outside repeats, and how far away from the pattern's end it is.
fn wrapped(at: usize, first: usize, length: usize) -> (usize, i64) {
    let offset = at as i64 - first as i64;
    let inside = offset.rem_euclid(length as i64) as usize;
    let away = if offset < 0 { offset } else { (offset - length as i64 + 1).max(0) };
    (first + inside, away)
}

/// A text with the number at its end moved by so many.
fn counted(text: &str, by: i64) -> String {
    let head = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &text[head.len()..];
    match digits.parse::<i64>().ok().and_then(|number| number.checked_add(by)).filter(|number| *number >= 0) {
        Some(number) => format!("{head}{number:0width$}", width = digits.len()),
        None => text.to_owned(),
    }
}

fn text_at(state: GridState, place: Place) -> String {
    untrack(|| state.cell_at(place).map(|cell| state.text_of(&cell)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_end_count_up_and_keep_their_zeros() {
        assert_eq!(counted("Day 9", 1), "Day 10");
        assert_eq!(counted("take 007", 3), "take 010");
        assert_eq!(counted("Day 1", -2), "Day 1");
        assert_eq!(counted("no number", 4), "no number");
        assert_eq!(counted("99999999999999999999", 1), "99999999999999999999");
    }

    #[test]
    fn a_pattern_repeats_in_both_directions() {
        assert_eq!([4, 5, 6, 7].map(|at| wrapped(at, 4, 2)), [(4, 0), (5, 0), (4, 1), (5, 2)]);
        assert_eq!(wrapped(3, 4, 2), (5, -1));
    }

    #[test]
    fn filling_one_row_takes_the_one_above() {
        let one = Span { top: 3, left: 1, bottom: 3, right: 2 };
        let at = |row, column| Place { row, column };
        assert_eq!(source(one, at(3, 1), Direction::Down), Some(at(2, 1)));
        assert_eq!(source(one, at(3, 1), Direction::Right), None);
        assert_eq!(source(one, at(3, 2), Direction::Right), Some(at(3, 1)));
        let top = Span { top: 0, left: 0, bottom: 0, right: 0 };
        assert_eq!(source(top, at(0, 0), Direction::Down), None);
    }
}
