//! Ways of looking at the sheet: what is hidden, filtered, sorted and grouped, and how it is laid out. The address
//! holds the whole of it, so that it can be sent to a colleague; the server does the looking.

mod drawer;
mod filters;
mod menu;
mod saved;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::SheetView;

use super::acts;
use super::grid_state::GridState;
use super::undo::Notice;
use super::view_fns::list_views;
use super::window::{NARROWEST, WIDEST};
use crate::error::AppError;
use crate::paths;

pub use drawer::ViewDrawer;
pub use menu::ViewMenu;

/// The view that the address names, as text; `None` is the sheet as it is.
pub fn named() -> Memo<Option<String>> {
    crate::page::query("look")
}

/// The text of a view in the address; `None` for the sheet as it is.
pub fn text_of(view: &SheetView) -> Option<String> {
    if *view == SheetView::default() {
        return None;
    }
    serde_json::to_string(view).ok()
}

/// The view that a text of the address names.
pub fn asked(text: Option<&str>) -> Result<SheetView, AppError> {
    let Some(text) = text else { return Ok(SheetView::default()) };
    let unreadable =
        |_| AppError::invalid("View", "The address names a view that cannot be read.".to_owned());
    serde_json::from_str(text).map_err(unreadable)
}

/// Asks for the saved views, at first and when they changed here.
pub fn load_saved(state: GridState) {
    let (agent, vidsheet) = state.ids.get_value();
    spawn_local(async move {
        match list_views(agent, vidsheet).await {
            Ok(views) => drop(state.saved_views.try_set(views)),
            Err(error) => leptos::logging::warn!("the saved views are not known: {}", error.message),
        }
    });
}

/// Looks at the sheet in another way.
pub fn set(state: GridState, view: SheetView) {
    let picks_else = state.view.with_untracked(|now| !now.picks_as(&view));
    state.view.set(view);
    if picks_else {
        acts::refresh(state);
    }
}

/// Changes something about the view.
pub fn change(state: GridState, change: impl FnOnce(&mut SheetView)) {
    let mut view = state.view.get_untracked();
    change(&mut view);
    set(state, view);
}

/// Makes a column so wide, in CSS pixels.
pub fn set_width(state: GridState, column: &str, width: u32) {
    let width = width.clamp(NARROWEST, WIDEST);
    change(state, |view| view.widths.extend([(column.to_owned(), width)]));
}

/// Where the sheet is a plain table, looked at as it is now.
pub fn table_address(state: GridState, look: Option<&str>) -> String {
    let (agent, vidsheet) = state.ids.get_value();
    paths::looked_at(paths::vidsheet_as_table(&agent, &vidsheet, 1), look)
}

/// Goes there.
pub fn open_as_table(state: GridState) {
    let look = state.view.with_untracked(text_of);
    if let Err(error) = window().location().set_href(&table_address(state, look.as_deref())) {
        leptos::logging::error!("cannot leave the grid: {error:?}");
    }
}

/// Goes along when the address names another view: by a link, or by going back.
pub fn follow_address(state: GridState, trouble: RwSignal<Option<AppError>>) {
    let named = named();
    Effect::new(move |before: Option<Option<String>>| {
        let named = named.get();
        if before.is_some_and(|before| before != named) {
            match asked(named.as_deref()) {
                Ok(view) if state.view.with_untracked(|now| *now != view) => set(state, view),
                Ok(_) => {}
                Err(error) => trouble.set(Some(error)),
            }
        }
        named
    });
}

/// Whether rows can be moved by hand; says why not where they cannot.
pub fn may_move_rows(state: GridState) -> bool {
    let ordered = state.view.with_untracked(SheetView::orders);
    if ordered {
        let words = "This view sorts the rows, so they cannot be moved by hand. Clear sort and group first.";
        state.notice.set(Some(Notice::of(words)));
    }
    !ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_as_it_is_needs_no_word_in_the_address() {
        assert_eq!(text_of(&SheetView::default()), None);
        let view = SheetView { frozen: 2, ..SheetView::default() };
        assert_eq!(asked(text_of(&view).as_deref()).unwrap(), view);
        assert_eq!(asked(None).unwrap(), SheetView::default());
        assert!(asked(Some("nonsense")).is_err());
    }
}
