//! The renders of an agent: a wall of final videos that is read from SQLite alone, so it stands when GEN is down.

pub mod server_fns;

mod card;
mod player;

use leptos::prelude::*;
use leptos_meta::Title;
use model::{Progress, Topic, Work};

use crate::live::on_change;
use crate::page::{self, Answer};
use crate::paths;
use crate::ui::{Empty, ErrorNote, IconName};
use card::RenderCard;
use gen_client::AgentId;
use player::Player;

/// The render history.
#[component]
pub fn RendersPage() -> impl IntoView {
    let agent = page::current_agent();
    let renders = page::of_agent(agent, server_fns::list_renders);
    let concerns = move |topic: &Topic| matches!(topic, Topic::Work { agent_id } if agent.with_untracked(|agent| agent.as_ref() == Some(agent_id)));
    on_change(concerns, move || renders.refetch());
    view! {
        <Title text="Renders · Reelsheet" />
        <Transition fallback=|| view! { <h1 class="visually-hidden">"Renders"</h1> }>
            {page::after(async move { drop(renders.await) }, move || view! { <Content agent renders /> })}
        </Transition>
    }
}

#[component]
fn Content(agent: Memo<Option<AgentId>>, renders: Resource<Answer<Vec<Work>>>) -> impl IntoView {
    let (known, error) = page::kept(renders);
    let all = Memo::new(move |_| known.get().unwrap_or_default());
    let asked = page::query("show");
    let filter = Memo::new(move |_| Filter::of(asked.get().as_deref()));
    let open = page::query("render");
    let now = page::every_second();
    let shown = Memo::new(move |_| {
        let filter = filter.get();
        all.with(|all| all.iter().filter(|work| filter.takes(work.progress)).cloned().collect::<Vec<_>>())
    });
    // A card is drawn anew when its work moved on.
    let key = |work: &Work| (work.id.clone(), work.progress, work.settled_at);
    let nothing = move || known.with(Option::is_some) && shown.with(Vec::is_empty);
    view! {
        <div class="renders">
            <section class="renders-main" aria-label="Render history">
                <header class="page-head">
                    <h1>"Renders"</h1>
                    <Filters agent all filter />
                </header>
                {move || error.get().map(|error| view! { <ErrorNote error /> })}
                <Show when=nothing>
                    <Nothing agent filter=filter.get() />
                </Show>
                <ul role="list" class="wall" aria-label="Renders">
                    <For each=move || shown.get() key=key let:work>
                        <RenderCard work now agent filter open />
                    </For>
                </ul>
            </section>
            <Player all open agent filter changed=Callback::new(move |()| renders.refetch()) />
        </div>
    }
}

/// Which renders are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Every one.
    All,
    /// What may still change by itself.
    Running,
    /// Videos that can be watched.
    Completed,
    /// What did not become a video, for whatever reason.
    Failed,
}

impl Filter {
    const EACH: [Self; 4] = [Self::All, Self::Running, Self::Completed, Self::Failed];

    /// The word in the page's address; `None` for the page without one.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Running => Some("running"),
            Self::Completed => Some("completed"),
            Self::Failed => Some("failed"),
        }
    }

    fn of(word: Option<&str>) -> Self {
        Self::EACH.into_iter().find(|filter| filter.word() == word).unwrap_or(Self::All)
    }

    fn words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Running => "Running",
            Self::Completed => "Completed",
            Self::Failed => "Failed",
        }
    }

    fn takes(self, progress: Progress) -> bool {
        match self {
            Self::All => true,
            Self::Running => progress.is_running() || progress.is_waiting(),
            Self::Completed => progress == Progress::Completed,
            Self::Failed => !Self::Running.takes(progress) && !Self::Completed.takes(progress),
        }
    }
}

#[component]
fn Filters(agent: Memo<Option<AgentId>>, all: Memo<Vec<Work>>, filter: Memo<Filter>) -> impl IntoView {
    let one = move |one: Filter| {
        let href = move || {
            agent.with(|agent| agent.as_ref().map(|agent| paths::renders_with(agent, one.word(), None)))
        };
        let count = move || all.with(|all| all.iter().filter(|work| one.takes(work.progress)).count());
        view! {
            <a href=href data-noscroll="" aria-current=move || (filter.get() == one).then_some("true")>
                {one.words()}
                " "
                <span class="num">{count}</span>
            </a>
        }
    };
    view! {
        <nav class="filters" aria-label="Show">
            {Filter::EACH.into_iter().map(one).collect_view()}
        </nav>
    }
}

#[component]
fn Nothing(agent: Memo<Option<AgentId>>, filter: Filter) -> impl IntoView {
    let title = match filter {
        Filter::All => "No renders yet. Open a vidsheet and press Render in a row's FINAL VIDEO cell.",
        Filter::Running => "Nothing is being rendered.",
        Filter::Completed => "No video is finished yet.",
        Filter::Failed => "Nothing failed.",
    };
    let vidsheets = move || agent.with(|agent| agent.as_ref().map(paths::vidsheets));
    view! {
        <Empty icon=IconName::Film title=title>
            {(filter == Filter::All)
                .then(|| {
                    view! {
                        <a class="button primary" href=vidsheets>
                            "Go to the vidsheets"
                        </a>
                    }
                })}
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: [Progress; 11] = [
        Progress::Held,
        Progress::Queued,
        Progress::Sending,
        Progress::Pending,
        Progress::Processing,
        Progress::Completed,
        Progress::Failed,
        Progress::Stopped,
        Progress::Refused,
        Progress::NotSent,
        Progress::Unknown,
    ];

    #[test]
    fn every_render_is_under_all_and_one_other() {
        for progress in EVERY {
            let under = Filter::EACH.into_iter().filter(|filter| filter.takes(progress)).count();
            assert_eq!(under, 2, "{progress:?}");
        }
    }

    #[test]
    fn a_filter_reads_back_from_the_address() {
        for filter in Filter::EACH {
            assert_eq!(Filter::of(filter.word()), filter);
        }
        assert_eq!(Filter::of(Some("nonsense")), Filter::All);
    }
}
