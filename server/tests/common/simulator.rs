use gen_sim::GenSim;
use serde_json::{Value, json};

use super::Server;

/// What a test does with the simulator behind a server.
impl Server {
    fn sim_url(&self) -> String {
        self.sim.as_ref().expect("the simulator is still there").base_url()
    }

    /// The simulator, to be ended before the server.
    pub fn take_simulator(&mut self) -> GenSim {
        self.sim.take().expect("the simulator is still there")
    }

    /// Orders a fault from the simulator.
    pub async fn fault(&self, fault: Value) {
        let response = self.http.post(self.simulator("fault")).json(&fault).send().await.unwrap();
        assert!(response.status().is_success());
    }

    pub async fn clear_faults(&self) {
        assert!(self.http.delete(self.simulator("fault")).send().await.unwrap().status().is_success());
    }

    /// How many calls the simulator has had; it remembers the last five hundred.
    pub async fn calls_at_gen(&self) -> usize {
        self.ask_simulator("requests").await.as_array().unwrap().len()
    }

    /// How many of the calls that the simulator remembers have this method and such a path.
    pub async fn calls_to(&self, method: &str, ending: &str) -> usize {
        let seen = self.ask_simulator("requests").await;
        let wanted = |call: &&Value| {
            call["method"] == method && call["path"].as_str().is_some_and(|path| path.ends_with(ending))
        };
        seen.as_array().unwrap().iter().filter(wanted).count()
    }

    /// What the simulator saw: `requests` or `report`.
    pub async fn ask_simulator(&self, what: &str) -> Value {
        self.http.get(self.simulator(what)).send().await.unwrap().json().await.unwrap()
    }

    /// Gives the seeded studio so much to spend at GEN.
    pub async fn give_credits(&self, credits: f64) {
        let credits = json!({ "organization_id": 10, "generic": credits });
        let given = self.http.post(self.simulator("credits")).json(&credits).send().await.unwrap();
        assert!(given.status().is_success());
    }

    /// Where GEN's API has this path.
    pub fn at_gen(&self, path: &str) -> String {
        format!("{}/v1{path}", self.sim_url())
    }

    /// Where the simulator is steered.
    pub fn simulator(&self, what: &str) -> String {
        format!("{}/_sim/{what}", self.sim_url())
    }

    /// Moves the simulator's jobs: `step` or `drain`.
    pub async fn move_jobs(&self, how: &str) {
        assert!(self.http.post(self.simulator(how)).send().await.unwrap().status().is_success());
    }
}
