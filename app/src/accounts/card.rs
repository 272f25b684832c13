use leptos::prelude::*;

use crate::shell::{Installation, describe_installation};
use crate::ui::{Icon, IconName, Logo};

/// The centred card of the pages that come before the product.
#[component]
pub(super) fn AccountCard(
    /// Its heading.
    title: &'static str,
    /// One line below it.
    lead: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let installation = Resource::new(|| (), |()| describe_installation());
    let children = StoredValue::new(children);
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
                        let Installation { insecure, insecure_allowed, .. } =
                            installation.get().and_then(Result::ok).unwrap_or_default();
                        view! {
                            {insecure.then(|| view! { <InsecureNote insecure_allowed /> })}
                            {(!insecure || insecure_allowed).then(|| children.with_value(|children| children()))}
                        }
                    }}
                </Transition>
            </div>
        </main>
    }
}

/// Why plain http from another machine is no way to send a password (requirement S8).
#[component]
fn InsecureNote(insecure_allowed: bool) -> impl IntoView {
    view! {
        <div class="note note-warn" role="alert">
            <Icon name=IconName::Warning />
            <div>
                <p class="note-message">"This connection is not encrypted."</p>
                <p>
                    "The page came over plain http from another machine: anybody on the way can read your password and act as you. "
                    {if insecure_allowed {
                        "The operator of this server allows it all the same."
                    } else {
                        "So signing in is off here. Open the dashboard through https or on the machine itself; \
                         if you accept the risk, the operator can set REELSHEET_ALLOW_INSECURE_HTTP=1."
                    }}
                </p>
            </div>
        </div>
    }
}
