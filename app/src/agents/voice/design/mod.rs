//! A voice designed in four steps. What was paid for stays: going back keeps the proposals, and so does leaving.

mod proposals;
mod words;

use gen_client::model::{Gender, VoiceName};
use gen_client::{AgentId, VoiceSampleId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, Bought, SampleSet, Sketch, Topic};

use super::server_fns::{create_designed_voice, list_voice_samples};
use crate::activity::Curl;
use crate::agents::bought::new_voice_note;
use crate::agents::canvas::CoreForm;
use crate::error::AppError;
use crate::live::on_change;
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, draft_text, given, new_request};
use proposals::Proposals;
use words::{Script, Style};

const STEPS: [&str; 4] = ["Script", "Style", "Pick", "Name"];

/// What the person has decided so far.
#[derive(Clone, Copy)]
pub(super) struct Designing {
    agent: StoredValue<AgentId>,
    step: RwSignal<usize>,
    script: RwSignal<String>,
    language: RwSignal<String>,
    gender: RwSignal<String>,
    wish: RwSignal<String>,
    set: RwSignal<Option<Bought<SampleSet>>>,
    sample: RwSignal<Option<VoiceSampleId>>,
    name: RwSignal<String>,
    made: RwSignal<Option<Bought<String>>>,
    unreadable: RwSignal<Option<AppError>>,
}

impl Designing {
    /// Nothing decided yet.
    pub(super) fn begin(agent: &AgentId) -> Self {
        let text = || RwSignal::new(String::new());
        let designing = Self {
            agent: StoredValue::new(agent.clone()),
            step: RwSignal::new(0),
            script: text(),
            language: text(),
            gender: RwSignal::new(Gender::Female.to_string()),
            wish: text(),
            set: RwSignal::new(None),
            sample: RwSignal::new(None),
            name: text(),
            made: RwSignal::new(None),
            unreadable: RwSignal::new(None),
        };
        draft_text("voice-script", designing.script);
        draft_text("voice-wish", designing.wish);
        draft_text("voice-name", designing.name);
        designing
    }

    /// Takes up the newest proposals: they were paid for.
    fn renew(self) {
        let asked = list_voice_samples(self.agent.get_value());
        spawn_local(async move {
            match asked.await {
                Ok(Some(set)) => self.take(set),
                Ok(None) => {}
                Err(error) => drop(self.unreadable.try_set(Some(error))),
            }
        });
    }

    /// Shows proposals; what they read and how stands in the fields again where nothing else was typed.
    fn take(self, set: Bought<SampleSet>) {
        if self.step.is_disposed() {
            return;
        }
        self.unreadable.set(None);
        for (text, was) in [(self.script, &set.what.text), (self.wish, &set.what.wish)] {
            if text.with_untracked(String::is_empty) {
                text.set(was.clone());
            }
        }
        let known = |id: &VoiceSampleId| set.what.samples.iter().any(|sample| sample.id == *id);
        self.sample.update(|sample| {
            if !sample.as_ref().is_some_and(known) {
                *sample = None;
            }
        });
        self.set.set(Some(set));
    }

    /// What the voice is to be called and said to be.
    fn named(self) -> VoiceName {
        let some = |text: RwSignal<String>| text.with_untracked(|text| given(text));
        VoiceName {
            name: self.name.get_untracked(),
            gender: Some(Gender::from(self.gender.get_untracked().as_str())),
            language: some(self.language),
            description: some(self.wish),
        }
    }
}

/// The four steps, and the way between them.
#[component]
pub(super) fn Design(form: CoreForm, designing: Designing) -> impl IntoView {
    let step = designing.step;
    if designing.set.with_untracked(Option::is_none) {
        designing.renew();
    }
    let of = form.agent.get_value();
    let going =
        move || designing.set.with_untracked(|set| set.as_ref().is_some_and(|set| set.progress.is_running()));
    on_change(
        move |topic| matches!(topic, Topic::Work { agent_id } if *agent_id == of),
        move || {
            if going() {
                designing.renew();
            }
        },
    );
    let open = move |number: usize| match number {
        2 => true,
        3 => designing.sample.with(Option::is_some),
        _ => true,
    };
    let steps = STEPS
        .into_iter()
        .enumerate()
        .map(|(number, words)| {
            view! {
                <li>
                    <button
                        type="button"
                        aria-current=move || (step.get() == number).then_some("step")
                        disabled=move || !open(number)
                        on:click=move |_| step.set(number)
                    >
                        <span class="num">{number + 1}</span>
                        {words}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="steps" aria-label="Steps of designing a voice">
            {steps}
        </ol>
        {move || designing.unreadable.get().map(|error| view! { <ErrorNote error /> })}
        {move || match step.get() {
            0 => view! { <Script form designing /> }.into_any(),
            1 => view! { <Style form designing /> }.into_any(),
            2 => view! { <Proposals form designing /> }.into_any(),
            _ => view! { <Keep form designing /> }.into_any(),
        }}
    }
}

/// The last step: the chosen proposal gets a name and joins the library.
#[component]
fn Keep(form: CoreForm, designing: Designing) -> impl IntoView {
    let surroundings = use_surroundings();
    let attempt = Act::idle();
    let request = StoredValue::new(new_request());
    let ready = move || {
        surroundings.may(Action::Spend)
            && designing.name.with(|name| !name.trim().is_empty())
            && designing.sample.with(Option::is_some)
    };
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let work = designing.set.with_untracked(|set| set.as_ref().map(|set| set.work.clone()));
        let (Some(work), Some(sample)) = (work, designing.sample.get_untracked()) else { return };
        let asked = create_designed_voice(
            form.agent.get_value(),
            work,
            sample,
            designing.named(),
            request.get_value(),
        );
        attempt.run(asked, move |made| {
            request.set_value(new_request());
            designing.made.set(Some(made));
        });
    };
    let drawn = move |()| match designing.sample.get_untracked() {
        Some(sample) => Sketch::DesignVoice(sample, designing.named()),
        None => Sketch::ListVoices(None),
    };
    view! {
        <form class="voice-step" aria-label="Name" method="post" on:submit=keep>
            <label class="field">
                <span class="label">"Voice name"</span>
                <input class="input" type="text" autocomplete="off" maxlength="100" bind:value=designing.name />
            </label>
            {attempt.note()}
            <div class="buttons">
                <button type="submit" class="button primary" disabled=move || !ready() || attempt.busy.get()>
                    "Save voice"
                </button>
                <span class="meta">"GEN does not say what it costs."</span>
                <Curl what=drawn />
            </div>
            {move || designing.made.get().map(|made| new_voice_note(&made))}
        </form>
    }
}
