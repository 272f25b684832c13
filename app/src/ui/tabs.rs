use leptos::prelude::*;

/// Several views of one thing, each with an address of its own.
#[component]
pub fn TabLinks(
    /// What they are views of.
    label: &'static str,
    /// Words and address of each.
    #[prop(into)]
    links: Signal<Vec<(&'static str, String)>>,
    /// The address of this page.
    #[prop(into)]
    here: Signal<String>,
) -> impl IntoView {
    let link = move |(words, href): (&'static str, String)| {
        let own = href.clone();
        let current = move || here.with(|here| *here == own).then_some("page");
        view! {
            <li>
                <a href=href aria-current=current>
                    {words}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{move || links.get().into_iter().map(link).collect_view()}</ul>
        </nav>
    }
}

/// Several views in one place, by the keys of a tab list: arrows move, Home and End jump.
#[component]
pub fn Tabs(
    /// What they are views of; begins the ids of the parts.
    label: &'static str,
    /// Key and words of each.
    tabs: &'static [(&'static str, &'static str)],
    /// The key of the one in view.
    chosen: RwSignal<&'static str>,
    /// The view of a key.
    #[prop(into)]
    view: ViewFnOf,
) -> impl IntoView {
    let prefix = label.to_lowercase().replace(' ', "-");
    let tab_id = move |prefix: &str, key: &str| format!("{prefix}-tab-{key}");
    let focus = {
        let prefix = prefix.clone();
        move |key: &'static str| {
            chosen.set(key);
            let tab = document().get_element_by_id(&tab_id(&prefix, key));
            if let Some(tab) =
                tab.and_then(|tab| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(tab).ok())
                && let Err(error) = tab.focus()
            {
                leptos::logging::error!("a tab cannot be focused: {error:?}");
            }
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let at = tabs.iter().position(|(key, _)| *key == chosen.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % tabs.len(),
            "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
            "Home" => 0,
            "End" => tabs.len() - 1,
            _ => return,
        };
        event.prevent_default();
        focus(tabs[to].0);
    };
    let panel = format!("{prefix}-panel");
    let controls = panel.clone();
    let labelled = {
        let prefix = prefix.clone();
        move || tab_id(&prefix, chosen.get())
    };
    let buttons = tabs
        .iter()
        .map(|(key, words)| {
            let is_chosen = move || chosen.get() == *key;
            view! {
                <button
                    type="button"
                    role="tab"
                    id=tab_id(&prefix, key)
                    aria-selected=move || if is_chosen() { "true" } else { "false" }
                    aria-controls=controls.clone()
                    tabindex=move || if is_chosen() { "0" } else { "-1" }
                    on:click=move |_| chosen.set(key)
                >
                    {*words}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>
            {buttons}
        </div>
        <div class="tab-panel" role="tabpanel" id=panel aria-labelledby=labelled>
            {move || view.run(chosen.get())}
        </div>
    }
}

/// What [`Tabs`] shows for a key.
#[derive(Clone)]
pub struct ViewFnOf(std::sync::Arc<dyn Fn(&'static str) -> AnyView + Send + Sync>);

impl ViewFnOf {
    fn run(&self, key: &'static str) -> AnyView {
        (self.0)(key)
    }
}

impl<F: Fn(&'static str) -> AnyView + Send + Sync + 'static> From<F> for ViewFnOf {
    fn from(view: F) -> Self {
        Self(std::sync::Arc::new(view))
    }
}
