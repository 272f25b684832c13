//! What everybody may ask for without a session. Short on purpose: everything else is refused before any handler.

use app::accounts::server_fns::{CreateFirstAdmin, IsFirstRun, SignIn};
use app::paths::{LOGIN, WELCOME};
use app::shell::server_fns::DescribeInstallation;
use server_fn::ServerFn;

use crate::site::Site;

/// Pages.
pub const PUBLIC_PAGES: [&str; 2] = [LOGIN, WELCOME];
/// For machines; `/metrics` looks at the peer itself.
const PROBES: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// Server functions, by path.
pub fn public_server_fns() -> [&'static str; 4] {
    [SignIn::PATH, CreateFirstAdmin::PATH, IsFirstRun::PATH, DescribeInstallation::PATH]
}

/// Whether a path is one that machines probe.
pub(crate) fn is_probe(path: &str) -> bool {
    PROBES.contains(&path)
}

/// Whether a path is one where GEN may say something: it has no session and no page, and its secret is its pass.
pub(super) fn is_hook(path: &str) -> bool {
    path.starts_with("/hooks/gen/")
}

/// Whether a path needs no session.
pub(super) fn is_public(path: &str, site: &Site) -> bool {
    PUBLIC_PAGES.contains(&path) || is_probe(path) || public_server_fns().contains(&path) || site.serves(path)
}
