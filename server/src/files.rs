use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Two thousand connections, as many calls to GEN, and what else a process has open.
const MANY: u64 = 8_192;

/// Lets this process have many files open. Each connection is one, and most systems stop a process at 1,024 that
/// does not ask for more.
pub fn allow_many_files() {
    let limit = getrlimit(Resource::Nofile);
    let many = limit.maximum.map_or(MANY, |most| most.min(MANY));
    if limit.current.is_none_or(|now| now >= many) {
        return;
    }
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: Some(many), maximum: limit.maximum }) {
        tracing::warn!(%error, "few connections will stand at once");
    }
}
