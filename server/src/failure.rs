use std::fmt;

/// Why the process cannot go on, in one line for the person who started it.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<gen_client::Error> for Failure {
    fn from(error: gen_client::Error) -> Self {
        Self(error.to_string())
    }
}
