use leptos::html;
use leptos::prelude::*;

use super::{Icon, IconName};

/// A modal window by the browser's own `<dialog>`: it keeps the focus, Escape closes it.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Called when the person closes it; sets `open` to false.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it shows; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open()
            && let Err(error) = dialog.show_modal()
        {
            leptos::logging::error!("a dialog cannot be shown: {error:?}");
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog class="dialog" node_ref=dialog aria-label=title on:close=move |_| on_close.run(())>
            <header class="dialog-head">
                <h2>{title}</h2>
                <button type="button" class="button icon-only" aria-label="Close" on:click=move |_| on_close.run(())>
                    <Icon name=IconName::Cross />
                </button>
            </header>
            <Show when=move || open.get()>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}
