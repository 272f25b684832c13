use gen_client::model::Organization;
use leptos::prelude::*;
use model::{Action, NewFile, Sketch};

use super::server_fns::{delete_organization, open_organization, update_organization};
use crate::activity::Curl;
use crate::error::AppError;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, FileInput, TypedDelete, credits};

const PICTURE_MAX: usize = 8 * 1024 * 1024;

/// One organization: what is left to spend, and what its owner may change.
#[component]
pub(super) fn OrganizationCard(
    organization: Memo<Organization>,
    #[prop(into)] on_change: Callback<()>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let fresh = RwSignal::new(None::<Organization>);
    // What was asked for by hand holds until the list is newer.
    Effect::new(move || {
        organization.track();
        fresh.set(None);
    });
    let shown = Memo::new(move |_| fresh.get().unwrap_or_else(|| organization.get()));
    let id = StoredValue::new(organization.with_untracked(|one| one.id.clone()));
    let (asked, changed) = (Act::idle(), Act::idle());
    let check = move |_| asked.run(open_organization(id.get_value()), move |one| fresh.set(Some(one)));
    let picture = move |file: Result<NewFile, AppError>| match file {
        Ok(file) => {
            changed.run(update_organization(id.get_value(), None, Some(file)), move |()| on_change.run(()))
        }
        Err(error) => changed.trouble.set(Some(error)),
    };
    let name = Memo::new(move |_| shown.with(|one| one.name.clone()));
    let role = Memo::new(move |_| shown.with(|one| one.user_role.clone()));
    let manages = move || role.with(|role| matches!(role.as_deref(), Some("owner" | "manager")));
    let may = Signal::derive(move || surroundings.may(Action::Administer) && manages());
    let why = move || {
        if !surroundings.may(Action::Administer) {
            Some("Only an admin of this installation changes organizations.")
        } else if !manages() {
            Some("At GEN only an owner or manager may change it.")
        } else {
            None
        }
    };
    let face = move || match shown.with(|one| one.picture_url.clone()) {
        Some(picture) => {
            view! { <img src=paths::media(&picture) alt="" width="48" height="48" /> }.into_any()
        }
        None => {
            let letter: String = name.with(|name| name.chars().take(1).collect());
            view! { <span aria-hidden="true">{letter}</span> }.into_any()
        }
    };
    view! {
        <li class="card organization-card" aria-label=name>
            <header class="organization-head">
                <span class="agent-picture">{face}</span>
                <div class="grow">
                    <h2>{name}</h2>
                    <p class="meta">
                        {move || role.get().map(|role| format!("You are {role} · "))} {move || members(&shown.get())}
                    </p>
                </div>
                <button type="button" class="button" disabled=asked.busy on:click=check>
                    "Ask GEN now"
                </button>
            </header>
            <dl class="facts">
                <dt>"Credits left"</dt>
                <dd class="num">{move || purse(&shown.get(), |purse| purse.generic)}</dd>
                <dt>"Of AURA"</dt>
                <dd class="num">{move || purse(&shown.get(), |purse| purse.aura)}</dd>
                <dt>"Plan"</dt>
                <dd>{move || plan(&shown.get())}</dd>
            </dl>
            {asked.note()}
            <details class="side-part">
                <summary>"Change"</summary>
                <div class="side-part-body">
                    {move || why().map(|why| view! { <p class="meta">{why}</p> })}
                    <Rename id name may on_change />
                    <FileInput
                        label="New picture"
                        id=file_id(&id.get_value())
                        accept="image/jpeg,image/png,image/webp,image/gif"
                        max=PICTURE_MAX
                        disabled=Signal::derive(move || !may.get() || changed.busy.get())
                        on_file=picture
                    />
                    {changed.note()}
                    <Delete id name role on_change />
                </div>
            </details>
        </li>
    }
}

#[component]
fn Rename(
    id: StoredValue<gen_client::OrganizationId>,
    name: Memo<String>,
    may: Signal<bool>,
    on_change: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(name.get_untracked());
    let attempt = Act::idle();
    let rename = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answer = update_organization(id.get_value(), Some(typed.get_untracked()), None);
        attempt.run(answer, move |()| on_change.run(()));
    };
    let unchanged = move || typed.with(|typed| name.with(|name| typed.trim() == name));
    view! {
        <form class="line-form" on:submit=rename>
            <label class="field">
                <span class="label">"Organization name"</span>
                <input class="input" type="text" autocomplete="off" maxlength="255" disabled=move || !may.get() bind:value=typed />
            </label>
            <div class="buttons">
                <button type="submit" class="button" disabled=move || !may.get() || unchanged() || attempt.busy.get()>
                    "Rename"
                </button>
                <Curl what=move |()| Sketch::RenameOrganization(id.get_value(), typed.get_untracked()) />
            </div>
            {attempt.note()}
        </form>
    }
}

#[component]
fn Delete(
    id: StoredValue<gen_client::OrganizationId>,
    name: Memo<String>,
    role: Memo<Option<String>>,
    on_change: Callback<()>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let (open, attempt) = (RwSignal::new(false), Act::idle());
    let delete = move |(typed, password): (String, String)| {
        attempt.run(delete_organization(id.get_value(), typed, password), move |()| {
            open.set(false);
            surroundings.agents.refetch();
            on_change.run(());
        });
    };
    let owns = move || role.with(|role| role.as_deref() == Some("owner"));
    let may = move || owns() && surroundings.may(Action::Administer);
    let what = Signal::derive(move || {
        format!(
            "GEN deletes “{}” with its credits, its agents, and all that they made. It does not come back, and credits are not refunded.",
            name.get()
        )
    });
    view! {
        <div class="buttons">
            <button type="button" class="button danger" disabled=move || !may() on:click=move |_| open.set(true)>
                "Delete organization…"
            </button>
            <Curl what=move |()| Sketch::DeleteOrganization(id.get_value()) />
            {move || (!owns()).then(|| view! { <span class="meta">"Only its owner at GEN may."</span> })}
        </div>
        <TypedDelete
            open
            title="Delete this organization?"
            what
            name
            button="Delete organization"
            password=true
            attempt
            on_delete=delete
        />
    }
}

fn purse(
    organization: &Organization,
    which: fn(&gen_client::model::AvailableCredits) -> Option<f64>,
) -> String {
    let left = organization.available_credits.as_ref().and_then(which);
    left.map_or_else(|| "GEN does not say".to_owned(), credits)
}

fn plan(organization: &Organization) -> String {
    match &organization.credit_plan {
        Some(plan) => match &plan.cycle {
            Some(cycle) => format!("{}, {}", plan.name, cycle.to_lowercase()),
            None => plan.name.clone(),
        },
        None => "None".to_owned(),
    }
}

fn members(organization: &Organization) -> String {
    match organization.total_members {
        Some(1) => "1 member".to_owned(),
        Some(members) => format!("{members} members"),
        None => "GEN does not say how many members".to_owned(),
    }
}

fn file_id(organization: &gen_client::OrganizationId) -> String {
    format!("picture-{organization}")
}
