use crate::call::Call;
use crate::model::Generation;
use crate::operation as op;
use crate::{Error, GenClient, GenerationId, Idempotency};

impl GenClient {
    /// Where a generation or render stands and what it made. GEN: getGeneration. 404 if absent.
    pub async fn open_generation(&self, generation: &GenerationId) -> Result<Generation, Error> {
        self.one(Call::to(&op::OPEN_GENERATION, &[generation.as_str()])).await
    }

    /// Stops a generation; GEN gives the credits back. GEN: stopGeneration. 422 `job_cannot_be_stopped` once it
    /// has ended. Read the generation again afterwards: the answer's shape is not settled (D29).
    pub async fn stop_generation(&self, generation: &GenerationId) -> Result<(), Error> {
        let sent = self.done(Call::to(&op::STOP_GENERATION, &[generation.as_str()])).await;
        let ended = |found: Generation| found.status.is_final().then_some(());
        self.reread(sent, self.open_generation(generation), ended).await
    }

    /// Takes up a stopped generation again. GEN: continueGeneration. Costs its credits again. Read the generation
    /// again afterwards.
    pub async fn continue_generation(
        &self,
        generation: &GenerationId,
        idempotency: &Idempotency,
    ) -> Result<(), Error> {
        let call = Call::to(&op::CONTINUE_GENERATION, &[generation.as_str()]);
        self.done(call.paid(idempotency)).await
    }
}
