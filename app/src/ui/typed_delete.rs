use leptos::prelude::*;

use super::{Act, Dialog};

/// Asks for a name to be typed before something goes for good.
#[component]
pub fn TypedDelete(
    /// Whether it is open; set to false when the person changes their mind.
    open: RwSignal<bool>,
    /// The heading, a question.
    #[prop(into)]
    title: String,
    /// What goes with it.
    #[prop(into)]
    what: Signal<String>,
    /// What has to be typed.
    #[prop(into)]
    name: Signal<String>,
    /// Words of the button.
    button: &'static str,
    /// Whether the person's password is asked for as well.
    #[prop(optional)]
    password: bool,
    /// The asking; its error is shown in the dialog.
    attempt: Act,
    /// Called with what was typed and the password, empty where none is asked for.
    #[prop(into)]
    on_delete: Callback<(String, String)>,
) -> impl IntoView {
    let close = move |()| {
        open.set(false);
        attempt.trouble.set(None);
    };
    view! {
        <Dialog open=open title=title on_close=close>
            {move || {
                let typed = RwSignal::new(String::new());
                let secret = RwSignal::new(String::new());
                let ready = move || {
                    name.with(|name| typed.with(|typed| typed.trim() == name.trim()))
                        && (!password || secret.with(|secret| !secret.is_empty()))
                };
                let submit = move |event: leptos::ev::SubmitEvent| {
                    event.prevent_default();
                    if ready() {
                        on_delete.run((typed.get_untracked(), secret.get_untracked()));
                    }
                };
                view! {
                    <form class="typed-delete" method="post" on:submit=submit>
                        <p>{what}</p>
                        <label class="field">
                            <span class="label">"Type “" {name} "” to confirm"</span>
                            <input class="input" type="text" autocomplete="off" spellcheck="false" bind:value=typed />
                        </label>
                        {password
                            .then(|| {
                                view! {
                                    <label class="field">
                                        <span class="label">"Your password here"</span>
                                        <input
                                            class="input"
                                            type="password"
                                            autocomplete="current-password"
                                            bind:value=secret
                                        />
                                    </label>
                                }
                            })}
                        {attempt.note()}
                        <div class="buttons">
                            <button
                                type="submit"
                                class="button danger"
                                disabled=move || !ready() || attempt.busy.get()
                            >
                                {button}
                            </button>
                            <button type="button" class="button" on:click=move |_| close(())>
                                "Keep it"
                            </button>
                        </div>
                    </form>
                }
            }}
        </Dialog>
    }
}
