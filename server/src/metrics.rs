use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};

use http::StatusCode;
use store::Hint;

/// What is counted since the process began. No label names a person or a thing of theirs.
#[derive(Default)]
pub struct Metrics {
    answers: [AtomicU64; 6],
    cross_site_refused: AtomicU64,
    panics: AtomicU64,
    worker_restarts: AtomicU64,
    webhooks: [AtomicU64; 4],
    open_streams: AtomicI64,
}

impl Metrics {
    pub(crate) fn answered(&self, status: StatusCode) {
        if let Some(counter) = self.answers.get(usize::from(status.as_u16() / 100)) {
            counter.fetch_add(1, Relaxed);
        }
    }

    pub(crate) fn cross_site_refused(&self) {
        self.cross_site_refused.fetch_add(1, Relaxed);
    }

    pub(crate) fn panicked(&self) {
        self.panics.fetch_add(1, Relaxed);
    }

    pub(crate) fn worker_restarted(&self) {
        self.worker_restarts.fetch_add(1, Relaxed);
    }

    /// A message to a webhook, and what became of it; `None` when it was refused.
    pub(crate) fn heard(&self, hint: Option<Hint>) {
        let place = match hint {
            Some(Hint::Heeded) => 0,
            Some(Hint::Idle) => 1,
            Some(Hint::Strange) => 2,
            None => 3,
        };
        self.webhooks[place].fetch_add(1, Relaxed);
    }

    /// One more stream of events (or one less, with -1).
    pub(crate) fn streams(&self, difference: i64) {
        self.open_streams.fetch_add(difference, Relaxed);
    }

    /// In Prometheus' text form.
    pub(crate) fn text(&self) -> String {
        let mut out = String::from("# TYPE reelsheet_answers_total counter\n");
        for (class, counter) in self.answers.iter().enumerate().skip(1) {
            out += &format!("reelsheet_answers_total{{status=\"{class}xx\"}} {}\n", counter.load(Relaxed));
        }
        out += "# TYPE reelsheet_webhooks_total counter\n";
        for (result, counter) in ["heeded", "idle", "strange", "refused"].iter().zip(&self.webhooks) {
            out += &format!("reelsheet_webhooks_total{{result=\"{result}\"}} {}\n", counter.load(Relaxed));
        }
        for (name, counter) in [
            ("cross_site_refused_total", &self.cross_site_refused),
            ("panics_total", &self.panics),
            ("worker_restarts_total", &self.worker_restarts),
        ] {
            out += &format!("# TYPE reelsheet_{name} counter\nreelsheet_{name} {}\n", counter.load(Relaxed));
        }
        let open = self.open_streams.load(Relaxed);
        out + &format!("# TYPE reelsheet_sse_clients gauge\nreelsheet_sse_clients {open}\n")
    }
}
