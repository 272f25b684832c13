//! Which rows are in the document. The grid may have thousands of rows; the document holds those in sight,
//! some around them, and the one with the active cell, so that the focus is never lost by scrolling.

use std::ops::Range;
use std::sync::Arc;

use gen_client::model::{Column, ColumnKind, ColumnRole};
use model::SheetView;

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

/// Where rows lie: one below the other, each group under a heading of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// How tall things are.
    pub heights: Heights,
    /// The first row of each group, in order.
    pub groups: Arc<[usize]>,
}

impl Layout {
    /// The upper edge of a row, below the heading of its group.
    pub fn top(&self, row: usize) -> f64 {
        let headings = self.groups.partition_point(|first| *first <= row);
        row as f64 * self.heights.row + headings as f64 * HEADING
    }

    /// The upper edge of a row with the heading that stands above it.
    fn top_with_heading(&self, row: usize) -> f64 {
        let heading = if self.groups.binary_search(&row).is_ok() { HEADING } else { 0.0 };
        self.top(row) - heading
    }

    /// How tall so many rows are with their headings.
    pub fn height(&self, rows: usize) -> f64 {
        rows as f64 * self.heights.row + self.groups.len() as f64 * HEADING
    }

    /// The row at a height; a heading belongs to the row below it.
    fn row_at(&self, top: f64, rows: usize) -> usize {
        let (mut low, mut high) = (0, rows);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.top(middle) + self.heights.row <= top { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// How tall the heading of a group is, in CSS pixels; `style/grid.css` has the same.
const HEADING: f64 = 32.0;

/// The narrowest and the widest column that people can make, in CSS pixels.
pub const NARROWEST: u32 = 80;
/// See [`NARROWEST`].
pub const WIDEST: u32 = 800;

/// How wide a column is at least, in CSS pixels: as people made it, else by what it holds.
pub fn width_of(view: &SheetView, column: &Column) -> u32 {
    view.widths.get(column.id.as_str()).copied().unwrap_or(match (column.role, &column.kind) {
        (ColumnRole::Video, _) => 92,
        (ColumnRole::Stats, _) | (_, ColumnKind::Stats) => 88,
        (ColumnRole::FinalVideo, _) | (_, ColumnKind::Image | ColumnKind::Audio) => 132,
        (_, ColumnKind::Video) => 150,
        (_, ColumnKind::Text | ColumnKind::Unknown(_)) => 176,
    })
}

/// The value of `grid-template-columns` behind the gutter. Columns that nobody made wider share what is left, texts
/// twice as much; those that stay in sight do not, so that the next knows where they end.
pub fn tracks(view: &SheetView, columns: &[Column]) -> String {
    let track = |(at, column): (usize, &Column)| {
        let width = width_of(view, column);
        let grows = match (column.role, &column.kind) {
            _ if at < view.frozen as usize || view.widths.contains_key(column.id.as_str()) => 0,
            (ColumnRole::Video | ColumnRole::Stats, _) | (_, ColumnKind::Stats) => 0,
            (_, ColumnKind::Text) => 2,
            _ => 1,
        };
        if grows == 0 { format!("{width}px") } else { format!("minmax({width}px, {grows}fr)") }
    };
    columns.iter().enumerate().map(track).collect::<Vec<_>>().join(" ")
}

/// Where each column that stays in sight ends, but the last, in CSS pixels behind the gutter.
pub fn ends_of_frozen(view: &SheetView, columns: &[Column]) -> Vec<u32> {
    let frozen = columns.iter().take((view.frozen as usize).saturating_sub(1));
    frozen
        .scan(0, |end, column| {
            *end += width_of(view, column);
            Some(*end)
        })
        .collect()
}

/// How many rows the server renders, before anybody knows how tall the screen is.
pub const FIRST_WINDOW: usize = 30;
/// How many rows are kept above and below those in sight.
const AROUND: usize = 8;

/// The rows in sight and some around them.
pub fn rows_around(layout: &Layout, scroll_top: f64, viewport_height: f64, rows: usize) -> Range<usize> {
    let top = scroll_top.max(0.0);
    let end = (layout.row_at(top + viewport_height.max(0.0), rows) + 1 + AROUND).min(rows);
    layout.row_at(top, rows).saturating_sub(AROUND).min(end)..end
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
pub fn scroll_to_show(layout: &Layout, row: usize, scroll_top: f64, viewport_height: f64) -> Option<f64> {
    let heights = layout.heights;
    let (top, bottom) = (layout.top_with_heading(row), layout.top(row) + heights.row);
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

    fn flat() -> Layout {
        Layout::default()
    }

    #[test]
    fn the_window_covers_what_is_seen_and_stays_inside() {
        assert_eq!(rows_around(&flat(), 0.0, 720.0, 24), 0..19);
        assert_eq!(rows_around(&flat(), 72_000.0, 720.0, 5_000), 992..1_019);
        assert_eq!(rows_around(&flat(), 72_000.0, 720.0, 10), 2..10);
        assert_eq!(rows_around(&flat(), -50.0, 0.0, 3), 0..3);
        assert_eq!(rows_around(&flat(), 0.0, 720.0, 0), 0..0);
    }

    #[test]
    fn headings_take_their_place() {
        let layout = Layout { groups: [0, 2].into(), ..Layout::default() };
        assert_eq!([0, 1, 2, 3].map(|row| layout.top(row)), [32.0, 104.0, 208.0, 280.0]);
        assert_eq!(layout.height(4), 352.0);
        assert_eq!(
            [0.0, 103.0, 176.0, 207.0, 281.0, 999.0].map(|top| layout.row_at(top, 4)),
            [0, 0, 2, 2, 3, 4]
        );
        assert_eq!(scroll_to_show(&layout, 2, 300.0, 764.0), Some(176.0), "with its heading");
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
        assert_eq!(scroll_to_show(&flat(), 3, 0.0, 764.0), None);
        assert_eq!(scroll_to_show(&flat(), 0, 100.0, 764.0), Some(0.0));
        assert_eq!(scroll_to_show(&flat(), 10, 0.0, 764.0), Some(72.0));
    }

    #[test]
    fn columns_share_what_is_left_but_those_that_stay_in_sight_or_were_made_wider() {
        let columns: Vec<Column> = serde_json::from_value(serde_json::json!([
            { "id": 1, "title": "HOOK", "type": "text", "role": "ingredient", "position": 0 },
            { "id": 2, "title": "SCRIPT", "type": "text", "role": "ingredient", "position": 1 },
            { "id": 3, "title": "IMAGE", "type": "image", "role": "ingredient", "position": 2 },
            { "id": 4, "title": "STATS", "type": "stats", "role": "stats", "position": 3 },
        ]))
        .unwrap();
        assert_eq!(
            tracks(&SheetView::default(), &columns),
            "176px minmax(176px, 2fr) minmax(132px, 1fr) 88px"
        );
        let view = SheetView { frozen: 0, widths: [("3".to_owned(), 300)].into(), ..SheetView::default() };
        assert_eq!(tracks(&view, &columns), "minmax(176px, 2fr) minmax(176px, 2fr) 300px 88px");
    }
}
