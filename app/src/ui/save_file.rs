/// Hands a text to the browser as a file to save. On the server nobody saves anything.
pub fn save_file(name: &str, kind: &str, text: &str) {
    #[cfg(feature = "hydrate")]
    if let Err(error) = offer(name, kind, text) {
        leptos::logging::error!("the file cannot be saved: {error:?}");
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (name, kind, text);
}

#[cfg(feature = "hydrate")]
fn offer(name: &str, kind: &str, text: &str) -> Result<(), wasm_bindgen::JsValue> {
    use wasm_bindgen::JsCast;

    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = leptos::prelude::document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
