use url::Url;

use super::Proxy;

/// Who gets in how; decided once, from the configuration.
#[derive(Clone, Debug)]
pub struct Access {
    /// How browsers reach this server, if it was told.
    pub public_url: Option<Url>,
    /// Whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<Proxy>,
    /// Whether people may sign in over plain http from other machines.
    pub allow_insecure_http: bool,
    /// Whether a visitor without a session becomes the demo's admin.
    pub demo: Demo,
}

/// Whether a visitor without a session becomes the demo's admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// Nobody does: this is no demo.
    Off,
    /// Who visits from this machine.
    Loopback,
    /// Everybody.
    Public,
}
