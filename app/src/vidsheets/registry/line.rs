use leptos::prelude::*;
use model::{Action, VidsheetSummary};

use super::unfinished::Unfinished;
use super::{Desk, shown_title};
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, Icon, IconName, TimeAgo, credits};
use crate::vidsheets::server_fns::archive_vidsheet;

/// One vidsheet of the registry.
#[component]
pub(super) fn Line(line: VidsheetSummary, desk: Desk) -> impl IntoView {
    let title = shown_title(&line);
    let (filled, of) = line.filled;
    // An empty vidsheet has nothing to fill.
    let percent =
        if of == 0 { "–".to_owned() } else { format!("{} %", u64::from(filled) * 100 / u64::from(of)) };
    let href = paths::vidsheet(&line.agent_id, &line.id);
    let labels =
        line.labels.iter().map(|label| view! { <li class="tag">{label.clone()}</li> }).collect_view();
    let has_labels = !line.labels.is_empty();
    let missing = line.missing.clone();
    let (agent, vidsheet) = (line.agent_id.clone(), line.id.clone());
    view! {
        <tr>
            <th scope="row">
                <a href=href>{title.clone()}</a>
                {has_labels
                    .then(|| {
                        view! {
                            <ul role="list" class="vidsheet-labels" aria-label=format!("Labels of {title}")>
                                {labels}
                            </ul>
                        }
                    })}
                {missing.map(|missing| view! { <Unfinished agent vidsheet missing /> })}
            </th>
            <td class="end num">{line.rows}</td>
            <td class="end num">{percent}</td>
            <td class="end num">{line.renders}</td>
            <td class="end num">{credits(line.spent)}</td>
            <td>
                <TimeAgo at=line.updated_at />
            </td>
            <td class="end">
                <Actions line desk />
            </td>
        </tr>
    }
}

#[component]
fn Actions(line: VidsheetSummary, desk: Desk) -> impl IntoView {
    let surroundings = use_surroundings();
    let title = shown_title(&line);
    let (archived, archiving) = (line.archived, Act::idle());
    let locked = move || !surroundings.may(Action::Edit) || archiving.busy.get();
    let line = StoredValue::new(line);
    let archive = move |_| {
        let (agent, vidsheet) = line.with_value(|line| (line.agent_id.clone(), line.id.clone()));
        archiving.run(archive_vidsheet(agent, vidsheet, !archived), |()| ());
    };
    let word = if archived { "Restore" } else { "Archive" };
    view! {
        <div class="vidsheet-acts">
            <button
                type="button"
                class="button"
                aria-label=format!("Clone {title}")
                disabled=locked
                on:click=move |_| desk.copying.set(Some(line.get_value()))
            >
                <Icon name=IconName::Sheets />
                "Clone"
            </button>
            <button
                type="button"
                class="button"
                aria-label=format!("Name and labels of {title}")
                disabled=locked
                on:click=move |_| desk.describing.set(Some(line.get_value()))
            >
                <Icon name=IconName::Edit />
                "Label"
            </button>
            <button
                type="button"
                class="button"
                aria-label=format!("{word} {title}")
                title="Hides it here. GEN has no delete: there it stays as it is."
                disabled=locked
                on:click=archive
            >
                {word}
            </button>
        </div>
        {archiving.note()}
    }
}
