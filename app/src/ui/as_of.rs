use leptos::prelude::*;
use model::Trouble;

use super::{ClockTime, Icon, IconName};

/// How old a saved copy is; an amber bar instead where it could not be renewed.
#[component]
pub fn AsOf(
    /// When the copy was true, in milliseconds since 1970.
    as_of: i64,
    /// Whether it is being renewed at this moment.
    refreshing: bool,
    /// Why it could not be renewed.
    trouble: Option<Trouble>,
) -> impl IntoView {
    match trouble {
        Some(trouble) => view! { <TroubleBar as_of trouble /> }.into_any(),
        None => view! {
            <p class="as-of">
                "as of " <ClockTime at=as_of />
                {refreshing
                    .then(|| {
                        view! {
                            " "
                            <span class="info">
                                <Icon name=IconName::Refresh />
                                "renewing"
                            </span>
                        }
                    })}
            </p>
        }
        .into_any(),
    }
}

/// Said aloud, because what is on the screen may have changed at GEN meanwhile.
#[component]
fn TroubleBar(as_of: i64, trouble: Trouble) -> impl IntoView {
    let what = if trouble.unreachable { "GEN unreachable since " } else { "GEN refuses since " };
    view! {
        <div class="note note-warn" role="alert">
            <Icon name=IconName::Warning />
            <div>
                <p class="note-message">
                    {what} <ClockTime at=trouble.since /> " — showing the copy saved at " <ClockTime at=as_of />
                </p>
                <p>{trouble.message} {trouble.code.map(|code| view! { " " <code>{code}</code> })}</p>
            </div>
        </div>
    }
}
