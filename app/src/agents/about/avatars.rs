use gen_client::model::Avatar;
use gen_client::{AgentId, AvatarId};
use leptos::prelude::*;
use model::{Action, Cached, NewFile, Sketch};

use super::super::server_fns::{add_avatar, delete_avatars, set_primary_avatar};
use crate::activity::Curl;
use crate::error::AppError;
use crate::page::{self, Answer};
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, Dialog, ErrorNote, FileInput, Icon, IconName};

/// So many are drawn at first.
const SHOWN: usize = 20;
const PICTURE_MAX: usize = 8 * 1024 * 1024;

/// The pictures of an agent; one of them stands for it.
#[component]
pub(super) fn Avatars(agent: AgentId, avatars: Resource<Answer<Cached<Vec<Avatar>>>>) -> impl IntoView {
    let surroundings = use_surroundings();
    let (known, error) = page::kept(avatars);
    let newest = RwSignal::new(None::<Vec<Avatar>>);
    // What an act of ours answered is newer than what was loaded, until that is loaded again.
    Effect::new(move || {
        known.track();
        newest.set(None);
    });
    let all =
        Memo::new(move |_| newest.get().or_else(|| known.get().map(|known| known.value)).unwrap_or_default());
    let (chosen, shown) = (RwSignal::new(Vec::<AvatarId>::new()), RwSignal::new(SHOWN));
    let (attempt, asking) = (Act::idle(), RwSignal::new(false));
    let agent = StoredValue::new(agent);
    let done = move |answer: Vec<Avatar>| {
        chosen.update(|chosen| chosen.retain(|id| answer.iter().any(|avatar| avatar.id == *id)));
        newest.set(Some(answer));
        surroundings.agents.refetch();
    };
    let upload = move |file: Result<NewFile, AppError>| match file {
        Ok(file) => attempt.run(add_avatar(agent.get_value(), file), done),
        Err(error) => attempt.trouble.set(Some(error)),
    };
    let make_primary = Callback::new(move |id: AvatarId| {
        attempt.run(set_primary_avatar(agent.get_value(), id), done);
    });
    let delete = move |_| {
        asking.set(false);
        attempt.run(delete_avatars(agent.get_value(), chosen.get_untracked()), done);
    };
    let locked = Signal::derive(move || !surroundings.may(Action::Edit) || attempt.busy.get());
    let visible = move || all.with(|all| all.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let more = move || all.with(Vec::len).saturating_sub(shown.get());
    view! {
        <section class="card avatars" aria-labelledby="avatars">
            <header class="card-head">
                <h2 id="avatars">"Pictures"</h2>
                <span class="count">{move || all.with(Vec::len)}</span>
            </header>
            <p class="card-lead">"One stands for the agent. To replace a picture, upload another and delete the old one."</p>
            {move || error.get().map(|error| view! { <ErrorNote error /> })}
            <ul class="avatar-grid" aria-label="Pictures">
                <For each=visible key=|avatar| (avatar.id.clone(), avatar.is_primary) let:avatar>
                    <Picture avatar chosen locked make_primary />
                </For>
            </ul>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="meta">"There is no picture yet."</p>
            </Show>
            <Show when=move || { more() > 0 }>
                <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += SHOWN)>
                    "Show more " <span class="num">"(" {more} ")"</span>
                </button>
            </Show>
            <FileInput
                label="Upload picture"
                id="upload-picture"
                accept="image/jpeg,image/png,image/webp"
                max=PICTURE_MAX
                disabled=locked
                on_file=upload
            />
            <p class="field-hint">"JPEG, PNG or WebP, at most 8 MB."</p>
            {attempt.note()}
            <div class="buttons">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || locked.get() || chosen.with(Vec::is_empty)
                    on:click=move |_| asking.set(true)
                >
                    <Icon name=IconName::Trash />
                    {move || format!("Delete selected ({})", chosen.with(Vec::len))}
                </button>
                <Curl what=move |()| drawn(chosen.get_untracked()) />
            </div>
            <Dialog open=asking title="Delete these pictures?" on_close=move |()| asking.set(false)>
                <p>{move || format!("GEN deletes {} for good. Of those left, the next one stands for the agent.", pictures(chosen.with(Vec::len)))}</p>
                <div class="buttons">
                    <button type="button" class="button danger" on:click=delete>
                        "Delete pictures"
                    </button>
                    <button type="button" class="button" on:click=move |_| asking.set(false)>
                        "Keep them"
                    </button>
                </div>
            </Dialog>
        </section>
    }
}

#[component]
fn Picture(
    avatar: Avatar,
    chosen: RwSignal<Vec<AvatarId>>,
    #[prop(into)] locked: Signal<bool>,
    make_primary: Callback<AvatarId>,
) -> impl IntoView {
    let id = StoredValue::new(avatar.id.clone());
    let is_chosen = move || chosen.with(|chosen| id.with_value(|id| chosen.contains(id)));
    let choose = move |on: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| id.with_value(|id| other != id));
            if on {
                chosen.push(id.get_value());
            }
        });
    };
    let picture = avatar.thumbnail_url.or(avatar.url);
    let words = format!("Picture {}", avatar.id);
    let act = if avatar.is_primary {
        view! { <span class="tag on">"Primary"</span> }.into_any()
    } else {
        view! {
            <button
                type="button"
                class="button"
                disabled=locked
                aria-label=format!("Make picture {} primary", avatar.id)
                on:click=move |_| make_primary.run(id.get_value())
            >
                "Make primary"
            </button>
        }
        .into_any()
    };
    let drawn = {
        let may_lead = !avatar.is_primary;
        move || {
            let shown = may_lead && is_chosen();
            shown.then(|| view! { <Curl what=move |()| Sketch::SetPrimaryAvatar(id.get_value()) of="make primary" /> })
        }
    };
    view! {
        <li class="avatar">
            {match picture {
                Some(picture) => view! { <img src=paths::media(&picture) alt=words.clone() loading="lazy" /> }.into_any(),
                None => view! { <span class="avatar-empty">"No preview"</span> }.into_any(),
            }}
            <label class="check">
                <input
                    type="checkbox"
                    disabled=locked
                    checked=untrack(is_chosen)
                    prop:checked=is_chosen
                    on:change:target=move |event| choose(event.target().checked())
                />
                <span>"Select " <span class="visually-hidden">{words}</span></span>
            </label>
            {act}
            {drawn}
        </li>
    }
}

/// What the pictures chosen are for: to be deleted, or where none is, the next upload.
fn drawn(chosen: Vec<AvatarId>) -> Sketch {
    if chosen.is_empty() { Sketch::AddAvatar } else { Sketch::DeleteAvatars(chosen) }
}

fn pictures(count: usize) -> String {
    if count == 1 { "one picture".to_owned() } else { format!("{count} pictures") }
}
