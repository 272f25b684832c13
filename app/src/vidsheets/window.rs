//! Which rows are in the document. The grid may have thousands of rows; the document holds those in sight,
//! some around them, and the one with the active cell, so that the focus is never lost by scrolling.

use std::ops::Range;

/// How tall things are on this screen, in CSS pixels; `style/grid.css` decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heights {
    /// A row: all are equal.
    pub row: f64,
    /// The header that stays on top.
    pub head: f64,
}

impl Default for Heights {
    /// As on a wide screen.
    fn default() -> Self {
        Self { row: 72.0, head: 44.0 }
    }
}

/// How many rows the server renders, before anybody knows how tall the screen is.
pub const FIRST_WINDOW: usize = 30;
/// How many rows are kept above and below those in sight.
const AROUND: usize = 8;

/// The rows in sight and some around them.
pub fn rows_around(heights: Heights, scroll_top: f64, viewport_height: f64, rows: usize) -> Range<usize> {
    let first_seen = (scroll_top.max(0.0) / heights.row) as usize;
    let seen = (viewport_height.max(0.0) / heights.row).ceil() as usize + 1;
    let end = (first_seen + seen + AROUND).min(rows);
    first_seen.saturating_sub(AROUND).min(end)..end
}

/// The rows that belong into the document: the window, and the active row wherever it is.
pub fn rows_in_document(window: &Range<usize>, active: usize, rows: usize) -> Vec<usize> {
    let end = window.end.min(rows);
    let mut wanted: Vec<usize> = (window.start.min(end)..end).collect();
    if active < rows && active < window.start {
        wanted.insert(0, active);
    } else if active < rows && active >= end {
        wanted.push(active);
    }
    wanted
}

/// Where to scroll so that a row is wholly in sight below the header; `None` if it already is.
pub fn scroll_to_show(heights: Heights, row: usize, scroll_top: f64, viewport_height: f64) -> Option<f64> {
    let (top, bottom) = (row as f64 * heights.row, (row + 1) as f64 * heights.row);
    let room = (viewport_height - heights.head).max(heights.row);
    if top < scroll_top {
        Some(top)
    } else if bottom > scroll_top + room {
        Some(bottom - room)
    } else {
        None
    }
}

/// How many rows a page up or down moves.
pub fn page_of_rows(heights: Heights, viewport_height: f64) -> usize {
    (((viewport_height - heights.head) / heights.row) as usize).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_covers_what_is_seen_and_stays_inside() {
        assert_eq!(rows_around(Heights::default(), 0.0, 720.0, 24), 0..19);
        assert_eq!(rows_around(Heights::default(), 72_000.0, 720.0, 5_000), 992..1_019);
        assert_eq!(rows_around(Heights::default(), 72_000.0, 720.0, 10), 10..10);
        assert_eq!(rows_around(Heights::default(), -50.0, 0.0, 3), 0..3);
        assert_eq!(rows_around(Heights::default(), 0.0, 720.0, 0), 0..0);
    }

    #[test]
    fn the_active_row_stays_in_the_document() {
        assert_eq!(rows_in_document(&(5..8), 2, 20), [2, 5, 6, 7]);
        assert_eq!(rows_in_document(&(5..8), 6, 20), [5, 6, 7]);
        assert_eq!(rows_in_document(&(5..8), 12, 20), [5, 6, 7, 12]);
        assert_eq!(rows_in_document(&(0..30), 40, 12), (0..12).collect::<Vec<_>>());
    }

    #[test]
    fn scrolling_moves_only_as_far_as_needed() {
        assert_eq!(scroll_to_show(Heights::default(), 3, 0.0, 764.0), None);
        assert_eq!(scroll_to_show(Heights::default(), 0, 100.0, 764.0), Some(0.0));
        assert_eq!(scroll_to_show(Heights::default(), 10, 0.0, 764.0), Some(72.0));
    }
}
