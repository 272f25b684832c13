use std::fmt;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use crate::Error;

/// The longest key we take; GEN's are far shorter.
const KEY_MAX: usize = 512;

/// A GEN key, or one of a service GEN connects to. It has no `Display` and no `Serialize`, so it cannot slip into a log, a page or a URL.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// Takes what a person pasted, without the blanks around it. [`Error::Invalid`] unless the rest is 1 to 512
    /// printable ASCII characters, which is what a header can carry.
    pub fn new(text: String) -> Result<Self, Error> {
        let text = SecretString::from(text);
        let key = text.expose_secret().trim();
        if key.is_empty() {
            return Err(Error::Invalid("A GEN key cannot be empty.".into()));
        }
        if key.len() > KEY_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Invalid(format!(
                "A GEN key has at most {KEY_MAX} letters, digits and signs, without blanks inside."
            )));
        }
        Ok(Self(SecretString::from(key.to_owned())))
    }

    /// The last four characters, for people to tell keys apart; empty where four would give away too much.
    pub fn last4(&self) -> &str {
        let key = self.expose();
        if key.len() < 12 { "" } else { &key[key.len() - 4..] }
    }

    /// The key itself, for the vault that encrypts it and for the call that gives it to GEN. Nothing else may ask.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The header that authenticates a call, marked so that no HTTP library prints or indexes it.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        let mut value = HeaderValue::from_str(self.expose())
            .map_err(|_| Error::Invalid("This GEN key cannot be sent as a header.".into()))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey([redacted])")
    }
}

/// Names one decision of a person to spend. GEN answers the same name within 24 hours with the same result
/// instead of charging again; where it does not know the header, it does no harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency(pub String);

impl Idempotency {
    /// The header's value; [`Error::Invalid`] if it holds anything but printable ASCII.
    pub(crate) fn header(&self) -> Result<HeaderValue, Error> {
        HeaderValue::from_str(&self.0)
            .map_err(|_| Error::Invalid("This idempotency key cannot be sent.".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_was_pasted_without_its_blanks() {
        let key = ApiKey::new(" gen_pat_0123456789abcd\n".into()).unwrap();
        assert_eq!(key.expose(), "gen_pat_0123456789abcd");
        assert_eq!(key.last4(), "abcd");
    }

    #[test]
    fn refuses_what_a_header_cannot_carry() {
        for bad in ["", "  ", "two words", "line\nbreak", "schlüssel", &"x".repeat(513)] {
            assert!(matches!(ApiKey::new(bad.into()), Err(Error::Invalid(_))), "{bad:?}");
        }
    }

    #[test]
    fn says_nothing_about_itself() {
        let key = ApiKey::new("gen_pat_very_secret".into()).unwrap();
        assert_eq!(format!("{key:?} {:#?}", Some(&key)).matches("[redacted]").count(), 2);
        assert!(key.header().unwrap().is_sensitive());
        assert_eq!(ApiKey::new("short".into()).unwrap().last4(), "");
    }
}
