//! Passwords: what may be one, and argon2id.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::{Error, Result};

const MIN: usize = 12;
const MAX: usize = 128;
/// Each takes 64 MiB and a core for half a second.
const AT_ONCE: usize = 2;
const WAITING: usize = 64;
const MEMORY_KIB: u32 = 65_536;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// What a hash made with today's parameters begins with.
const PREFIX: &str = "$argon2id$v=19$m=65536,t=3,p=1$";

/// Long enough, and tried first by whoever guesses; compared in lower case without digits and signs at the end.
const COMMON: &[&str] = &[
    "password",
    "passwordpassword",
    "correcthorsebatterystaple",
    "correct horse battery staple",
    "qwertyuiop",
    "qwertyuiopasdfghjkl",
    "qwertyqwerty",
    "administrator",
    "adminadmin",
    "changeme",
    "changemechangeme",
    "letmein",
    "letmeinletmein",
    "welcome",
    "iloveyou",
    "iloveyouiloveyou",
    "abcdefghijkl",
    "abcdefghijklmnop",
    "reelsheet",
    "",
];

/// Lets a few passwords be hashed at a time, on threads that may block.
pub(crate) struct Hashers {
    working: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Hashers {
    fn default() -> Self {
        Self { working: Arc::new(Semaphore::new(AT_ONCE)), waiting: Arc::new(Semaphore::new(WAITING)) }
    }
}

impl Hashers {
    /// The PHC string to store for a new password. [`Error::Busy`] when too many wait.
    pub(crate) async fn hash(&self, password: SecretString) -> Result<String> {
        self.run(move || {
            let hashed = argon2()?.hash_password(password.expose_secret().as_bytes()).map_err(failed)?;
            Ok(hashed.to_string())
        })
        .await
    }

    /// Whether this is the password of a stored PHC string. [`Error::Busy`] when too many wait.
    pub(crate) async fn verify(&self, password: SecretString, phc: String) -> Result<bool> {
        self.run(move || {
            let stored = PasswordHash::new(&phc).map_err(failed)?;
            Ok(argon2()?.verify_password(password.expose_secret().as_bytes(), &stored).is_ok())
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _waiting = self.waiting.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let working = self.working.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
        let task = tokio::task::spawn_blocking(move || {
            // Held in here, for the work goes on when who asked for it is gone.
            let _working = working;
            work()
        });
        task.await.map_err(|error| Error::Corrupt(format!("a password could not be hashed: {error}")))?
    }
}

/// [`Error::Invalid`] unless it has 12 to 128 characters and is not one that everybody tries.
pub(crate) fn check(password: &str, email: &str) -> Result<()> {
    let refuse = |message: String| Err(Error::Invalid { field: "Password", message });
    // Bytes first: counting the characters of a megabyte is work for nothing.
    let length = if password.len() > 4 * MAX { MAX + 1 } else { password.chars().count() };
    if !(MIN..=MAX).contains(&length) {
        return refuse(format!("A password has {MIN} to {MAX} characters."));
    }
    let plain = password.to_lowercase();
    let stem = plain.trim_end_matches(|letter: char| !letter.is_alphabetic());
    let one_letter = plain.chars().all(|letter| plain.starts_with(letter));
    if one_letter || plain == email || COMMON.contains(&stem) || COMMON.contains(&plain.as_str()) {
        return refuse("This password is among the first that anybody tries. Choose another.".into());
    }
    Ok(())
}

/// Whether a stored hash was made with other parameters than today's.
pub(crate) fn is_outdated(phc: &str) -> bool {
    !phc.starts_with(PREFIX)
}

/// A hash that costs as much to try as any and that no password is known to fit: it makes an unknown account
/// as slow as a known one, and is what a demo account has.
pub(crate) fn unmatchable() -> String {
    let salt = STANDARD_NO_PAD.encode(rand::random::<[u8; 16]>());
    let hash = STANDARD_NO_PAD.encode(rand::random::<[u8; 32]>());
    format!("{PREFIX}{salt}${hash}")
}

fn argon2() -> Result<Argon2<'static>> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Corrupt(format!("a password hash: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[tokio::test]
    async fn p1_hashes_are_argon2id_with_64_mib_and_fit_their_password_only() {
        let hashers = Hashers::default();
        let phc = hashers.hash(secret("a kiln full of mugs")).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{phc}");
        assert!(!is_outdated(&phc) && is_outdated(&phc.replace("t=3", "t=2")));
        assert!(hashers.verify(secret("a kiln full of mugs"), phc.clone()).await.unwrap());
        assert!(!hashers.verify(secret("a kiln full of jugs"), phc).await.unwrap());
    }

    #[tokio::test]
    async fn p4_the_hash_nobody_fits_is_tried_like_any_other() {
        let phc = unmatchable();
        assert!(!is_outdated(&phc));
        assert!(!Hashers::default().verify(secret("a kiln full of mugs"), phc).await.unwrap());
    }

    #[tokio::test]
    async fn p1_a_queue_that_is_full_is_busy() {
        let hashers = Hashers { working: Arc::new(Semaphore::new(1)), waiting: Arc::new(Semaphore::new(0)) };
        assert!(matches!(hashers.hash(secret("a kiln full of mugs")).await, Err(Error::Busy)));
    }

    #[test]
    fn p2_a_password_has_12_to_128_characters_and_is_not_a_common_one() {
        for good in ["a kiln full of mugs", &"ä1".repeat(64), "twelve chars", "passwords are hard"] {
            assert!(check(good, "a@b.c").is_ok(), "{good}");
        }
        for bad in [
            "elevenchars",
            &"ab".repeat(65),
            &"x".repeat(1_000_000),
            "aaaaaaaaaaaa",
            "Password123456",
            "123456789012",
            "someone@example.org",
        ] {
            let refused = check(bad, "someone@example.org");
            assert!(matches!(refused, Err(Error::Invalid { field: "Password", .. })), "{}", bad.len());
        }
    }
}
