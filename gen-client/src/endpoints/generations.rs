use crate::call::{Call, Host::Api};
use crate::model::Generation;
use crate::{Error, GenClient, GenerationId, Idempotency};

impl GenClient {
    /// Where a generation or render stands and what it made. GEN: getGeneration. 404 if absent.
    pub async fn open_generation(&self, generation: &GenerationId) -> Result<Generation, Error> {
        self.one(Call::get("open_generation", Api, &["generations", generation.as_str()])).await
    }

    /// Stops a generation; GEN gives the credits back. GEN: stopGeneration. 422 `job_cannot_be_stopped` once it
    /// has ended. Read the generation again afterwards: the answer's shape is not settled (D29).
    pub async fn stop_generation(&self, generation: &GenerationId) -> Result<(), Error> {
        self.done(Call::post("stop_generation", Api, &["generations", generation.as_str(), "stop"])).await
    }

    /// Takes up a stopped generation again. GEN: continueGeneration. Costs its credits again. Read the generation
    /// again afterwards.
    pub async fn continue_generation(
        &self,
        generation: &GenerationId,
        idempotency: &Idempotency,
    ) -> Result<(), Error> {
        let call = Call::post("continue_generation", Api, &["generations", generation.as_str(), "continue"]);
        self.done(call.paid(idempotency)).await
    }
}
