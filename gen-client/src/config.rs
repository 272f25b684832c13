use url::{Host, Url};

use crate::Error;

/// Where GEN is.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Vidsheets, generations, agents, organizations; with its version, such as `https://api.gen.pro/v1`.
    pub api_url: Url,
    /// Ideas, runs and conversations.
    pub agent_url: Url,
    /// What GEN calls vidsheets in paths; its newer word is `vidsheet`.
    pub engine_path: String,
    /// Hosts that media may be fetched from, each `host` or `host:port`. A loopback `api_url` adds its own.
    pub media_hosts: Vec<String>,
    /// Domains whose hosts files may be sent to, where GEN names one. A loopback `api_url` adds its own.
    pub storage_hosts: Vec<String>,
    /// Where the steps of a run can be read while it goes. GEN shows them in a Firebase database and names none.
    pub progress_url: Option<Url>,
}

#[expect(clippy::expect_used, reason = "the addresses are constants of this file, and a test reads them")]
impl Default for Config {
    fn default() -> Self {
        let public = |text| Url::parse(text).expect("GEN's own address is a URL");
        Self {
            api_url: public("https://api.gen.pro/v1"),
            agent_url: public("https://agent.gen.pro/v1"),
            engine_path: "autocontentengine".into(),
            media_hosts: vec!["cdn.gen.pro".into()],
            storage_hosts: vec!["amazonaws.com".into()],
            progress_url: None,
        }
    }
}

impl Config {
    /// Whether the addresses may be trusted with keys and paths: https, or this machine itself.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let progress = self.progress_url.iter().map(|url| ("progress", url));
        for (name, url) in [("API", &self.api_url), ("agent", &self.agent_url)].into_iter().chain(progress) {
            let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url));
            if !safe {
                return Err(Error::Invalid(format!(
                    "GEN's {name} address must be https, or http on this machine."
                )));
            }
            if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
                return Err(Error::Invalid(format!(
                    "GEN's {name} address must have no user, password or query."
                )));
            }
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if self.engine_path.is_empty() || !self.engine_path.bytes().all(plain) {
            return Err(Error::Invalid("GEN's path for vidsheets must be one word.".into()));
        }
        Ok(())
    }

    /// Reads an address GEN gave for a file; [`Error::Invalid`] unless it is on a host media may come from.
    pub(crate) fn media_url(&self, text: &str) -> Result<Url, Error> {
        let listed = |place: &str| self.media_hosts.iter().any(|host| host.eq_ignore_ascii_case(place));
        self.place(text, listed).ok_or_else(|| {
            Error::Invalid("This file does not lie on a host that media may come from.".into())
        })
    }

    /// Reads an address GEN gave for an upload; [`Error::Invalid`] unless it is on a host files may be sent to.
    pub(crate) fn storage_url(&self, text: &str) -> Result<Url, Error> {
        let listed = |place: &str| {
            self.storage_hosts.iter().any(|domain| {
                let place = place.to_ascii_lowercase();
                let rest = place.strip_suffix(&domain.to_ascii_lowercase());
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
        };
        self.place(text, listed)
            .ok_or_else(|| Error::Invalid("GEN names a host that files may not be sent to.".into()))
    }

    /// Whether GEN is a simulator on this machine.
    pub(crate) fn is_local(&self) -> bool {
        is_loopback(&self.api_url)
    }

    fn place(&self, text: &str, listed: impl Fn(&str) -> bool) -> Option<Url> {
        let url = Url::parse(text).ok()?;
        let plain = url.username().is_empty() && url.password().is_none();
        let place = authority(&url)?;
        let own = self.is_local() && authority(&self.api_url).as_deref() == Some(&place);
        let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
        (plain && safe && (own || listed(&place))).then_some(url)
    }
}

/// `host`, or `host:port` where the port is not the scheme's own.
fn authority(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_api(url: &str) -> Config {
        Config { api_url: Url::parse(url).unwrap(), ..Config::default() }
    }

    #[test]
    fn a_key_goes_over_https_or_stays_on_this_machine() {
        for good in
            ["https://api.gen.pro/v1", "http://127.0.0.1:4010/v1", "http://[::1]:9/v1", "http://localhost/v1"]
        {
            assert_eq!(with_api(good).check(), Ok(()), "{good}");
        }
        for bad in
            ["http://api.gen.pro/v1", "http://10.0.0.1/v1", "ftp://127.0.0.1/", "https://u:p@api.gen.pro/v1"]
        {
            assert!(with_api(bad).check().is_err(), "{bad}");
        }
        assert!(Config { engine_path: "../agents".into(), ..Config::default() }.check().is_err());
    }

    #[test]
    fn f3_media_comes_from_listed_hosts_only() {
        let config = Config::default();
        assert!(config.media_url("https://cdn.gen.pro/outputs/a.mp4?x=1").is_ok());
        for bad in [
            "http://cdn.gen.pro/a.mp4",
            "https://cdn.gen.pro:8443/a",
            "https://cdn.gen.pro.evil.example/a",
            "https://evil.example/cdn.gen.pro",
            "https://cdn.gen.pro@evil.example/a",
            "https://user@cdn.gen.pro/a",
            "https://127.0.0.1/a",
            "https://2130706433/a",
            "https://0x7f.1/a",
            "https://[::ffff:127.0.0.1]/a",
            "//cdn.gen.pro/a",
            "file:///etc/passwd",
            "data:image/png;base64,AA",
            "",
            "javascript:alert(1)",
            "https://cdn.gen.pro./a",
            "https://cdn。gen.pro.evil.example/a",
            "http://169.254.169.254/latest",
        ] {
            assert!(config.media_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn f1_files_go_to_listed_domains_only() {
        let config = Config::default();
        for good in ["https://s3.amazonaws.com/a?X-Amz-Signature=1", "https://b.s3.eu-west-1.amazonaws.com/a"]
        {
            assert!(config.storage_url(good).is_ok(), "{good}");
        }
        for bad in [
            "http://s3.amazonaws.com/a",
            "https://s3.amazonaws.com:8443/a",
            "https://evilamazonaws.com/a",
            "https://s3.amazonaws.com.evil.example/a",
            "https://u:p@s3.amazonaws.com/a",
            "https://cdn.gen.pro/a",
            "https://127.0.0.1/a",
            "http://169.254.169.254/latest",
            "",
        ] {
            assert!(config.storage_url(bad).is_err(), "{bad}");
        }
        assert!(with_api("http://127.0.0.1:4010/v1").storage_url("http://127.0.0.1:4010/storage/1").is_ok());
    }

    #[test]
    fn a_simulator_on_this_machine_is_a_media_host() {
        let config = with_api("http://127.0.0.1:4010/v1");
        assert!(config.media_url("http://127.0.0.1:4010/media/a.png").is_ok());
        assert!(config.media_url("http://127.0.0.1:4011/media/a.png").is_err());
        assert!(config.media_url("http://localhost:4010/media/a.png").is_err());
    }
}
