use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, NewFile, Sketch};

use super::server_fns::create_organization;
use crate::activity::Curl;
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{Act, FileInput, draft_text};

const PICTURE_MAX: usize = 8 * 1024 * 1024;

/// Makes an organization; whoever owns the first key owns it.
#[component]
pub(super) fn NewOrganization(#[prop(into)] on_made: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let name = RwSignal::new(String::new());
    draft_text("new-organization", name);
    let picture = RwSignal::new(None::<NewFile>);
    let attempt = Act::idle();
    let choose = move |file: Result<NewFile, AppError>| match file {
        Ok(file) => {
            attempt.trouble.set(None);
            picture.set(Some(file));
        }
        Err(error) => attempt.trouble.set(Some(error)),
    };
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        attempt.run(create_organization(name.get_untracked(), picture.get_untracked()), move |_| {
            name.set(String::new());
            picture.set(None);
            surroundings.agents.refetch();
            on_made.run(());
        });
    };
    let locked = Signal::derive(move || !surroundings.may(Action::Administer));
    view! {
        <form class="card new-agent" aria-labelledby="new-organization" method="post" on:submit=create>
            <h2 id="new-organization">"New organization"</h2>
            <p class="meta">"GEN makes the first agent of it by itself. It begins without credits."</p>
            <Transition>
                <div class="add-key-fields">
                    <label class="field">
                        <span class="label">"Name"</span>
                        <input class="input" type="text" autocomplete="off" maxlength="255" disabled=locked bind:value=name />
                    </label>
                    <FileInput
                        label="Picture (optional)"
                        id="new-organization-picture"
                        accept="image/jpeg,image/png,image/webp,image/gif"
                        max=PICTURE_MAX
                        disabled=locked
                        on_file=choose
                    />
                </div>
                {move || picture.get().map(|file| view! { <p class="meta" role="status">{file.name} " is chosen."</p> })}
                {attempt.note()}
                <div class="buttons">
                    <button
                        type="submit"
                        class="button primary"
                        disabled=move || locked.get() || attempt.busy.get() || name.with(|name| name.trim().is_empty())
                    >
                        "Create organization"
                    </button>
                    <Curl what=move |()| Sketch::CreateOrganization(name.get_untracked()) />
                    {move || locked.get().then(|| view! { <span class="meta">"Only an admin of this installation can."</span> })}
                </div>
            </Transition>
        </form>
    }
}
