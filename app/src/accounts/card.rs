use leptos::prelude::*;

use crate::shell::describe_installation;
use crate::ui::{Icon, IconName, Logo};

/// The centred card of the pages that come before the product.
#[component]
pub(super) fn AccountCard(
    /// Its heading.
    title: &'static str,
    /// One line below it.
    lead: &'static str,
    children: Children,
) -> impl IntoView {
    let installation = Resource::new(|| (), |()| describe_installation());
    view! {
        <main class="alone">
            <div class="alone-card">
                <p class="brand">
                    <Logo />
                    <span>"Reelsheet"</span>
                </p>
                <h1>{title}</h1>
                <p class="muted">{lead}</p>
                <Transition>
                    {move || {
                        let insecure = installation.get().and_then(Result::ok).is_some_and(|it| it.insecure);
                        insecure.then(|| view! { <InsecureNote /> })
                    }}
                </Transition>
                {children()}
            </div>
        </main>
    }
}

/// Why plain http from another machine is no way to send a password (requirement S8). The server refuses it
/// before this page, unless its operator allows it.
#[component]
fn InsecureNote() -> impl IntoView {
    view! {
        <div class="note note-warn" role="alert">
            <Icon name=IconName::Warning />
            <div>
                <p class="note-message">"This connection is not encrypted."</p>
                <p>
                    "The page came over plain http from another machine: anybody on the way can read your password "
                    "and act as you. The operator of this server allows it all the same."
                </p>
            </div>
        </div>
    }
}
