//! From ideas to rows: where, what goes under which column, a preview, one yes.

mod fit;
mod preview;

use gen_client::model::{Idea, IdeaStatus, Template};
use gen_client::{AgentId, IdeaId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{
    Cached, ColumnMapping, Conversion, ConversionOrder, ConversionPlan, ConversionTarget, VidsheetSummary,
};

use super::desk::Desk;
use super::server_fns::{end_conversion, plan_conversion, resume_conversion, start_conversion};
use crate::error::{AppError, ErrorKind};
use crate::page::in_browser;
use crate::paths;
use crate::templates::server_fns::list_templates;
use crate::ui::{Dialog, ErrorNote, Icon, IconName, new_request};
use crate::vidsheets::server_fns::list_vidsheets;
use preview::Preview;

/// The window in which ideas become rows.
#[component]
pub fn ConvertDialog(
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let open = Signal::derive(move || desk.converting.with(Option::is_some));
    let close = move |()| desk.converting.set(None);
    view! {
        <Dialog open title="Convert ideas to rows" on_close=close>
            {move || desk.converting.get().map(|ideas| view! { <Convert ideas desk /> })}
        </Dialog>
    }
}

#[component]
fn Convert(ideas: Vec<IdeaId>, desk: Desk) -> impl IntoView {
    let ideas: Vec<Idea> = desk.ideas.with_untracked(|all| {
        ideas.iter().filter_map(|id| all.iter().find(|idea| idea.id == *id).cloned()).collect()
    });
    let count = ideas.len();
    let has_row =
        desk.rows.with_untracked(|rows| ideas.iter().filter(|idea| rows.contains_key(&idea.id)).count());
    let ideas = StoredValue::new(ideas);
    let places = Places::new(desk, ideas);
    let plan = RwSignal::new(None::<ConversionPlan>);
    let mapping = RwSignal::new(ColumnMapping::new());
    let target = RwSignal::new(None::<ConversionTarget>);
    let moves_on = RwSignal::new(true);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let stopped = RwSignal::new(None::<Conversion>);
    let request = StoredValue::new(new_request());
    let navigate = StoredValue::new(use_navigate());
    Effect::new(move || {
        let Some(best) = places.best() else { return };
        if target.with_untracked(Option::is_none) {
            target.set(Some(best));
        }
    });
    Effect::new(move || {
        let (Some(agent), Some(wanted)) = (desk.agent.get_untracked(), target.get()) else { return };
        plan.set(None);
        trouble.set(None);
        spawn_local(async move {
            let answer = plan_conversion(agent, wanted.clone()).await;
            // Another place may have been chosen meanwhile.
            if target.try_get_untracked().flatten().as_ref() != Some(&wanted) {
                return;
            }
            match answer {
                Ok(found) => {
                    mapping.set(found.mapping.clone());
                    plan.set(Some(found));
                }
                Err(error) => trouble.set(Some(error)),
            }
        });
    });
    let ended = move |conversion: Conversion, agent: &AgentId| match conversion.vidsheet_id.clone() {
        Some(vidsheet) if conversion.ended => {
            desk.picked.set(Vec::new());
            desk.converting.set(None);
            navigate.with_value(|go| go(&paths::vidsheet(agent, &vidsheet), NavigateOptions::default()));
        }
        _ => stopped.set(Some(conversion)),
    };
    let make = move |_| {
        let (Some(agent), Some(target)) = (desk.agent.get_untracked(), target.get_untracked()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let order = ConversionOrder {
            ideas: ideas.with_value(|ideas| ideas.iter().map(|idea| idea.id.clone()).collect()),
            target,
            mapping: mapping.get_untracked(),
            status: moves_on.get_untracked().then_some(IdeaStatus::ApproveToCreate),
        };
        spawn_local(async move {
            match start_conversion(agent.clone(), order, request.get_value()).await {
                Ok(conversion) => ended(conversion, &agent),
                Err(error) => {
                    // Unless the server was not reached at all, the next click is another request.
                    if error.kind != ErrorKind::Offline {
                        request.set_value(new_request());
                    }
                    trouble.set(Some(error));
                }
            }
            busy.set(false);
        });
    };
    view! {
        <div class="convert">
            {(has_row > 0)
                .then(|| {
                    view! {
                        <p class="note note-warn">
                            <Icon name=IconName::Warning />
                            <span>{format!("{has_row} of these have a row already; they get another one.")}</span>
                        </p>
                    }
                })} <PlaceChoice places target />
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            {move || {
                plan.get().map(|plan| view! { <Preview ideas=ideas.get_value() plan mapping /> })
            }}
            <label class="check">
                <input type="checkbox" checked prop:checked=moves_on on:change:target=move |event| moves_on.set(event.target().checked()) />
                <span>"Move the ideas to “Approve to create”, unless they are further already"</span>
            </label>
            <Show
                when=move || stopped.with(Option::is_none)
                fallback=move || stopped.get().map(|conversion| view! { <Standing conversion agent=desk.agent /> })
            >
                <div class="buttons">
                    <button
                        type="button"
                        class="button primary large"
                        disabled=move || busy.get() || plan.with(Option::is_none) || mapping.with(ColumnMapping::is_empty)
                        on:click=make
                    >
                        <Icon name=IconName::Sheets />
                        {move || match (busy.get(), count) {
                            (true, _) => "Making rows".to_owned(),
                            (false, 1) => "Make 1 row".to_owned(),
                            (false, count) => format!("Make {count} rows"),
                        }}
                    </button>
                    <span class="muted">"Free. Making the videos costs later, cell by cell."</span>
                </div>
            </Show>
        </div>
    }
}

/// Where rows can be made.
#[derive(Clone, Copy)]
struct Places {
    ideas: StoredValue<Vec<Idea>>,
    templates: RwSignal<Option<Result<Cached<Vec<Template>>, AppError>>>,
    vidsheets: RwSignal<Option<Result<Vec<VidsheetSummary>, AppError>>>,
}

impl Places {
    fn new(desk: Desk, ideas: StoredValue<Vec<Idea>>) -> Self {
        let templates = in_browser(|| Some(list_templates()));
        let vidsheets = in_browser(move || desk.agent.get().map(list_vidsheets));
        Self { ideas, templates, vidsheets }
    }

    /// The templates with how many of the ideas each fits; the best first.
    fn templates(self) -> Vec<(Template, usize)> {
        let all = self.templates.get().and_then(Result::ok).map(|cached| cached.value).unwrap_or_default();
        self.ideas.with_value(|ideas| fit::ranked(all, ideas))
    }

    fn best(self) -> Option<ConversionTarget> {
        self.templates()
            .first()
            .map(|(template, _)| ConversionTarget::Template { slug: template.slug.clone() })
    }

    fn trouble(self) -> Option<AppError> {
        self.templates.get()?.err().or_else(|| self.vidsheets.get()?.err())
    }
}

#[component]
fn PlaceChoice(places: Places, target: RwSignal<Option<ConversionTarget>>) -> impl IntoView {
    let of = places.ideas.with_value(Vec::len);
    let templates = move || {
        let option = |(template, fits): (Template, usize)| {
            let wanted = ConversionTarget::Template { slug: template.slug.clone() };
            let fits = if fits > 0 { format!(" · fits {fits} of {of}") } else { String::new() };
            let words = format!("{}{fits}", template.display_title());
            view! {
                <option value=format!("template/{}", template.slug) selected=move || target.with(|target| target.as_ref() == Some(&wanted))>
                    {words}
                </option>
            }
        };
        places.templates().into_iter().map(option).collect_view()
    };
    let vidsheets = move || {
        let option = |sheet: VidsheetSummary| {
            view! { <option value=format!("vidsheet/{}", sheet.id)>{format!("{} · {} rows", sheet.title, sheet.rows)}</option> }
        };
        let all = places.vidsheets.get().and_then(Result::ok).unwrap_or_default();
        all.into_iter().filter(|sheet| !sheet.archived).map(option).collect_view()
    };
    let choose = move |value: String| {
        let chosen = match value.split_once('/') {
            Some(("template", slug)) => Some(ConversionTarget::Template { slug: slug.to_owned() }),
            Some(("vidsheet", id)) => id.parse().ok().map(|id| ConversionTarget::Vidsheet { id }),
            _ => None,
        };
        if chosen.is_some() {
            target.set(chosen);
        }
    };
    view! {
        <label class="field">
            <span class="label">"Rows go to"</span>
            <select class="input" on:change:target=move |event| choose(event.target().value())>
                <optgroup label="A new vidsheet from a template">{templates}</optgroup>
                <optgroup label="The end of a vidsheet">{vidsheets}</optgroup>
            </select>
        </label>
        {move || places.trouble().map(|error| view! { <ErrorNote error /> })}
    }
}

/// Conversions that are under way or stand still.
#[component]
pub fn Conversions(
    /// All that are known.
    conversions: Memo<Vec<Conversion>>,
    /// Whose.
    agent: Memo<Option<AgentId>>,
) -> impl IntoView {
    let open = move || conversions.get().into_iter().filter(|one| !one.ended).collect::<Vec<_>>();
    let key = |one: &Conversion| (one.id.clone(), one.rows, one.filled, one.trouble.clone());
    view! {
        <For each=open key=key let:conversion>
            <Standing conversion agent />
        </For>
    }
}

/// How far a conversion has come, and where it stands still, how to go on.
#[component]
fn Standing(conversion: Conversion, agent: Memo<Option<AgentId>>) -> impl IntoView {
    let known = RwSignal::new(conversion);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<AppError>);
    let go_on = move |_| {
        let Some(agent) = agent.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            match resume_conversion(agent, known.get_untracked().id).await {
                Ok(now) => known.set(now),
                Err(error) => failed.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let leave = move |_| {
        let Some(agent) = agent.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            match end_conversion(agent, known.get_untracked().id).await {
                Ok(()) => known.update(|known| known.ended = true),
                Err(error) => failed.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let words = move || {
        known.with(|known| {
            let place = known.vidsheet_title.as_ref().map(|title| format!(" in {title}")).unwrap_or_default();
            let done =
                format!("{} of {} rows made{place}, {} filled.", known.rows, known.ideas, known.filled);
            match (known.ended, &known.trouble) {
                (true, _) => format!("{done} Done."),
                (false, Some(trouble)) => format!("{done} It stands still: {trouble}"),
                (false, None) => format!("{done} Going on."),
            }
        })
    };
    let href = move || {
        let vidsheet = known.with(|known| known.vidsheet_id.clone());
        agent.with(|agent| Some(paths::vidsheet(agent.as_ref()?, &vidsheet?)))
    };
    view! {
        <section class="standing note" aria-label="Ideas becoming rows" class:note-warn=move || known.with(|known| known.trouble.is_some())>
            <Icon name=IconName::Sheets />
            <div>
                <p>{words}</p>
                <div class="buttons">
                    <Show when=move || known.with(|known| !known.ended && known.trouble.is_some())>
                        <button type="button" class="button small" disabled=busy on:click=go_on>
                            "Continue"
                        </button>
                        <button type="button" class="button small" disabled=busy on:click=leave>
                            "Leave it so"
                        </button>
                        <span class="muted">"Nothing was charged. No row is made twice."</span>
                    </Show>
                    <Show when=move || href().is_some()>
                        <a href=href>"Open the vidsheet"</a>
                    </Show>
                </div>
                {move || failed.get().map(|error| view! { <ErrorNote error /> })}
            </div>
        </section>
    }
}
