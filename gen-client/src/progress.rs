use serde_json::Value;

use crate::model::RunSteps;
use crate::{Error, Upstream, response};

impl Upstream {
    /// Whether there is a place to read the steps of runs from.
    pub fn shows_steps(&self) -> bool {
        self.config.progress_url.is_some()
    }

    /// What a run shows of itself at this moment, by the path GEN gave for it; `None` where no place is known or the
    /// path is none of a run's. No key goes along.
    pub async fn run_steps(&self, path: &str) -> Result<Option<RunSteps>, Error> {
        let (Some(base), Some(segments)) = (&self.config.progress_url, segments(path)) else {
            return Ok(None);
        };
        let mut url = base.clone();
        let Ok(mut place) = url.path_segments_mut() else { return Ok(None) };
        place.pop_if_empty().extend(segments);
        drop(place);
        let raw = response::read(self.storage.get(url).timeout(self.timeouts.read)).await?;
        let shown = raw.json("run_steps")?.json.unwrap_or(Value::Null);
        Ok(Some(RunSteps::read(&shown)))
    }
}

/// The parts of `/agent_runs/{user}/{run}/`, the last as the database wants it read.
fn segments(path: &str) -> Option<[String; 3]> {
    let plain = |part: &&str| {
        !part.is_empty()
            && part.len() <= 100
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let [runs @ "agent_runs", user, run] = parts[..] else { return None };
    [user, run].iter().all(plain).then(|| [runs.to_owned(), user.to_owned(), format!("{run}.json")])
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn only_the_path_of_a_run_is_followed() {
        let run = segments("/agent_runs/11/run_abc123/");
        assert_eq!(run, Some(["agent_runs".to_owned(), "11".to_owned(), "run_abc123.json".to_owned()]));
        for other in
            ["", "/users/11/", "/agent_runs/11/../../keys/", "/agent_runs/1?x=/2", "https://evil.test/a/b"]
        {
            assert_eq!(segments(other), None, "{other}");
        }
    }
}
