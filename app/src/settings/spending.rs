//! What may be spent in a day of UTC: by the team, by each person, by one person. Admins set it, others read their own.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Action, Cap, CapScope, Topic};

use super::head::SettingsHead;
use crate::live::{on_change, soon};
use crate::queue::server_fns::{list_caps, set_cap};
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, Icon, IconName, credits, number};

/// The caps: for admins to set, for everybody else to read.
#[component]
pub fn SpendingPage() -> impl IntoView {
    let surroundings = use_surroundings();
    let known = Resource::new(|| (), |()| list_caps());
    on_change(|topic| matches!(topic, Topic::Work { .. } | Topic::Agents), soon(move || known.refetch()));
    let changed = Callback::new(move |()| known.refetch());
    let caps = Signal::derive(move || known.get().and_then(Result::ok).unwrap_or_default());
    let admin = move || surroundings.may(Action::Administer);
    view! {
        <Title text="Spending · Settings · Reelsheet" />
        <SettingsHead title="Spending" />
        <div class="page-body settings">
            <p class="settings-lead">
                "Caps hold for a day of UTC and count what was spent and what is reserved for waiting work. What goes over a cap is not lost: it is held, nothing is sent, and an admin can release it in the queue."
            </p>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || known.get().and_then(Result::err).map(|error| view! { <ErrorNote error /> })}
                <ul role="list" class="caps card" aria-label="Caps">
                    <For each=move || caps.get() key=|cap| cap.scope let:cap>
                        <CapLine first=cap caps changed />
                    </For>
                </ul>
                {move || (!admin()).then(|| view! { <p class="meta">"An admin of this installation sets the caps."</p> })}
            </Transition>
        </div>
    }
}

/// One cap: how much of it is used, and for admins a field to change it. What somebody types stays when others spend.
#[component]
fn CapLine(first: Cap, caps: Signal<Vec<Cap>>, changed: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let (scope, name) = (first.scope, title(&first));
    let cap = Memo::new(move |before: Option<&Cap>| {
        let found = caps.with(|caps| caps.iter().find(|cap| cap.scope == scope).cloned());
        found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let limit = Memo::new(move |_| cap.with(|cap| cap.credits));
    let committed = Memo::new(move |_| cap.with(|cap| cap.committed));
    let label = StoredValue::new(name.clone());
    view! {
        <li class="cap" aria-label=name.clone()>
            <div class="cap-who">
                <strong>{label.get_value()}</strong>
                <p class="meta">{hint(scope)}</p>
            </div>
            {(scope != CapScope::Each).then(|| view! { <Spent committed cap=limit /> })}
            {move || {
                if surroundings.may(Action::Administer) {
                    view! { <CapForm scope name=label.get_value() limit changed /> }.into_any()
                } else {
                    view! { <p class="num">{limit.get().map_or_else(|| "No cap".to_owned(), |cap| format!("{} a day", credits(cap)))}</p> }
                        .into_any()
                }
            }}
        </li>
    }
}

#[component]
fn CapForm(scope: CapScope, name: String, limit: Memo<Option<f64>>, changed: Callback<()>) -> impl IntoView {
    let act = Act::idle();
    let saved = RwSignal::new(false);
    let typed = RwSignal::new(limit.get_untracked().map(plain).unwrap_or_default());
    Effect::new(move || typed.set(limit.get().map(plain).unwrap_or_default()));
    let wrong = Memo::new(move |_| typed.with(|typed| read(typed)).is_err());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let Ok(credits) = typed.with_untracked(|typed| read(typed)) else { return };
        act.run(set_cap(scope, credits), move |()| {
            saved.try_set(true);
            changed.run(());
        });
    };
    view! {
        <form class="cap-form" method="post" on:submit=submit>
            <label class="cap-field">
                <span class="visually-hidden">{format!("{name}, credits a day")}</span>
                <input
                    class="input"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    placeholder="No cap"
                    aria-invalid=move || wrong.get().then_some("true")
                    bind:value=typed
                />
                <span class="muted">"cr a day"</span>
            </label>
            <button type="submit" class="button" disabled=move || act.busy.get() || wrong.get()>
                "Save"
            </button>
            <span role="status" class="save-status">
                {move || {
                    saved
                        .get()
                        .then(|| {
                            view! {
                                <span class="save-state">
                                    <Icon name=IconName::Check />
                                    "Saved"
                                </span>
                            }
                        })
                }}
            </span>
        </form>
        {move || wrong.get().then(|| view! { <p class="field-error" role="alert">"A number of credits, or nothing for no cap."</p> })}
        {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
    }
}

/// What was spent or reserved today, of how much.
#[component]
fn Spent(committed: Memo<f64>, cap: Memo<Option<f64>>) -> impl IntoView {
    let words = move || match cap.get() {
        Some(cap) => format!("{} of {} today", number(committed.get()), credits(cap)),
        None => format!("{} today", credits(committed.get())),
    };
    let bar = move || cap.get().filter(|cap| *cap > 0.0);
    view! {
        <div class="cap-spent num">
            <p>{words}</p>
            {move || {
                bar()
                    .map(|cap| {
                        view! { <progress class="batch-progress" max=cap value=committed aria-label="Used of this cap"></progress> }
                    })
            }}
        </div>
    }
}

fn title(cap: &Cap) -> String {
    match cap.scope {
        CapScope::Team => "The whole team".to_owned(),
        CapScope::Each => "Each person".to_owned(),
        CapScope::Person { .. } => cap.name.clone().unwrap_or_else(|| "Somebody".to_owned()),
    }
}

fn hint(scope: CapScope) -> &'static str {
    match scope {
        CapScope::Team => "All together.",
        CapScope::Each => "Everybody who has no cap of their own.",
        CapScope::Person { .. } => "",
    }
}

/// A cap as it is typed: no separators.
fn plain(credits: f64) -> String {
    number(credits).replace(',', "")
}

/// Nothing for no cap, else credits.
fn read(typed: &str) -> Result<Option<f64>, ()> {
    let typed = typed.trim().replace(',', "");
    if typed.is_empty() {
        return Ok(None);
    }
    let credits: f64 = typed.parse().map_err(|_| ())?;
    if credits.is_finite() && credits >= 0.0 { Ok(Some(credits)) } else { Err(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_reads_as_it_is_written() {
        assert_eq!(read(" "), Ok(None));
        assert_eq!(read("2,000"), Ok(Some(2_000.0)));
        assert_eq!(read(&plain(1_234.5)), Ok(Some(1_234.5)));
        assert!(read("-1").is_err() && read("lots").is_err() && read("NaN").is_err());
    }
}
