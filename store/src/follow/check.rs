use gen_client::AgentId;

use super::lease::APART_MS;
use crate::saved::id;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// Looks at GEN for one piece of work now, because somebody wants to know: also for what no look comes to by
    /// itself any more. It costs nothing and starts nothing. What is asked for twice within two seconds is looked at
    /// once; GEN's failure is the error and changes nothing.
    pub async fn check_work(&self, actor: &Actor, work: &str) -> Result<()> {
        let agent: Option<String> = sqlx::query_scalar("SELECT agent_id FROM work WHERE id = ?")
            .bind(work)
            .fetch_optional(self.read())
            .await?;
        let agent: AgentId = id(&agent.ok_or(Error::NotFound("work"))?)?;
        self.must_reach(actor, &agent).await.map_err(|error| match error {
            Error::NotFound(_) => Error::NotFound("work"),
            error => error,
        })?;
        let followed = self.followed(work).await?;
        let just_now = followed.looked_at.is_some_and(|at| self.now().saturating_sub(at) < APART_MS);
        if just_now || !followed.is_open() {
            return Ok(());
        }
        let (store, work) = (self.clone(), work.to_owned());
        self.finish(async move {
            let followed = store.take(&work).await?;
            let looked = store.look(&followed).await;
            match &looked {
                Err(Error::Gen(error)) => store.look_failed(&followed, error).await?,
                Err(Error::NotFound("key")) => store.no_key(&followed).await?,
                _ => {}
            }
            looked
        })
        .await
    }
}
