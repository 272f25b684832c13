use gen_client::model::AgentCore;
use leptos::prelude::*;
use model::{CorePart, CoreSnapshot, Topic, core_changes};

use super::super::super::server_fns::{list_core_snapshots, open_core_snapshot, restore_core};
use super::super::core_form::CoreForm;
use super::changes::Changes;
use crate::error::AppError;
use crate::live::on_change;
use crate::ui::{Act, Empty, ErrorNote, Icon, IconName, TimeAgo};

/// Every save of the core, newest first, and the way back to one of them.
#[component]
pub(super) fn History(form: CoreForm) -> impl IntoView {
    let agent = form.agent.get_value();
    let own = agent.clone();
    let snapshots = Resource::new(|| (), move |()| list_core_snapshots(agent.clone()));
    on_change(
        move |topic| matches!(topic, Topic::Agent { agent_id } if *agent_id == own),
        move || snapshots.refetch(),
    );
    let opened = RwSignal::new(None::<i64>);
    let known = move || snapshots.get().and_then(Result::ok).unwrap_or_default();
    view! {
        <p class="meta">"Each save is kept. What others change at GEN is kept with the next save here."</p>
        <Transition fallback=|| view! { <div class="skeleton"></div> }>
            {move || snapshots.get().and_then(Result::err).map(|error| view! { <ErrorNote error /> })}
            <Show when=move || matches!(snapshots.get(), Some(Ok(snapshots)) if snapshots.is_empty())>
                <Empty icon=IconName::Clock title="Nothing was saved here yet." />
            </Show>
            <ol class="snapshots" aria-label="Snapshots">
                <For each=known key=|snapshot| snapshot.id let:snapshot>
                    <Line form snapshot opened />
                </For>
            </ol>
        </Transition>
    }
}

#[component]
fn Line(form: CoreForm, snapshot: CoreSnapshot, opened: RwSignal<Option<i64>>) -> impl IntoView {
    let id = snapshot.id;
    let is_open = move || opened.get() == Some(id);
    let toggle = move |_| opened.update(|opened| *opened = (*opened != Some(id)).then_some(id));
    let who = snapshot.person.unwrap_or_else(|| "At GEN".to_owned());
    let changed = if snapshot.changed.is_empty() {
        "As it was first seen".to_owned()
    } else {
        snapshot.changed.join(", ")
    };
    view! {
        <li>
            <button type="button" class="snapshot" aria-expanded=move || is_open().to_string() on:click=toggle>
                <span class="snapshot-head">
                    <strong>{who}</strong>
                    <TimeAgo at=snapshot.at />
                </span>
                <span class="muted">{changed}</span>
            </button>
            {move || is_open().then(|| view! { <Opened form id /> })}
        </li>
    }
}

/// What going back would change, and the button for it.
#[component]
fn Opened(form: CoreForm, id: i64) -> impl IntoView {
    let agent = form.agent.get_value();
    let then = Resource::new(|| (), move |()| open_core_snapshot(agent.clone(), id));
    view! {
        <Suspense fallback=|| view! { <div class="skeleton"></div> }>
            {move || {
                then.get()
                    .map(|then| match then {
                        Ok(then) => view! { <Restore form id then /> }.into_any(),
                        Err(error) => view! { <ErrorNote error /> }.into_any(),
                    })
            }}
        </Suspense>
    }
}

#[component]
fn Restore(form: CoreForm, id: i64, then: AgentCore) -> impl IntoView {
    let chosen = RwSignal::new(CorePart::ALL.to_vec());
    let (attempt, done) = (Act::idle(), RwSignal::new(false));
    let changes = Memo::new(move |_| form.seen.with(|seen| core_changes(seen, &then)));
    let restore = move |_| {
        let agent = form.agent.get_value();
        done.set(false);
        attempt.run(restore_core(agent, id, chosen.get_untracked()), move |(saved, fresh)| {
            let failed: Vec<String> =
                saved.failed().map(|(section, reason)| format!("{section}: {reason}")).collect();
            form.replaced(fresh);
            if failed.is_empty() {
                done.set(true);
            } else {
                attempt.trouble.set(Some(AppError::partly_saved(&failed)));
            }
        });
    };
    let nothing = move || changes.with(Vec::is_empty);
    let idle = move || form.locked.get() || attempt.busy.get() || chosen.with(Vec::is_empty);
    view! {
        <div class="snapshot-body">
            <Show when=nothing>
                <p class="state ok">
                    <Icon name=IconName::CheckCircle />
                    "The core is like this now."
                </p>
            </Show>
            <Show when=move || !nothing()>
                {move || view! { <Changes changes=changes.get() chosen /> }}
                <div class="buttons">
                    <button type="button" class="button primary" disabled=idle on:click=restore>
                        "Restore"
                    </button>
                </div>
            </Show>
            {attempt.note()}
            <div role="status">
                {move || done.get().then(|| view! { <p class="state ok">"Restored; this was saved as a snapshot too."</p> })}
            </div>
        </div>
    }
}
