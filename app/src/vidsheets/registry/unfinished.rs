use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use model::{Action, VidsheetPlan};

use crate::shell::use_surroundings;
use crate::ui::Act;
use crate::vidsheets::server_fns::{complete_vidsheet, drop_plan};

/// What a vidsheet was made for and does not have yet, and the way to make it.
#[component]
pub(super) fn Unfinished(agent: AgentId, vidsheet: VidsheetId, missing: VidsheetPlan) -> impl IntoView {
    let surroundings = use_surroundings();
    let act = Act::idle();
    let locked = move || !surroundings.may(Action::Edit) || act.busy.get();
    let ids = StoredValue::new((agent, vidsheet));
    let complete = move |_| {
        let (agent, vidsheet) = ids.get_value();
        act.run(complete_vidsheet(agent, vidsheet), |()| ());
    };
    let leave = move |_| {
        let (agent, vidsheet) = ids.get_value();
        act.run(drop_plan(agent, vidsheet), |()| ());
    };
    view! {
        <div class="vidsheet-missing">
            <span class="tone-warn">{missing_words(&missing)}</span>
            <button type="button" class="link-button" disabled=locked on:click=complete>
                {move || if act.busy.get() { "Making it" } else { "Make what is missing" }}
            </button>
            <button type="button" class="link-button" disabled=locked on:click=leave>
                "Leave it so"
            </button>
        </div>
        {act.note()}
    }
}

/// Such as “2 columns and 3 rows are missing: HOOK, SCRIPT”.
pub(crate) fn missing_words(missing: &VidsheetPlan) -> String {
    let count = |n: usize, one: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {one}s")),
    };
    let parts: Vec<String> = [count(missing.columns.len(), "column"), count(missing.rows as usize, "row")]
        .into_iter()
        .flatten()
        .collect();
    let is = if missing.calls() == 1 { "is" } else { "are" };
    let titles: Vec<&str> = missing.columns.iter().map(|column| column.title.as_str()).collect();
    let named = if titles.is_empty() { String::new() } else { format!(": {}", titles.join(", ")) };
    format!("{} {is} missing{named}", parts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::PlannedColumn;

    #[test]
    fn what_is_missing_is_named() {
        let column = |title: &str| PlannedColumn { title: title.into(), kind: "text".into() };
        let words = |columns: &[&str], rows| {
            missing_words(&VidsheetPlan {
                columns: columns.iter().map(|title| column(title)).collect(),
                rows,
            })
        };
        assert_eq!(words(&["HOOK", "SCRIPT"], 3), "2 columns and 3 rows are missing: HOOK, SCRIPT");
        assert_eq!(words(&[], 1), "1 row is missing");
    }
}
