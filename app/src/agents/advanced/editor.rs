use gen_client::AgentId;
use gen_client::model::AgentProfile;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, Sketch};

use super::server_fns::save_profile;
use crate::activity::Curl;
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{Act, SaveState, Saving, draft_text};

/// Changes sections as JSON: GEN describes none of their fields, so none is drawn as a form.
#[component]
pub(super) fn Editor(agent: AgentId, sections: Signal<AgentProfile>, changed: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let agent = StoredValue::new(agent);
    let text = RwSignal::new(String::new());
    draft_text(format!("profile-{}", agent.get_value()), text);
    let (attempt, saved) = (Act::idle(), RwSignal::new(false));
    let new = move || sections.with(|sections| *sections == AgentProfile::default());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        match text.with_untracked(|text| read(text)) {
            Ok(profile) => attempt.run(save_profile(agent.get_value(), profile, untrack(new)), move |_| {
                saved.set(true);
                text.set(String::new());
                changed.run(());
            }),
            Err(error) => attempt.trouble.set(Some(error)),
        }
    };
    let begin = move |_| {
        text.set(sections.with_untracked(|all| serde_json::to_string_pretty(all).unwrap_or_default()));
    };
    let state = Signal::derive(move || Saving::of(attempt.busy.get(), saved.get()));
    let drawn = move |()| {
        let profile = text.with_untracked(|text| read(text)).unwrap_or_default();
        Sketch::SaveProfile(profile, untrack(new))
    };
    view! {
        <form class="card" aria-labelledby="edit-profile" method="post" on:submit=save>
            <header class="card-head">
                <h2 id="edit-profile">"Change sections"</h2>
                <SaveState state />
            </header>
            <label class="field">
                <span class="label">"Sections as JSON"</span>
                <textarea
                    class="input mono"
                    rows="8"
                    spellcheck="false"
                    placeholder="{\"brand\": {\"goal\": \"growth\"}}"
                    disabled=move || !surroundings.may(Action::Edit)
                    prop:value=text
                    on:input:target=move |event| {
                        saved.set(false);
                        text.set(event.target().value());
                    }
                ></textarea>
            </label>
            {attempt.note()}
            <div class="buttons">
                <button
                    type="submit"
                    class="button primary"
                    disabled=move || {
                        !surroundings.may(Action::Edit) || attempt.busy.get() || text.with(|text| text.trim().is_empty())
                    }
                >
                    {move || if new() { "Set up" } else { "Save sections" }}
                </button>
                <button type="button" class="button" on:click=begin>
                    "Begin with what is there"
                </button>
                <Curl what=drawn />
            </div>
        </form>
    }
}

/// Sections out of JSON; what is no section is refused, so that a slip does not pass for a saved change.
fn read(text: &str) -> Result<AgentProfile, AppError> {
    let refuse = |why: String| AppError::invalid("Profile", why);
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| refuse(format!("This is no JSON: {error}.")))?;
    let Some(fields) = value.as_object() else {
        return Err(refuse("A profile is an object with the sections identity, voice and brand.".to_owned()));
    };
    let strange = |name: &&String| !["identity", "voice", "brand"].contains(&name.as_str());
    if let Some(name) = fields.keys().find(strange) {
        return Err(refuse(format!("“{name}” is no section; they are identity, voice and brand.")));
    }
    if let Some((name, _)) = fields.iter().find(|(_, section)| !section.is_object()) {
        return Err(refuse(format!("The section “{name}” has to be an object.")));
    }
    serde_json::from_value(value).map_err(|error| refuse(format!("This is no profile: {error}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_three_sections_are_read() {
        assert_eq!(read(r#"{"brand":{"goal":"growth"}}"#).unwrap().brand.unwrap()["goal"], "growth");
        for wrong in ["", "[]", r#"{"mood":{}}"#, r#"{"brand":[]}"#] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
