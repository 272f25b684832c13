use std::ffi::OsString;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use store::MasterKeys;

use super::{DataArgs, ServeArgs};
use crate::Failure;

/// The first admin's password.
pub(super) const ADMIN_PASSWORD: &str = "REELSHEET_ADMIN_PASSWORD";
/// The team's shared GEN key.
pub(super) const GEN_API_KEY: &str = "REELSHEET_GEN_API_KEY";
/// The key ring that encrypts stored GEN keys.
pub(super) const MASTER_KEY: &str = "REELSHEET_MASTER_KEY";

/// What no flag may hold. `Debug` redacts each.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// The first admin's password.
    pub admin_password: Option<SecretString>,
    /// The team's shared GEN key.
    pub gen_api_key: Option<SecretString>,
    /// The key ring itself, where it is not in a file.
    pub master_key: Option<SecretString>,
}

impl Secrets {
    /// Reads each from its variable or from its file; both at once is an error that names them.
    pub fn read(args: &ServeArgs, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Failure> {
        let secret = |name: &str, file: Option<&Path>| match (text(name, &variable)?, file) {
            (Some(_), Some(_)) => Err(Failure(format!("{name} and {name}_FILE are both set; keep one"))),
            (None, Some(file)) => from_file(name, file).map(Some),
            (value, None) => Ok(value),
        };
        let secrets = Self {
            admin_password: secret(ADMIN_PASSWORD, args.admin_password_file.as_deref())?,
            gen_api_key: secret(GEN_API_KEY, args.gen_api_key_file.as_deref())?,
            master_key: master_key_variable(&variable)?,
        };
        if args.admin_email.is_some() != secrets.admin_password.is_some() {
            return Err(Failure(format!(
                "REELSHEET_ADMIN_EMAIL and {ADMIN_PASSWORD} (or {ADMIN_PASSWORD}_FILE) are needed together"
            )));
        }
        Ok(secrets)
    }
}

/// The key ring's variable, for commands that need no other secret.
pub(crate) fn master_key_variable(
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<SecretString>, Failure> {
    text(MASTER_KEY, variable)
}

/// The key ring: the one in the variable, else the one in the named file, else the data folder's own.
pub(crate) fn master_keys(data: &DataArgs, ring: Option<&SecretString>) -> Result<MasterKeys, Failure> {
    match (ring, &data.master_keys_file) {
        (Some(_), Some(_)) => {
            Err(Failure(format!("{MASTER_KEY} and REELSHEET_MASTER_KEYS_FILE are both set; keep one")))
        }
        (Some(ring), None) => Ok(MasterKeys::parse(ring.expose_secret())?),
        (None, Some(file)) => Ok(MasterKeys::load(file)?),
        (None, None) => Ok(MasterKeys::load_or_create(&data.data_dir.join("master.keys"))?),
    }
}

fn text(name: &str, variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<SecretString>, Failure> {
    let Some(value) = variable(name).filter(|value| !value.is_empty()) else { return Ok(None) };
    // The value itself must not be in the message.
    let value = value.into_string().map_err(|_| Failure(format!("{name} is not UTF-8 text")))?;
    Ok(Some(SecretString::from(value)))
}

fn from_file(name: &str, file: &Path) -> Result<SecretString, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure(format!("{name}_FILE: {}: {error}", file.display())))?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
}
