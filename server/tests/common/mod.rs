//! The real program against the simulator, over HTTP. Each test has its own of both, on free ports.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what fails in a helper fails the test that called it"
)]
#![expect(dead_code, reason = "each test file uses its part of it")]

pub mod events;
mod recorder;
pub mod simulator;
pub mod studio;

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

// Its server functions register themselves, but only where the crate is linked.
use app as _;
use gen_sim::{GenSim, Options, SimMode};
use recorder::Recorder;
use reqwest::header::{ACCEPT, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::timeout;

pub const ADMIN: &str = "rosa@kiln.example";
pub const EDITOR: &str = "ed@kiln.example";
pub const VIEWER: &str = "vic@kiln.example";
pub const PASSWORD: &str = "a long enough passphrase";
/// Longer than anything takes; only a failing test waits for it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How a server is started; the default has an admin, the team's key and a simulator that is moved by hand.
pub struct Setup {
    pub first_run: bool,
    pub gen_key: Option<&'static str>,
    /// Besides the admin: e-mail and role.
    pub people: &'static [(&'static str, &'static str)],
    pub variables: Vec<(&'static str, String)>,
    pub arguments: &'static [&'static str],
    /// Whether what goes to the simulator is written down.
    pub recorded: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            first_run: false,
            gen_key: Some(gen_sim::DEMO_KEY),
            people: &[],
            variables: Vec::new(),
            arguments: &[],
            recorded: false,
        }
    }
}

/// A running program with what it stands on.
pub struct Server {
    child: Child,
    log: Arc<Mutex<String>>,
    /// What it was started with, to start it so again.
    variables: Vec<(&'static str, String)>,
    arguments: &'static [&'static str],
    pub url: String,
    pub data: TempDir,
    pub site: TempDir,
    pub sim: Option<GenSim>,
    pub recorder: Option<Recorder>,
    pub http: reqwest::Client,
}

impl Server {
    pub async fn start(setup: Setup) -> Self {
        let (data, site) = (tempfile::tempdir().unwrap(), fake_site());
        let recorder = if setup.recorded { Some(Recorder::start().await) } else { None };
        let media_host = recorder.as_ref().map(Recorder::base_url);
        let sim = GenSim::start(Options {
            mode: SimMode::Explicit,
            media_host: media_host.clone(),
            ..Options::default()
        });
        let sim = sim.await.unwrap();
        if let Some(recorder) = &recorder {
            recorder.forward_to(&sim.base_url());
        }
        let gen_url = format!("{}/v1", media_host.unwrap_or_else(|| sim.base_url()));
        // Whoever is there first makes the first run over, so the admin comes first.
        let admin = setup.people.first().map(|_| (ADMIN, "admin"));
        for (email, role) in admin.iter().chain(setup.people) {
            let added = run(data.path(), &["user", "add", email, "--role", role], &[], PASSWORD).await;
            assert!(added.status.success(), "{}", added.said);
        }
        let mut variables = vec![
            ("LEPTOS_SITE_ROOT", site.path().to_str().unwrap().to_owned()),
            ("REELSHEET_GEN_API_URL", gen_url.clone()),
            ("REELSHEET_GEN_AGENT_URL", gen_url),
        ];
        if let Some(key) = setup.gen_key.filter(|_| !setup.first_run) {
            variables.push(("REELSHEET_GEN_API_KEY", key.to_owned()));
        }
        if !setup.first_run {
            variables.push(("REELSHEET_ADMIN_EMAIL", ADMIN.to_owned()));
            variables.push(("REELSHEET_ADMIN_PASSWORD", PASSWORD.to_owned()));
        }
        variables.extend(setup.variables);
        let arguments = setup.arguments;
        let log = Arc::new(Mutex::new(String::new()));
        let (child, url) = serve(data.path(), arguments, &variables, &log).await;
        Self { child, log, variables, arguments, url, data, site, sim: Some(sim), recorder, http: client() }
    }

    /// Starts the program again on the same data, at another port, after it ended.
    pub async fn start_again(&mut self) {
        (self.child, self.url) = serve(self.data.path(), self.arguments, &self.variables, &self.log).await;
    }

    /// Starts it again to be killed at a place; false when that came before it listened.
    pub async fn start_again_to_die_at(&mut self, point: &str, passes: usize) -> bool {
        let place = ("FAILPOINTS", format!("{point}={passes}*off->return"));
        let variables: Vec<_> = self.variables.iter().cloned().chain([place]).collect();
        let (child, url) = begin(self.data.path(), self.arguments, &variables, &self.log).await;
        self.child = child;
        let listens = url.is_some();
        self.url = url.unwrap_or_default();
        listens
    }

    /// Whether the program has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Ends the program as a power cut would.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Everything the program has printed.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// As a browser asks for a page.
    pub async fn page(&self, path: &str, cookie: &str) -> Response {
        self.request(Method::GET, path, cookie).header(ACCEPT, "text/html").send().await.unwrap()
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Response {
        self.request(Method::GET, path, cookie).send().await.unwrap()
    }

    pub fn request(&self, method: Method, path: &str, cookie: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        if cookie.is_empty() { request } else { request.header(COOKIE, cookie) }
    }

    /// Calls a server function as our own page does. Arguments are a JSON object.
    pub async fn call(&self, name: &str, arguments: &Value, cookie: &str) -> Response {
        self.calling(name, arguments, cookie).header("sec-fetch-site", "same-origin").send().await.unwrap()
    }

    /// The same, without what the browser would say about where it comes from.
    pub fn calling(&self, name: &str, arguments: &Value, cookie: &str) -> RequestBuilder {
        let (path, method) = server_fn(name);
        let request = self.request(method.clone(), path, cookie);
        match (method, FORMS.contains(&name)) {
            (Method::GET, _) => request.query(&flat(arguments)),
            (_, true) => request.form(&flat(arguments)),
            (_, false) => request.json(arguments),
        }
    }

    /// Posts a form as a browser without JavaScript does.
    pub async fn submit(&self, name: &str, fields: &[(&str, &str)], from: &str, cookie: &str) -> Response {
        let request = self.request(Method::POST, server_fn(name).0, cookie).form(fields);
        let request = request.header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        request.header("referer", format!("{}{from}", self.url)).send().await.unwrap()
    }

    /// Signs in and returns the cookie, as the browser would send it.
    pub async fn sign_in(&self, email: &str) -> String {
        let fields = [("email", email), ("password", PASSWORD)];
        let response = self.submit("sign_in", &fields, "/login", "").await;
        assert_eq!((response.status().as_u16(), location(&response)), (302, "/"), "{email} signs in");
        cookie(&response)
    }

    /// One of the numbers of `/metrics`, as it is written there.
    pub async fn metric(&self, name: &str) -> i64 {
        let text = self.get("/metrics", "").await.text().await.unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name} is not in {text}")).parse().unwrap()
    }

    /// Asks until it is so; a test that waits for ever fails by its patience.
    pub async fn until(&self, what: &str, mut is_so: impl AsyncFnMut(&Self) -> bool) {
        let asking = async {
            while !is_so(self).await {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("never: {what}\n{}", self.log()));
    }

    /// A bare connection, from one of this machine's addresses.
    pub async fn connect_from(&self, address: [u8; 4]) -> std::io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((address, 0).into())?;
        socket.connect(self.url.trim_start_matches("http://").parse().unwrap()).await
    }

    /// Sends bytes over a connection of their own and reads what comes back until it ends.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect_from([127, 0, 0, 1]).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        // A connection that is reset has said all that it will.
        let _ended = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("it ends");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends the program a signal.
    pub async fn signal(&self, name: &str) {
        let pid = self.child.id().expect("it still runs").to_string();
        assert!(Command::new("kill").args([name, &pid]).status().await.unwrap().success());
    }

    /// Waits until the program has ended.
    pub async fn ended(&mut self) -> ExitStatus {
        timeout(PATIENCE, self.child.wait()).await.expect("it ends").unwrap()
    }

    /// Asks the program to end.
    pub async fn stop(&mut self) -> ExitStatus {
        self.signal("-TERM").await;
        self.ended().await
    }

    /// Memory that the program holds, in MiB, as Linux counts it.
    pub fn resident_mib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().unwrap())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    /// Every file it keeps, concatenated.
    pub fn data_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.data.path()).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
    }
}

/// Starts the program and waits until it says where it listens.
async fn serve(
    data: &Path,
    arguments: &[&str],
    variables: &[(&'static str, String)],
    log: &Arc<Mutex<String>>,
) -> (Child, String) {
    let (child, url) = begin(data, arguments, variables, log).await;
    let Some(url) = url else { panic!("the program ended: {}", log.lock().unwrap()) };
    (child, url)
}

/// Starts the program; where it listens, unless it ends before.
async fn begin(
    data: &Path,
    arguments: &[&str],
    variables: &[(&'static str, String)],
    log: &Arc<Mutex<String>>,
) -> (Child, Option<String>) {
    let mut command = program(data);
    command.arg("serve").args(arguments).envs(variables.iter().map(|(name, value)| (name, value)));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    collect(child.stderr.take().unwrap(), log.clone());
    let url = timeout(PATIENCE, announced(stdout, log.clone())).await.expect("the program listens in time");
    (child, url)
}

/// Server functions that take a form, so that they work without JavaScript.
pub const FORMS: [&str; 4] = ["sign_in", "sign_out", "create_first_admin", "add_key"];

/// Path and method of a server function, by its Rust name.
pub fn server_fn(name: &str) -> (&'static str, Method) {
    let found = server_fns().into_iter().find(|(known, ..)| known == name);
    let (_, path, method) = found.unwrap_or_else(|| panic!("there is no server function {name}"));
    (path, method)
}

/// Name, path and method of all of them. The path is the name with a hash of where it was written.
pub fn server_fns() -> Vec<(String, &'static str, Method)> {
    let known = server_fn::axum::server_fn_paths();
    let named = known.map(|(path, method)| {
        let name = path.trim_start_matches("/api/").trim_end_matches(|letter: char| letter.is_ascii_digit());
        (name.to_owned(), path, method)
    });
    named.collect()
}

pub fn location(response: &Response) -> &str {
    response.headers().get(LOCATION).map_or("", |location| location.to_str().unwrap())
}

/// `name=value` of the cookie that an answer sets.
pub fn cookie(response: &Response) -> String {
    let set = response.headers().get(SET_COOKIE).expect("a cookie is set").to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// What a command printed, and how it ended.
pub struct Ended {
    pub status: ExitStatus,
    pub said: String,
}

/// Runs the program to its end, with its input.
pub async fn run(data: &Path, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ended {
    let mut command = program(data);
    command.args(arguments).envs(variables.iter().copied());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that reads nothing may have closed it already.
    let _unread = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let output = timeout(PATIENCE, child.wait_with_output()).await.expect("it ends").unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Ended { status: output.status, said }
}

/// The program without the caller's own settings.
pub fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reelsheet"));
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("REELSHEET_") || name.starts_with("LEPTOS_"))
    {
        command.env_remove(name);
    }
    command.env("REELSHEET_ADDR", "127.0.0.1:0").env("REELSHEET_DATA_DIR", data).kill_on_drop(true);
    command
}

/// A site with the names of a real one; the tests of this crate load no page in a browser.
pub fn fake_site() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| std::fs::write(site.path().join(path), text).unwrap();
    std::fs::create_dir(site.path().join("pkg")).unwrap();
    write("hash.txt", "js: aaa\nwasm: bbb\ncss: ccc\n");
    write("pkg/reelsheet.aaa.js", "export default () => {};");
    write("pkg/reelsheet.ccc.css", "body { margin: 0 }");
    write("favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    site
}

fn client() -> reqwest::Client {
    let _already = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

fn flat(arguments: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in arguments.as_object().unwrap() {
        match value {
            Value::Object(inner) => {
                pairs.extend(inner.iter().map(|(field, value)| (format!("{name}[{field}]"), plain(value))));
            }
            value => pairs.push((name.clone(), plain(value))),
        }
    }
    pairs
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads until the program says where it listens, then goes on reading behind the test's back.
async fn announced(
    stdout: impl AsyncRead + Unpin + Send + 'static,
    log: Arc<Mutex<String>>,
) -> Option<String> {
    let mut lines = BufReader::new(stdout).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        log.lock().unwrap().push_str(&format!("{line}\n"));
        if let Some(url) = line.strip_prefix("listening on ") {
            let url = url.to_owned();
            collect(lines.into_inner(), log);
            return Some(url);
        }
    }
    None
}

fn collect(output: impl AsyncRead + Unpin + Send + 'static, log: Arc<Mutex<String>>) {
    tokio::spawn(async move {
        let mut lines = BufReader::new(output).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            log.lock().unwrap().push_str(&format!("{line}\n"));
        }
    });
}

/// The first media id in an answer: what stands where GEN's URL was.
pub fn media_id(answer: &str) -> String {
    let is_id = |word: &&str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    answer.split('"').find(is_id).unwrap_or_else(|| panic!("there is no media in {answer}")).to_owned()
}
