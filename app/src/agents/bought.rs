use leptos::prelude::*;
use model::{Bought, Progress};

use crate::generations::StateWord;
use crate::paths;
use crate::ui::{Icon, IconName, credits, credits_estimate};

/// Where something bought for an agent stands: going on or done in a line, anything else with why, what it cost and
/// what to do.
pub(super) fn bought_note<T>(bought: &Bought<T>) -> AnyView {
    let progress = bought.progress;
    let money = match (bought.cost, bought.estimate) {
        (Some(cost), _) => credits(cost),
        (None, Some(estimate)) if estimate > 0.0 => credits_estimate(estimate),
        _ => String::new(),
    };
    let advice = match progress {
        Progress::Held | Progress::Queued => Some("Nothing was sent yet; it waits in the queue."),
        Progress::Unknown => {
            Some("It may have been charged. Look again, or send it once more, in the queue.")
        }
        Progress::Refused | Progress::NotSent => Some("Nothing was charged."),
        Progress::Failed | Progress::Stopped => Some("GEN gives the credits back for what it could not do."),
        _ => None,
    };
    let in_queue = matches!(progress, Progress::Held | Progress::Queued | Progress::Unknown);
    let Some(advice) = advice else {
        return view! {
            <p class="bought" role="status">
                <StateWord progress />
                <span class="muted num">{money}</span>
            </p>
        }
        .into_any();
    };
    let class = match progress {
        Progress::Queued => "note",
        Progress::Held | Progress::Unknown => "note note-warn",
        _ => "note note-error",
    };
    let reason = bought.reason.clone();
    let code = bought.error_code.clone();
    view! {
        <div class=class role="status">
            <Icon name=IconName::Info />
            <div>
                <p class="note-message">
                    <StateWord progress />
                    " "
                    {reason}
                </p>
                <p>
                    {advice} " " {in_queue.then(|| view! { <a href=paths::QUEUE>"Queue"</a> })}
                </p>
                {code.map(|code| view! { <code>{code}</code> })}
            </div>
        </div>
    }
    .into_any()
}

/// The same of a new voice, by its name.
pub(super) fn new_voice_note(bought: &Bought<String>) -> impl IntoView + use<> {
    view! {
        <p class="meta">{bought.what.clone()} ": it stands in the library once it is ready."</p>
        {bought_note(bought)}
    }
}
