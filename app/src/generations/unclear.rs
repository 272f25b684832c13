use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, Candidate, Progress, Topic, Unclear, Work};

use crate::live::on_change;
use crate::page::every_second;
use crate::queue::server_fns::{adopt, check_again, open_unclear, send_again};
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, Icon, IconName, clock_until, credits};

/// A call whose outcome nobody knows: what is known, and a person's three answers. The machine gives none of them.
#[component]
pub fn UnclearCall(
    /// Its id.
    work: String,
    /// Why it is unclear, with GEN's code if there was one.
    reason: Option<String>,
    /// GEN's machine code.
    code: Option<String>,
    /// Called with what became of it.
    #[prop(into)]
    on_settled: Callback<Work>,
) -> impl IntoView {
    let id = StoredValue::new(work);
    let known = RwSignal::new(None::<Unclear>);
    let act = Act::idle();
    let told = move |unclear: Unclear| {
        if unclear.work.progress != Progress::Unknown {
            on_settled.run(unclear.work.clone());
        }
        known.try_set(Some(unclear));
    };
    let open = move || {
        let asked = open_unclear(id.get_value());
        spawn_local(async move {
            match asked.await {
                Ok(unclear) => told(unclear),
                Err(error) => drop(act.trouble.try_set(Some(error))),
            }
        });
    };
    Effect::new(open);
    let check = move |_| act.run(check_again(id.get_value()), told);
    let again = move |_| act.run(send_again(id.get_value()), move |work| on_settled.run(work));
    let take = Callback::new(move |candidate: String| {
        act.run(adopt(id.get_value(), candidate), move |work| on_settled.run(work));
    });
    on_change(move |topic| concerns(topic, known), open);
    let surroundings = use_surroundings();
    let off = Signal::derive(move || act.busy.get() || !surroundings.may(Action::Spend));
    view! {
        <div class="unclear note note-warn" role="group" aria-label="Unclear call">
            <Icon name=IconName::Warning />
            <div class="unclear-body">
                <div role="alert">
                    <p class="note-message">
                        {reason.unwrap_or_else(|| "No clear answer came, so this may have been charged.".to_owned())}
                        {code.map(|code| view! { " " <code>{code}</code> })}
                    </p>
                    <p>"It is never sent again by itself. You decide:"</p>
                </div>
                {move || known.get().map(|unclear| view! { <Known unclear off take /> })}
                <div class="buttons">
                    <button type="button" class="button" disabled=off on:click=check>
                        <Icon name=IconName::Search />
                        "Check again"
                    </button>
                    {move || {
                        known.with(|known| known.as_ref().map(|known| known.same_key_until)).map(|until| {
                            view! { <SendAgain until off on_send=again /> }
                        })
                    }}
                </div>
                {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
            </div>
        </div>
    }
}

/// The facts, and what the call may have made.
#[component]
fn Known(unclear: Unclear, off: Signal<bool>, take: Callback<String>) -> impl IntoView {
    let candidates = unclear.candidates;
    let found = if candidates.is_empty() {
        view! { <p>"Nothing that this call could have made was found at GEN."</p> }.into_any()
    } else {
        let list = candidates.into_iter().map(|one| view! { <One one off take /> }).collect_view();
        view! {
            <p>"This appeared at GEN since and nobody claims it:"</p>
            <ul role="list" aria-label="What it may have made">{list}</ul>
        }
        .into_any()
    };
    view! {
        {balance_words(unclear.balance_before, unclear.balance_now).map(|words| view! { <p class="num">{words}</p> })}
        {found}
    }
}

#[component]
fn One(one: Candidate, off: Signal<bool>, take: Callback<String>) -> impl IntoView {
    let (id, name) = (one.id.clone(), format!("Adopt this one, {}", one.id));
    view! {
        <li class="candidate">
            <span class="grow">{one.label} " " <code>{one.id}</code></span>
            <button type="button" class="button" aria-label=name disabled=off on:click=move |_| take.run(id.clone())>
                "Adopt this one"
            </button>
        </li>
    }
}

/// GEN charges once for one key, for a day; after that the button is gone and says why.
#[component]
fn SendAgain(
    until: i64,
    off: Signal<bool>,
    on_send: impl Fn(leptos::ev::MouseEvent) + Copy + Send + 'static,
) -> impl IntoView {
    let now = every_second();
    let over = Memo::new(move |_| now.get().is_some_and(|now| now >= until));
    move || {
        if over.get() {
            view! {
                <p class="meta">
                    "It can no longer be sent again: GEN knows its key for a day only, and might charge a second time. If you are sure that it did not run, start it anew."
                </p>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="button" disabled=off on:click=on_send>
                    <Icon name=IconName::Send />
                    "Send again"
                </button>
                <p class="meta">
                    {move || {
                        let until = now.get().map_or_else(|| "for a day".to_owned(), |now| format!("until {}", clock_until(until, now)));
                        format!("It bears the same key {until}, so GEN charges once.")
                    }}
                </p>
            }
            .into_any()
        }
    }
}

fn concerns(topic: &Topic, known: RwSignal<Option<Unclear>>) -> bool {
    let agent = known.with_untracked(|known| known.as_ref().map(|known| known.work.agent_id.clone()));
    matches!(topic, Topic::Work { agent_id } if agent.as_ref() == Some(agent_id))
}

fn balance_words(before: Option<f64>, now: Option<f64>) -> Option<String> {
    let words = match (before?, now?) {
        (before, now) if now < before => format!("{} less", credits(before - now)),
        (before, now) if now > before => format!("{} more", credits(now - before)),
        _ => "unchanged".to_owned(),
    };
    Some(format!("Credits: {} before, {} now ({words}).", credits(before?), credits(now?)))
}

#[cfg(test)]
mod tests {
    use super::balance_words;

    #[test]
    fn the_balance_tells_what_changed() {
        assert_eq!(
            balance_words(Some(8_412.0), Some(8_162.0)).as_deref(),
            Some("Credits: 8,412 cr before, 8,162 cr now (250 cr less).")
        );
        assert_eq!(balance_words(None, Some(1.0)), None);
    }
}
