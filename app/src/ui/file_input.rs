use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::NewFile;
use wasm_bindgen_futures::JsFuture;

use crate::error::AppError;

/// Chooses one small file and reads it into memory; a file may be dropped on it as well.
#[component]
pub fn FileInput(
    /// Its words.
    label: &'static str,
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Which files the browser offers, as in HTML's `accept`.
    accept: &'static str,
    /// The most bytes.
    max: usize,
    /// Whether choosing is off.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Called with the file, or with why it cannot be taken.
    #[prop(into)]
    on_file: Callback<Result<NewFile, AppError>>,
) -> impl IntoView {
    let choose = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlInputElement>| {
        let input = event.target();
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // So that the same file can be chosen again after it was refused.
        input.set_value("");
        if file.size() > max as f64 {
            let megabytes = max / 1024 / 1024;
            return on_file.run(Err(AppError::invalid(label, format!("At most {megabytes} MB are taken."))));
        }
        spawn_local(async move { on_file.run(read(label, file).await) });
    };
    view! {
        <div class="field">
            <label class="label" for=id.clone()>
                {label}
            </label>
            <input class="input file-input" type="file" id=id accept=accept disabled=disabled on:change:target=choose />
        </div>
    }
}

async fn read(label: &str, file: web_sys::File) -> Result<NewFile, AppError> {
    let unreadable = |_| AppError::invalid(label, "The browser could not read this file.");
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    Ok(NewFile { name: file.name(), base64: STANDARD.encode(bytes) })
}
