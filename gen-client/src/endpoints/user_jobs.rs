use serde_json::{Value, json};

use crate::call::Call;
use crate::file::Part;
use crate::model::{Generation, GenerationStarted, Monitoring, Publication};
use crate::operation as op;
use crate::{AgentId, Error, GenClient, GenerationId, Idempotency};

/// Work outside vidsheets: monitoring and publishing. GEN has no list of it, so remember its ids (D22).
impl GenClient {
    /// Looks at what others post. GEN: createUserJob with `train_social`. Costs credits for each video found.
    /// [`Error::Invalid`] for what GEN would refuse, 403 `permission_denied`, 422.
    pub async fn start_monitoring(
        &self,
        agent: &AgentId,
        monitoring: &Monitoring,
        idempotency: &Idempotency,
    ) -> Result<GenerationStarted, Error> {
        monitoring.check()?;
        let parts = vec![
            Part::text("user_job[user_job_type]", "train_social"),
            Part::text("user_job[data]", Value::Object(monitoring.to_wire())),
        ];
        let call = Call::to(&op::START_MONITORING, &[]).agent(agent).parts(parts);
        self.one(call.paid(idempotency)).await
    }

    /// Changes what is looked at, while it goes on. GEN: updateMonitoringJob. 404 `user_job_not_found`, 422
    /// `job_status_invalid` once it has ended.
    pub async fn update_monitoring(
        &self,
        agent: &AgentId,
        job: &GenerationId,
        monitoring: &Monitoring,
    ) -> Result<(), Error> {
        monitoring.check()?;
        let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let parts = monitoring.to_wire().into_iter().map(|(name, value)| Part::text(name, text(value)));
        let parts = parts.collect();
        self.done(Call::to(&op::UPDATE_MONITORING, &[job.as_str()]).agent(agent).parts(parts)).await
    }

    /// Publishes a final video, now or later. GEN: createUserJob with `publish_content`. It acts in public.
    /// [`Error::Invalid`] for what GEN would refuse, 403 `permission_denied`, 422.
    pub async fn publish(
        &self,
        agent: &AgentId,
        publication: &Publication,
        idempotency: &Idempotency,
    ) -> Result<GenerationStarted, Error> {
        publication.check()?;
        let data = Value::Object(publication.to_wire()).to_string();
        let body = json!({ "user_job_type": "publish_content", "data": data });
        self.one(Call::to(&op::PUBLISH, &[]).agent(agent).body(body).paid(idempotency)).await
    }

    /// Where monitoring or publishing stands. GEN: getUserJob. 404 if absent.
    pub async fn open_job(&self, agent: &AgentId, job: &GenerationId) -> Result<Generation, Error> {
        self.one(Call::to(&op::OPEN_USER_JOB, &[job.as_str()]).agent(agent)).await
    }
}
