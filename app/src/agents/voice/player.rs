use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::html;
use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// Plays a sound, or stops it. Nothing is loaded before somebody wants to hear it.
#[component]
pub(super) fn Player(
    /// The address of the sound.
    #[prop(into)]
    src: Signal<String>,
    /// What the button does, in words.
    words: String,
    /// Names the button, for keys that press it.
    #[prop(optional)]
    id: Option<String>,
    /// How loud, from nothing to one, where several are to sound alike.
    #[prop(optional, into)]
    volume: MaybeProp<f64>,
) -> impl IntoView {
    let audio = NodeRef::<html::Audio>::new();
    let playing = RwSignal::new(false);
    let toggle = move |_| {
        let Some(audio) = audio.get() else { return };
        if playing.get_untracked() {
            return playing.set(audio.pause().is_err());
        }
        if let Err(error) = audio.play() {
            leptos::logging::error!("the sound cannot be played: {error:?}");
        }
    };
    Effect::new(move || {
        if let (Some(audio), Some(volume)) = (audio.get(), volume.get()) {
            audio.set_volume(volume);
        }
    });
    let icon = move || if playing.get() { IconName::Pause } else { IconName::Play };
    view! {
        <button
            type="button"
            class="voice-play"
            id=id
            aria-label=words
            aria-pressed=move || if playing.get() { "true" } else { "false" }
            on:click=toggle
        >
            {move || view! { <Icon name=icon() /> }}
        </button>
        <audio
            node_ref=audio
            preload="none"
            src=src
            on:play=move |_| playing.set(true)
            on:pause=move |_| playing.set(false)
            on:ended=move |_| playing.set(false)
        ></audio>
    }
}

/// An address of the browser's own for a sound in base64; it lives as long as the caller. Empty for what is none.
pub(in crate::agents) fn address_of(sound: String) -> Signal<String> {
    let address = RwSignal::new(String::new());
    Effect::new(move || {
        let Ok(bytes) = STANDARD.decode(sound.trim()) else { return };
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_slice()));
        let made = web_sys::Blob::new_with_u8_array_sequence(&parts)
            .and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob));
        match made {
            Ok(made) => address.set(made),
            Err(error) => leptos::logging::error!("a sound has no address: {error:?}"),
        }
    });
    on_cleanup(move || {
        let made = address.try_get_untracked().filter(|made| !made.is_empty());
        if let Some(Err(error)) = made.map(|made| web_sys::Url::revoke_object_url(&made)) {
            leptos::logging::error!("a sound keeps its address: {error:?}");
        }
    });
    address.into()
}
