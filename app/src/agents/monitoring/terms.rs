use gen_client::model::{
    MONITORING_DAYS, MONITORING_RESULTS_MAX, Monitoring, MonitoringKind, MonitoringPlatform,
};
use leptos::prelude::*;
use model::watch_price;

use crate::ui::{Icon, IconName, Switch, credits_estimate};

/// The fields of a look, as somebody fills them.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    platform: RwSignal<String>,
    kind: RwSignal<String>,
    pub(super) value: RwSignal<String>,
    days: RwSignal<String>,
    country: RwSignal<String>,
    most: RwSignal<String>,
    keep_up: RwSignal<bool>,
    comments: RwSignal<bool>,
}

impl Terms {
    /// A small look at one creator, once: the cheapest that says something.
    pub(super) fn new() -> Self {
        Self::of(&Monitoring {
            platform: MonitoringPlatform::Tiktok,
            kind: MonitoringKind::Username,
            value: String::new(),
            days: 30,
            country: None,
            max_results: Some(25),
            keep_up: false,
            comments: false,
        })
    }

    pub(super) fn of(spec: &Monitoring) -> Self {
        Self {
            platform: RwSignal::new(spec.platform.to_string()),
            kind: RwSignal::new(spec.kind.to_string()),
            value: RwSignal::new(spec.value.clone()),
            days: RwSignal::new(spec.days.to_string()),
            country: RwSignal::new(spec.country.clone().unwrap_or_default()),
            most: RwSignal::new(spec.max_results.map(|most| most.to_string()).unwrap_or_default()),
            keep_up: RwSignal::new(spec.keep_up),
            comments: RwSignal::new(spec.comments),
        }
    }

    /// What GEN would be asked for, or what is wrong with it.
    pub(super) fn read(self) -> Result<Monitoring, String> {
        let spec = self.shape();
        spec.check().map_err(|error| error.to_string())?;
        Ok(spec)
    }

    /// The fields as they stand; a number that is none reads as one that GEN refuses.
    pub(super) fn shape(self) -> Monitoring {
        let most = self.most.get();
        Monitoring {
            platform: MonitoringPlatform::from(self.platform.get().as_str()),
            kind: MonitoringKind::from(self.kind.get().as_str()),
            value: self.value.get(),
            days: self.days.get().parse().unwrap_or_default(),
            country: Some(self.country.get().trim().to_lowercase()).filter(|country| !country.is_empty()),
            max_results: (!most.trim().is_empty()).then(|| most.trim().parse().unwrap_or(0)),
            keep_up: self.keep_up.get(),
            comments: self.comments.get(),
        }
    }
}

/// The fields, and what they come to.
#[component]
pub(super) fn TermsFields(terms: Terms, #[prop(into)] disabled: Signal<bool>) -> impl IntoView {
    let days = MONITORING_DAYS.map(|days| (days.to_string(), days_words(days))).into();
    let no_words = move || terms.platform.with(|platform| platform == "instagram");
    let problem = move || terms.read().err().filter(|_| terms.value.with(|value| !value.trim().is_empty()));
    let price = move || {
        terms.read().ok().map(|spec| {
            let (dollars, credits) = watch_price(&spec);
            let each = if spec.keep_up { " for each look, and GEN goes on looking" } else { ", once" };
            format!("{} (${dollars:.2}) at most{each}", credits_estimate(credits))
        })
    };
    view! {
        <div class="terms">
            <Pick label="Platform" value=terms.platform options=worded(MonitoringPlatform::ALL, platform_words) disabled />
            <Pick label="What" value=terms.kind options=worded(MonitoringKind::ALL, kind_words) disabled />
            <label class="field terms-value">
                <span class="label">"Whom or what"</span>
                <input
                    class="input"
                    type="text"
                    autocomplete="off"
                    maxlength="300"
                    placeholder="@creator, #tag or words"
                    disabled=disabled
                    bind:value=terms.value
                />
            </label>
            <Pick label="Posted within" value=terms.days options=days disabled />
            <label class="field">
                <span class="label">"Country"</span>
                <input
                    class="input"
                    type="text"
                    autocomplete="off"
                    maxlength="2"
                    placeholder="any, or us"
                    disabled=disabled
                    bind:value=terms.country
                />
            </label>
            <label class="field">
                <span class="label">"Most videos"</span>
                <input
                    class="input"
                    type="number"
                    min="1"
                    max=MONITORING_RESULTS_MAX.to_string()
                    inputmode="numeric"
                    disabled=disabled
                    bind:value=terms.most
                />
            </label>
            <div class="terms-switches">
                <Switch
                    label="Keep looking"
                    on=terms.keep_up
                    disabled=disabled
                    on_change=move |on| terms.keep_up.set(on)
                />
                <Switch
                    label="Comments too"
                    on=terms.comments
                    disabled=disabled
                    on_change=move |on| terms.comments.set(on)
                />
            </div>
        </div>
        {move || no_words().then(|| view! { <p class="field-hint">"Instagram cannot be searched for keywords."</p> })}
        {move || {
            problem()
                .map(|why| {
                    view! {
                        <p class="field-error" role="alert">
                            {why}
                        </p>
                    }
                })
        }}
        {move || price().map(|price| view! { <p class="meta num">{price}</p> })}
    }
}

/// What can be looked at where.
#[component]
pub(super) fn Platforms() -> impl IntoView {
    let can = |platform: &MonitoringPlatform, kind: &MonitoringKind| {
        (platform, kind) != (&MonitoringPlatform::Instagram, &MonitoringKind::Keyword)
    };
    view! {
        <section class="card" aria-labelledby="platforms">
            <h2 id="platforms">"What can be looked at where"</h2>
            <div class="table-frame" tabindex="0" role="region" aria-label="What can be looked at where">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Platform"</th>
                            {MonitoringKind::ALL
                                .iter()
                                .map(|kind| view! { <th scope="col">{kind_words(kind.as_str())}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        {MonitoringPlatform::ALL
                            .iter()
                            .map(|platform| {
                                let cells = MonitoringKind::ALL
                                    .iter()
                                    .map(|kind| {
                                        if can(platform, kind) {
                                            view! {
                                                <td>
                                                    <span class="state tone-ok">
                                                        <Icon name=IconName::Check />
                                                        "Yes"
                                                    </span>
                                                </td>
                                            }
                                                .into_any()
                                        } else {
                                            view! { <td class="muted">"No"</td> }.into_any()
                                        }
                                    })
                                    .collect_view();
                                view! {
                                    <tr>
                                        <th scope="row">{platform_words(platform.as_str())}</th>
                                        {cells}
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// A look in a line: `@claylab on TikTok, 30 days, at most 25 videos`.
pub(super) fn terms_words(spec: &Monitoring) -> String {
    let value = spec.to_wire().get("value").and_then(|value| value.as_str().map(str::to_owned));
    let mut words = format!("{} on {}", value.unwrap_or_default(), platform_words(spec.platform.as_str()));
    words += &format!(", {}", days_words(spec.days).to_lowercase());
    if let Some(country) = &spec.country {
        words += &format!(", {}", country.to_uppercase());
    }
    if let Some(most) = spec.max_results {
        words += &format!(", at most {most} videos");
    }
    if spec.comments {
        words += ", with comments";
    }
    words
}

/// One of several, each with its word for GEN and its words for people.
#[component]
fn Pick(
    label: &'static str,
    value: RwSignal<String>,
    options: Vec<(String, String)>,
    disabled: Signal<bool>,
) -> impl IntoView {
    let now = value.get_untracked();
    let options = options.into_iter().map(|(wire, words)| {
        let selected = wire == now;
        view! { <option value=wire selected=selected>{words}</option> }
    });
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select
                class="input"
                disabled=disabled
                prop:value=value
                on:change:target=move |event| value.set(event.target().value())
            >
                {options.collect_view()}
            </select>
        </label>
    }
}

fn worded<T: ToString>(all: &[T], words: fn(&str) -> String) -> Vec<(String, String)> {
    all.iter().map(ToString::to_string).map(|wire| (wire.clone(), words(&wire))).collect()
}

fn platform_words(wire: &str) -> String {
    match wire {
        "tiktok" => "TikTok",
        "instagram" => "Instagram",
        "youtube" => "YouTube",
        other => other,
    }
    .to_owned()
}

fn kind_words(wire: &str) -> String {
    match wire {
        "username" => "Creator",
        "hashtag" => "Hashtag",
        "keyword" => "Keyword",
        other => other,
    }
    .to_owned()
}

fn days_words(days: u32) -> String {
    match days {
        0 => "Any time".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_reads_as_a_line() {
        let spec = Monitoring {
            platform: MonitoringPlatform::Tiktok,
            kind: MonitoringKind::Username,
            value: "claylab".into(),
            days: 30,
            country: Some("dk".into()),
            max_results: Some(25),
            keep_up: true,
            comments: true,
        };
        assert_eq!(terms_words(&spec), "@claylab on TikTok, 30 days, DK, at most 25 videos, with comments");
        let any = Monitoring { days: 0, country: None, max_results: None, comments: false, ..spec };
        assert_eq!(terms_words(&any), "@claylab on TikTok, any time");
    }
}
