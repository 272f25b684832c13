use leptos::prelude::*;

/// How many characters of how many, red where there are too many; GEN counts characters, not bytes.
#[component]
pub fn Counter(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// The most that is taken.
    max: usize,
) -> impl IntoView {
    let count = Memo::new(move |_| text.with(|text| text.chars().count()));
    view! {
        <span class="counter num" class:error=move || { count.get() > max }>
            {move || format!("{} / {}", super::number(count.get() as f64), super::number(max as f64))}
        </span>
    }
}

/// A text without the spaces around it; `None` where nothing is left.
pub fn given(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// One of a few words, all in view.
#[component]
pub fn Segmented(
    /// What is chosen here.
    label: &'static str,
    /// The value and its words, in order.
    options: Vec<(String, String)>,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value that the person chose.
    #[prop(into)]
    on_choose: Callback<String>,
    /// Whether choosing is off.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = format!("choice-{}", label.to_lowercase().replace(' ', "-"));
    let options = options
        .into_iter()
        .map(|(key, words)| {
            let (own, name) = (key.clone(), id.clone());
            view! {
                <label>
                    <input
                        type="radio"
                        name=name
                        value=key.clone()
                        disabled=disabled
                        prop:checked=move || value.with(|value| *value == own)
                        checked=value.with_untracked(|value| *value == key)
                        on:change=move |_| on_choose.run(key.clone())
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <span class="label" id=id.clone()>
                {label}
            </span>
            <div class="segmented" role="radiogroup" aria-labelledby=id.clone()>
                {options}
            </div>
        </div>
    }
}

/// A thing that is on or off.
#[component]
pub fn Switch(
    /// What is on or off.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Called with what the person wants.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Whether changing is off.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                disabled=disabled
                checked=on.get_untracked()
                prop:checked=on
                on:change:target=move |event| on_change.run(event.target().checked())
            />
            <span>{label}</span>
        </label>
    }
}
