use gen_client::model::{LINKED_ACCOUNTS_MAX, LinkedAccount};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::CorePart;

use super::card::{CoreCard, FieldProblem};
use super::core_form::CoreForm;
use super::monitored::InTwoLists;
use crate::ui::{Icon, IconName, draft_text};

/// The platforms that GEN names, with the host that gives them away.
const PLATFORMS: [(&str, &str); 10] = [
    ("tiktok", "tiktok.com"),
    ("instagram", "instagram.com"),
    ("youtube", "youtube.com"),
    ("x", "x.com"),
    ("linkedin", "linkedin.com"),
    ("pinterest", "pinterest.com"),
    ("facebook", "facebook.com"),
    ("threads", "threads.net"),
    ("website", ""),
    ("other", ""),
];

/// The accounts that the agent posts from.
#[component]
pub(super) fn SocialsCard(form: CoreForm) -> impl IntoView {
    let count = Signal::derive(move || {
        form.now.with(|now| format!("{} / {LINKED_ACCOUNTS_MAX}", now.linked_accounts.len()))
    });
    let typed = RwSignal::new(String::new());
    draft_text("add-social", typed);
    let add = move || {
        let url = typed.get_untracked().trim().to_owned();
        if url.is_empty() {
            return;
        }
        typed.set(String::new());
        let platform = Some(platform_of(&url).to_owned());
        form.edit(CorePart::Socials, |core| {
            core.linked_accounts.push(LinkedAccount { url, platform, ..LinkedAccount::default() });
        });
    };
    let add_on_enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    let places = move || 0..form.now.with(|now| now.linked_accounts.len());
    let full =
        move || form.locked.get() || form.now.with(|now| now.linked_accounts.len() >= LINKED_ACCOUNTS_MAX);
    view! {
        <CoreCard form card=CorePart::Socials title="Brand socials" count lead="Accounts this agent posts from.">
            <ul class="rows" aria-label="Brand socials">
                <For each=places key=|place| *place let:place>
                    <Social form place />
                </For>
            </ul>
            <FieldProblem form card=CorePart::Socials label="Brand socials" id="socials-problem" />
            <InTwoLists form />
            <label class="input-line core-add">
                <Icon name=IconName::Plus />
                <span class="visually-hidden">"Add an account link"</span>
                <input
                    type="url"
                    autocomplete="off"
                    placeholder="Add an account link"
                    disabled=full
                    bind:value=typed
                    on:keydown=add_on_enter
                    on:blur=move |_| add()
                />
            </label>
        </CoreCard>
    }
}

/// One account; its fields open below it.
#[component]
fn Social(form: CoreForm, place: usize) -> impl IntoView {
    let account =
        Memo::new(move |_| form.now.with(|now| now.linked_accounts.get(place).cloned().unwrap_or_default()));
    let change = move |change: &dyn Fn(&mut LinkedAccount)| {
        form.edit(CorePart::Socials, |core| {
            if let Some(account) = core.linked_accounts.get_mut(place) {
                change(account);
            }
        });
    };
    let platform = move || account.get().platform.unwrap_or_else(|| "other".to_owned());
    let bare = move || account.with(|account| bare(&account.url).to_owned());
    let text = |text: String| Some(text).filter(|text| !text.is_empty());
    view! {
        <li>
            <details class="core-entry">
                <summary>
                    <Icon name=IconName::Link />
                    <span class="core-entry-kind">{move || words(&platform())}</span>
                    <span class="core-entry-text muted">{bare}</span>
                    <Icon name=IconName::More />
                    <span class="visually-hidden">"Edit"</span>
                </summary>
                <div class="core-entry-fields">
                    <label class="field">
                        <span class="label">"Link"</span>
                        <input
                            class="input"
                            type="url"
                            disabled=form.locked
                            value=account.get_untracked().url
                            prop:value=move || account.get().url
                            on:input:target=move |event| {
                                let url = event.target().value();
                                change(&|account| account.url = url.clone());
                            }
                        />
                    </label>
                    <label class="field">
                        <span class="label">"Platform"</span>
                        <select
                            class="input"
                            disabled=form.locked
                            prop:value=platform
                            on:change:target=move |event| {
                                let platform = text(event.target().value());
                                change(&|account| account.platform = platform.clone());
                            }
                        >
                            {options(untrack(platform))}
                        </select>
                    </label>
                    <label class="field">
                        <span class="label">"Display name"</span>
                        <input
                            class="input"
                            type="text"
                            autocomplete="off"
                            disabled=form.locked
                            value=account.get_untracked().display_name.unwrap_or_default()
                            prop:value=move || account.get().display_name.unwrap_or_default()
                            on:input:target=move |event| {
                                let name = text(event.target().value());
                                change(&|account| account.display_name = name.clone());
                            }
                        />
                    </label>
                    <button
                        type="button"
                        class="button danger"
                        disabled=form.locked
                        on:click=move |_| {
                            form.edit(CorePart::Socials, |core| {
                                if place < core.linked_accounts.len() {
                                    core.linked_accounts.remove(place);
                                }
                            });
                        }
                    >
                        <Icon name=IconName::Trash />
                        "Remove"
                    </button>
                </div>
            </details>
        </li>
    }
}

/// GEN adds platforms without notice, so the current one is always among the options.
fn options(current: String) -> impl IntoView {
    let known = PLATFORMS.iter().any(|(platform, _)| *platform == current);
    let mut all: Vec<String> = PLATFORMS.iter().map(|(platform, _)| platform.to_string()).collect();
    if !known {
        all.push(current.clone());
    }
    all.into_iter()
        .map(|platform| {
            let selected = platform == current;
            let words = words(&platform);
            view! {
                <option value=platform selected=selected>
                    {words}
                </option>
            }
        })
        .collect_view()
}

fn words(platform: &str) -> String {
    match platform {
        "tiktok" => "TikTok".to_owned(),
        "youtube" => "YouTube".to_owned(),
        "linkedin" => "LinkedIn".to_owned(),
        other => {
            let mut letters = other.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

fn bare(url: &str) -> &str {
    let url = url.trim_start_matches("https://").trim_start_matches("http://");
    url.trim_start_matches("www.").trim_end_matches('/')
}

fn platform_of(url: &str) -> &'static str {
    let host = bare(url).split(['/', '?', '#']).next().unwrap_or("");
    let known = PLATFORMS
        .iter()
        .find(|(_, known)| !known.is_empty() && (host == *known || host.ends_with(&format!(".{known}"))));
    known.map_or("website", |(platform, _)| platform)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_gives_the_platform_away() {
        assert_eq!(platform_of("https://www.tiktok.com/@kiln"), "tiktok");
        assert_eq!(platform_of("m.youtube.com/@kiln"), "youtube");
        assert_eq!(platform_of("https://netflix.com/kiln"), "website");
        assert_eq!(platform_of("https://tiktok.com.evil.test/"), "website");
    }
}
