//! Names between double braces, completed while they are typed: variables of the sheet and titles of its columns.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::grid_state::GridState;
use super::variables::server_fns::list_variables;

/// The most names that are shown at once.
const SHOWN: usize = 8;
const LIST: &str = "names-to-complete";

/// Where names come from; what the page provides to every field below it.
#[derive(Clone, Copy)]
struct Names {
    state: GridState,
    /// `None` until somebody opened braces.
    variables: RwSignal<Option<Vec<String>>>,
}

/// Lets the fields of a page complete the names of its sheet.
pub fn provide_names(state: GridState) {
    provide_context(Names { state, variables: RwSignal::new(None) });
}

impl Names {
    /// Asks for the variables once. Without them columns are still completed.
    fn load(self) {
        if self.variables.with_untracked(Option::is_some) {
            return;
        }
        self.variables.set(Some(Vec::new()));
        let (agent, vidsheet) = self.state.ids.get_value();
        spawn_local(async move {
            match list_variables(agent, vidsheet).await {
                Ok(list) => {
                    drop(self.variables.try_set(Some(list.value.names().map(str::to_owned).collect())))
                }
                Err(error) => {
                    leptos::logging::warn!("variables are not completed: {}", error.message);
                    self.variables.try_set(None);
                }
            }
        });
    }

    fn matching(self, typed: &str) -> Vec<String> {
        let columns = self.state.columns.with(|columns| {
            let people = columns.iter().filter(|column| !column.role.is_system());
            people.map(|column| column.title.clone()).collect::<Vec<_>>()
        });
        let variables = self.variables.get().unwrap_or_default();
        let typed = typed.to_lowercase();
        let mut found: Vec<String> = variables
            .into_iter()
            .chain(columns)
            .filter(|name| name.to_lowercase().contains(&typed))
            .collect();
        found.sort_by_key(|name| !name.to_lowercase().starts_with(&typed));
        found.dedup();
        found.truncate(SHOWN);
        found
    }
}

/// A text area that completes names. Arrows choose, Enter and Tab take, Escape goes on typing.
#[component]
pub fn Completes(
    /// The text area inside.
    area: NodeRef<html::Textarea>,
    /// Takes the text with the completed name.
    #[prop(into)]
    write: Callback<String>,
    /// The text area.
    children: Children,
) -> impl IntoView {
    let names = use_context::<Names>();
    let typed = RwSignal::new(None::<String>);
    let chosen = RwSignal::new(0_usize);
    let found = Memo::new(move |_| match (names, typed.get()) {
        (Some(names), Some(typed)) => names.matching(&typed),
        _ => Vec::new(),
    });
    let look = move || {
        let open = area.get_untracked().and_then(|area| {
            let caret = area.selection_start().ok().flatten()?;
            open_name(&area.value(), caret as usize).map(|(_, typed)| typed)
        });
        if open.is_some()
            && let Some(names) = names
        {
            names.load();
        }
        if typed.with_untracked(|typed| *typed != open) {
            typed.set(open);
            chosen.set(0);
        }
    };
    let take = move |name: String| {
        let Some(area) = area.get_untracked() else { return };
        let caret = area.selection_start().ok().flatten().unwrap_or_default() as usize;
        if let Some((text, caret)) = completed(&area.value(), caret, &name) {
            write.run(text);
            typed.set(None);
            request_animation_frame(move || {
                let caret = u32::try_from(caret).unwrap_or(u32::MAX);
                if let Err(error) = area.focus().and_then(|()| area.set_selection_range(caret, caret)) {
                    leptos::logging::error!("cannot move the caret: {error:?}");
                }
            });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let (count, at) = (found.with_untracked(Vec::len), chosen.get_untracked());
        if count == 0 || event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => chosen.set((at + 1) % count),
            "ArrowUp" => chosen.set((at + count - 1) % count),
            "Enter" | "Tab" => {
                if let Some(name) = found.with_untracked(|found| found.get(at).cloned()) {
                    take(name);
                }
            }
            "Escape" => typed.set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // The list is told to the text area, which keeps the focus.
    Effect::new(move || {
        let Some(area) = area.get() else { return };
        let option = (!found.with(Vec::is_empty)).then(|| option_id(chosen.get()));
        let told = match option {
            Some(option) => area.set_attribute("aria-activedescendant", &option),
            None => area.remove_attribute("aria-activedescendant"),
        };
        if let Err(error) = told.and_then(|()| area.set_attribute("aria-autocomplete", "list")) {
            leptos::logging::error!("the list of names cannot be announced: {error:?}");
        }
    });
    let option = move |(at, name): (usize, String)| {
        let words = name.clone();
        view! {
            <li
                id=option_id(at)
                role="option"
                aria-selected=move || (chosen.get() == at).to_string()
                on:mousedown=move |event| {
                    event.prevent_default();
                    event.stop_propagation();
                    take(name.clone());
                }
            >
                {words}
            </li>
        }
    };
    view! {
        <div class="completes" on:keydown:capture=on_key on:input=move |_| look() on:click=move |_| look() on:focusout=move |_| typed.set(None)>
            {children()}
            <Show when=move || !found.with(Vec::is_empty)>
                <ul id=LIST class="names" role="listbox" aria-label="Names">
                    {move || found.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
            </Show>
        </div>
    }
}

fn option_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

/// The name that is being typed before the caret: where its braces begin in UTF-16 units, and what is typed so far.
fn open_name(text: &str, caret: usize) -> Option<(usize, String)> {
    let units: Vec<u16> = text.encode_utf16().take(caret).collect();
    let before = String::from_utf16(&units).ok()?;
    let (head, typed) = before.rsplit_once("{{")?;
    let is_open = !typed.contains(['{', '}', '\n']) && typed.chars().count() <= 60;
    is_open.then(|| (head.encode_utf16().count(), typed.trim_start().to_owned()))
}

/// The text with the name completed, and where the caret goes. Braces that are closed already are not closed twice.
fn completed(text: &str, caret: usize, name: &str) -> Option<(String, usize)> {
    let (begin, _) = open_name(text, caret)?;
    let units: Vec<u16> = text.encode_utf16().collect();
    let head = String::from_utf16(units.get(..begin)?).ok()?;
    let tail = String::from_utf16(units.get(caret..)?).ok()?;
    let tail = tail.strip_prefix("}}").unwrap_or(&tail);
    let named = format!("{head}{{{{{name}}}}}");
    let caret = named.encode_utf16().count();
    Some((named + tail, caret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_open_between_its_braces_and_the_caret() {
        assert_eq!(open_name("🏺 {{br", 7), Some((3, "br".to_owned())));
        assert_eq!(open_name("{{brand}} and", 13), None);
        assert_eq!(open_name("{{ ", 3), Some((0, String::new())));
        assert_eq!(open_name("{brand", 6), None);
        assert_eq!(open_name("{{a\nb", 5), None);
    }

    #[test]
    fn what_is_completed_is_closed_once() {
        assert_eq!(completed("🏺 {{br now", 7, "brand"), Some(("🏺 {{brand}} now".to_owned(), 12)));
        assert_eq!(completed("{{br}} now", 4, "brand"), Some(("{{brand}} now".to_owned(), 9)));
        assert_eq!(completed("plain", 5, "brand"), None);
    }
}
