//! What a fresh installation needs before anybody can use it: an admin and a GEN key, from the configuration or,
//! without one, by way of the browser.

use std::time::Duration;

use gen_client::ApiKey;
use secrecy::ExposeSecret;
use store::{Credentials, Store};

use crate::Failure;
use crate::accounts::name_of;
use crate::config::Config;
use crate::demo::Simulator;

/// GEN may hang; the start does not wait longer for it.
const GEN_PATIENCE: Duration = Duration::from_secs(10);

/// Makes the configured admin and keeps the configured key, each if it is new.
pub(crate) async fn prepare(store: &Store, config: &Config) -> Result<(), Failure> {
    store.recover().await?;
    if config.args.demo {
        // The session of the demo's admin is opened when somebody visits; this makes the account.
        let (actor, _) = store.sign_in_as_demo().await?;
        keep_key(store, Simulator::key()?).await;
        let (agent, vidsheet) = Simulator::vidsheet()?;
        // GEN cannot list vidsheets, so the demo's own one has to be taken into the registry by its id.
        if store.list_vidsheets(&actor, &agent).await?.is_empty() {
            store.adopt_vidsheet(&actor, &agent, &vidsheet).await?;
        }
        store.sign_out(&actor).await?;
    }
    if let (Some(email), Some(password)) = (&config.args.admin_email, &config.secrets.admin_password) {
        let credentials = Credentials {
            email: email.clone(),
            name: name_of(email),
            password: password.expose_secret().to_owned(),
        };
        let made = store.create_admin_headless(credentials).await;
        made.map_err(|error| {
            Failure(format!("the first admin cannot be made of the REELSHEET_ADMIN_ variables: {error}"))
        })?;
    }
    if let Some(key) = &config.secrets.gen_api_key {
        let key = ApiKey::new(key.expose_secret().to_owned());
        keep_key(store, key.map_err(|error| Failure(format!("REELSHEET_GEN_API_KEY: {error}")))?).await;
    }
    Ok(())
}

/// What the operator has to do in the browser, if this is the first run.
pub(crate) async fn invitation(store: &Store, url: &str) -> Result<Option<String>, Failure> {
    if !store.is_first_run().await? {
        return Ok(None);
    }
    let key = store.make_boot_key().await?;
    let welcome = app::paths::WELCOME;
    Ok(Some(format!("first run: open {url}{welcome} and enter the setup key {key}")))
}

/// Keeps the team's key. Neither a GEN that is down nor a key that GEN refuses keeps the dashboard from starting:
/// what is saved can still be read, and the next start tries again.
async fn keep_key(store: &Store, key: ApiKey) {
    match tokio::time::timeout(GEN_PATIENCE, store.add_shared_key_headless(key)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::warn!(%error, "the team's GEN key was not kept; the next start tries again")
        }
        Err(_) => tracing::warn!(
            "GEN did not answer, so the team's GEN key was not kept; the next start tries again"
        ),
    }
}
