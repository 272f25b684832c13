use gen_client::model::{DESCRIPTION_MAX, PERSONALITY_MAX, TARGET_PLATFORMS_MAX};
use leptos::prelude::*;
use model::{CorePart, LIST_WORD_MAX};

use super::card::{CoreCard, FieldProblem};
use super::core_form::CoreForm;
use super::text_field::TextField;
use crate::ui::Chips;

/// Who is speaking, and how.
#[component]
pub(super) fn IdentityCard(form: CoreForm) -> impl IntoView {
    let platforms = Signal::derive(move || form.now.with(|now| now.target_platforms.clone()));
    view! {
        <CoreCard form card=CorePart::Personality title="Identity & personality" lead="Who is speaking, and how.">
            <div class="core-identity">
                <div class="core-identity-side">
                    <TextField
                        form
                        card=CorePart::Personality
                        label="Description"
                        id="description"
                        get=|core| &core.description
                        get_mut=|core| &mut core.description
                        max=DESCRIPTION_MAX
                        area=true
                    />
                    <div class="field">
                        <span class="label" aria-hidden="true">
                            "Target platforms"
                        </span>
                        <Chips
                            label="Target platforms"
                            items=platforms
                            placeholder="Add a platform"
                            max=TARGET_PLATFORMS_MAX
                            longest=LIST_WORD_MAX
                            disabled=form.locked
                            on_change=move |list| form.edit(CorePart::Personality, |core| core.target_platforms = list)
                        />
                        <FieldProblem form card=CorePart::Personality label="Target platforms" id="target-platforms-problem" />
                    </div>
                </div>
                <TextField
                    form
                    card=CorePart::Personality
                    label="Personality"
                    id="personality"
                    get=|core| &core.personality
                    get_mut=|core| &mut core.personality
                    max=PERSONALITY_MAX
                    area=true
                />
            </div>
        </CoreCard>
    }
}
