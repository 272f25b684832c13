use gen_client::VoiceId;
use gen_client::model::Voice;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, Bought, READING_CREDITS, Reading, Sketch, Topic};

use super::library::name_of;
use super::player::Player;
use super::server_fns::{open_voice_preview, preview_voice};
use crate::activity::Curl;
use crate::agents::bought::bought_note;
use crate::agents::canvas::CoreForm;
use crate::live::on_change;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, Counter, credits_estimate, draft_text, new_request};

/// GEN advises so much for speed.
const TEXT_MAX: usize = 500;

/// Has a voice read a line of the person's own. Paid once: the same line by the same voice is played again for free.
#[component]
pub(super) fn Try(form: CoreForm, voices: Signal<Vec<Voice>>) -> impl IntoView {
    let surroundings = use_surroundings();
    let text = RwSignal::new(String::new());
    draft_text("voice-line", text);
    let chosen = RwSignal::new(None::<VoiceId>);
    let voice = Memo::new(move |_| {
        let in_use =
            || form.now.with(|now| now.default_user_voice.as_ref().map(|voice| voice.voice_id.clone()));
        let known = |id: &VoiceId| voices.with(|voices| voices.iter().any(|voice| voice.voice_id == *id));
        chosen
            .get()
            .or_else(in_use)
            .filter(known)
            .or_else(|| voices.with(|voices| voices.first().map(|voice| voice.voice_id.clone())))
    });
    let reading = RwSignal::new(None::<Bought<Reading>>);
    let (attempt, renewing) = (Act::idle(), Act::idle());
    let request = StoredValue::new(new_request());
    let may = move || surroundings.may(Action::Spend);
    let ready = move || {
        let length = text.with(|text| text.trim().chars().count());
        may() && (1..=TEXT_MAX).contains(&length) && voice.with(Option::is_some)
    };
    let hear = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(voice) = voice.get_untracked().filter(|_| untrack(ready)) else { return };
        let asked = preview_voice(form.agent.get_value(), voice, text.get_untracked(), request.get_value());
        attempt.run(asked, move |answer| {
            request.set_value(new_request());
            reading.set(Some(answer));
        });
    };
    let of = form.agent.get_value();
    on_change(
        move |topic| matches!(topic, Topic::Work { agent_id } if *agent_id == of),
        move || {
            let going = reading
                .with_untracked(|reading| reading.as_ref().map(|one| (one.progress, one.work.clone())));
            let Some((_, work)) = going.filter(|(progress, _)| progress.is_running()) else { return };
            renewing.run(open_voice_preview(form.agent.get_value(), work), move |answer| {
                reading.set(Some(answer));
            });
        },
    );
    let options = move || {
        let voice = voice.get();
        voices
            .get()
            .into_iter()
            .map(|one| {
                let selected = voice.as_ref() == Some(&one.voice_id);
                view! {
                    <option value=one.voice_id.to_string() selected=selected>
                        {name_of(&one)}
                    </option>
                }
            })
            .collect_view()
    };
    let drawn = move |()| match voice.get_untracked() {
        Some(voice) => Sketch::PreviewVoice(voice, text.get_untracked()),
        None => Sketch::ListVoices(None),
    };
    view! {
        <form class="voice-try" aria-label="Try a line" method="post" on:submit=hear>
            <label class="field">
                <span class="label">"Try a line with"</span>
                <select class="input" on:change:target=move |event| chosen.set(event.target().value().parse().ok())>
                    {options}
                </select>
            </label>
            <div class="field">
                <label class="visually-hidden" for="voice-line">
                    "Line to read"
                </label>
                <textarea
                    class="input"
                    id="voice-line"
                    rows="2"
                    placeholder="Try a line of your own…"
                    prop:value=text
                    on:input:target=move |event| text.set(event.target().value())
                ></textarea>
                <Counter text max=TEXT_MAX />
            </div>
            <div class="buttons">
                <button type="submit" class="button" disabled=move || !ready() || attempt.busy.get()>
                    "Preview"
                </button>
                <span class="meta num">{credits_estimate(READING_CREDITS)} " once for a line and a voice"</span>
                <Curl what=drawn />
            </div>
            {attempt.note()}
            {renewing.note()}
            {move || {
                reading
                    .get()
                    .map(|reading| {
                        let note = bought_note(&reading);
                        view! {
                            <div class="voice-line voice-reading">
                                {reading
                                    .what
                                    .sound
                                    .map(|sound| {
                                        view! { <Player src=paths::media(&sound) words="Play the preview".to_owned() /> }
                                    })} {note}
                            </div>
                        }
                    })
            }}
        </form>
    }
}
