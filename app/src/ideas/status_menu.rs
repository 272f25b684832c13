use gen_client::model::IdeaStatus;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::moves::{Moves, OpenMenu};
use super::words::{status_icon, words};
use crate::ui::{Icon, IconName};

/// The button on a card that opens the menu of the eight statuses.
#[component]
pub fn StatusButton(
    /// Whose status.
    idea: gen_client::IdeaId,
    /// The status it has.
    status: IdeaStatus,
    /// The moves of this board.
    moves: Moves,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let own = idea.clone();
    let expanded = move || moves.menu.with(|menu| menu.as_ref().is_some_and(|menu| menu.idea == own));
    let toggle = move |_| {
        let open = moves.menu.with_untracked(Option::is_some);
        let menu = OpenMenu { idea: idea.clone(), status: status.clone(), button };
        moves.menu.set((!open).then_some(menu));
    };
    view! {
        <button
            type="button"
            class="idea-status"
            title="Status"
            node_ref=button
            aria-haspopup="menu"
            aria-expanded=move || expanded().to_string()
            on:click=toggle
        >
            <span class="visually-hidden">"Status"</span>
            <Icon name=IconName::More />
        </button>
    }
}

/// The menu itself: one for the whole board, above everything, so that no lane cuts it off.
#[component]
pub fn StatusMenu(
    /// The moves of this board.
    moves: Moves,
) -> impl IntoView {
    move || moves.menu.get().map(|open| view! { <OpenStatusMenu open moves /> })
}

#[component]
fn OpenStatusMenu(open: OpenMenu, moves: Moves) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let button = open.button;
    // Beside its button, and inside the window; only the browser knows where that is.
    Effect::new(move || {
        let (Some(list), Some(Some(button))) = (list.get(), button.try_get()) else { return };
        let (of_button, of_list) = (button.get_bounding_client_rect(), list.get_bounding_client_rect());
        let size =
            |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64()).unwrap_or(0.0);
        let left = of_button.right().min(size(window().inner_width()) - 8.0) - of_list.width();
        let top = of_button.bottom().min(size(window().inner_height()) - of_list.height() - 8.0);
        let style = (*list).style();
        for (name, value) in [("left", left.max(8.0)), ("top", top.max(8.0))] {
            if let Err(error) = style.set_property(name, &format!("{value}px")) {
                leptos::logging::error!("the menu cannot be placed: {error:?}");
            }
        }
        focus_item(&list, |items| {
            items.iter().position(|item| item.get_attribute("aria-checked").as_deref() == Some("true"))
        });
    });
    let close = move || {
        moves.menu.set(None);
        // The card may have been drawn anew meanwhile, and its button with it.
        if let Some(Some(button)) = button.try_get_untracked() {
            focus(&button);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(Some(list)) = list.try_get_untracked() else { return };
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Escape" => return close(),
            "Tab" => return moves.menu.set(None),
            _ => return,
        };
        event.prevent_default();
        let here = document().active_element();
        focus_item(&list, |items| {
            let at = items.iter().position(|item| here.as_ref() == Some(item))?;
            Some((at as isize + step).rem_euclid(items.len() as isize) as usize)
        });
    };
    // Focus that goes elsewhere closes the menu, without pulling the focus back. The browser says so as well when
    // the menu is taken away with the focus in it, and then there is nothing left to close.
    let on_leave = move |event: FocusEvent| {
        let Some(Some(list)) = list.try_get_untracked() else { return };
        let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
        let to_button =
            button.try_get_untracked().flatten().is_some_and(|button| button.contains(next.as_ref()));
        if !list.contains(next.as_ref()) && !to_button {
            moves.menu.set(None);
        }
    };
    let items = IdeaStatus::ALL
        .iter()
        .map(|status| {
            let (idea, from, to) = (open.idea.clone(), open.status.clone(), status.clone());
            let choose = move |_| {
                moves.focus.set(Some((idea.clone(), to.clone())));
                moves.to(idea.clone(), &from, to.clone());
            };
            view! {
                <button
                    type="button"
                    role="menuitemradio"
                    tabindex="-1"
                    aria-checked=(*status == open.status).to_string()
                    on:click=choose
                >
                    <Icon name=status_icon(status) />
                    {words(status.as_str())}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="status-menu" role="menu" aria-label="Set status" node_ref=list on:keydown=on_key on:focusout=on_leave>
            {items}
        </div>
    }
}

/// Gives the focus to one of the menu's items.
fn focus_item(list: &web_sys::HtmlDivElement, choose: impl FnOnce(&[web_sys::Element]) -> Option<usize>) {
    let children = list.children();
    let items: Vec<web_sys::Element> =
        (0..children.length()).filter_map(|index| children.item(index)).collect();
    let chosen = choose(&items).unwrap_or(0);
    if let Some(item) = items.get(chosen).and_then(|item| item.dyn_ref::<web_sys::HtmlElement>()) {
        focus(item);
    }
}

fn focus(element: &web_sys::HtmlElement) {
    if let Err(error) = element.focus() {
        leptos::logging::error!("the focus cannot be set: {error:?}");
    }
}
