//! What Reelsheet asked of GEN: one line a call, without ids, bodies or keys.

mod curl;
pub mod server_fns;

pub use curl::Curl;

use leptos::prelude::*;
use leptos_meta::Title;
use model::ApiCall;

use crate::error::AppError;
use crate::page;
use crate::paths;
use crate::ui::{CopyButton, Empty, ErrorNote, Icon, IconName, TimeAgo};
use server_fns::list_calls;

/// As many calls as one page of the log holds.
const PAGE: usize = 100;

/// What of the log is wanted, as the address says it.
type Wanted = (Option<i64>, bool, bool);

/// The log of calls.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let (before, failed, changes) = (page::query("before"), page::query("failed"), page::query("changes"));
    let wanted = Memo::new(move |_| -> Wanted {
        let before = before.get().and_then(|before| before.parse().ok());
        (before, failed.get().is_some(), changes.get().is_some())
    });
    let calls =
        Resource::new(move || wanted.get(), |(before, failed, changes)| list_calls(before, failed, changes));
    view! {
        <Title text="Activity · Reelsheet" />
        <div class="page-head">
            <h1>"Activity"</h1>
            <Filters wanted />
            <div class="end">
                <button type="button" class="button" on:click=move |_| calls.refetch()>
                    <Icon name=IconName::Refresh />
                    "Refresh"
                </button>
            </div>
        </div>
        <div class="page-body">
            <p class="meta">
                "Calls to GEN of the last 30 days with your keys: what was called and how it ended, never ids, bodies or keys."
            </p>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || calls.get().map(|calls| view! { <Calls calls wanted=wanted.get() /> })}
            </Transition>
        </div>
    }
}

#[component]
fn Filters(wanted: Memo<Wanted>) -> impl IntoView {
    let link = move |words: &'static str, failed: bool, changes: bool| {
        let current = move || {
            let (_, now_failed, now_changes) = wanted.get();
            ((now_failed, now_changes) == (failed, changes)).then_some("true")
        };
        view! {
            <li>
                <a href=paths::activity(None, failed, changes) aria-current=current>
                    {words}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label="Show">
            <ul>
                {link("All", false, false)} {link("Changes", false, true)} {link("Failed", true, false)}
            </ul>
        </nav>
    }
}

#[component]
fn Calls(calls: Result<Vec<ApiCall>, AppError>, wanted: Wanted) -> impl IntoView {
    let calls = match calls {
        Ok(calls) if calls.is_empty() => {
            return view! { <Empty icon=IconName::Activity title="No call of this sort went to GEN." /> }
                .into_any();
        }
        Ok(calls) => calls,
        Err(error) => return view! { <ErrorNote error /> }.into_any(),
    };
    let (_, failed, changes) = wanted;
    let older = calls.last().filter(|_| calls.len() == PAGE).map(|last| {
        view! {
            <a class="button" href=paths::activity(Some(last.id), failed, changes)>
                "Older calls"
            </a>
        }
    });
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label="Calls to GEN">
            <table class="table calls">
                <thead>
                    <tr>
                        <th scope="col">"When"</th>
                        <th scope="col">"Call"</th>
                        <th scope="col">"Operation"</th>
                        <th scope="col">"Answer"</th>
                        <th scope="col" class="end">
                            "Took"
                        </th>
                        <th scope="col">"Key"</th>
                        <th scope="col">
                            <span class="visually-hidden">"Copy"</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{calls.into_iter().map(|call| view! { <Line call /> }).collect_view()}</tbody>
            </table>
        </div>
        <div class="buttons">{older}</div>
    }
    .into_any()
}

#[component]
fn Line(call: ApiCall) -> impl IntoView {
    let good = call.status.is_some_and(|status| status < 400);
    let (class, icon) =
        if good { ("state ok", IconName::CheckCircle) } else { ("state error", IconName::CrossCircle) };
    let status = call.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    view! {
        <tr>
            <td>
                <TimeAgo at=call.at />
            </td>
            <td>
                <code>{call.method} " " {call.path}</code>
            </td>
            <td>{call.operation}</td>
            <td>
                <span class=class>
                    <Icon name=icon />
                    {status}
                </span>
                " "
                {call.code.map(|code| view! { <code class="muted">{code}</code> })}
            </td>
            <td class="end num">{call.ms} " ms"</td>
            <td>{call.key}</td>
            <td class="end">
                <CopyButton text=Signal::derive(move || call.curl.clone()) words="Copy as curl" />
            </td>
        </tr>
    }
}
