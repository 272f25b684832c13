//! The browser's entry: takes over the page that the server rendered.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Called by the page's script once the wasm is loaded. Marks the document when the page answers from here on:
/// the end-to-end tests wait for that. Fails only if the browser refuses the mark.
#[wasm_bindgen]
pub fn hydrate() -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    let root = leptos::prelude::document().document_element();
    root.map_or(Ok(()), |root| root.set_attribute("data-hydrated", ""))
}
