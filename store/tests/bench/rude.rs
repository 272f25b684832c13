//! A middleman between us and the simulator that does to connections what a well-behaved server never does.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens to a request instead of an answer.
#[derive(Clone, Debug)]
pub enum Rudeness {
    /// RST before a byte of it was read.
    ResetUnread,
    /// RST when its first bytes were read.
    ResetHalfRead,
    /// RST once it was read whole.
    Reset,
    /// FIN once it was read whole.
    Close,
    /// Nothing, ever.
    Hang,
    /// These bytes, then FIN.
    Say(Vec<u8>),
    /// These bytes one by one, with a pause between two, until the other end has had enough.
    Drip(Vec<u8>, Duration),
    /// An answer that never ends.
    Endless,
    /// The simulator carries it out, and the first half of its answer gets through before an RST.
    CutAnswer,
}

/// Which requests it strikes: the method, and how the path ends; `times` of them.
struct Strike {
    method: &'static str,
    ending: String,
    times: usize,
    rudeness: Rudeness,
}

#[derive(Default)]
struct Seen {
    strikes: Vec<Strike>,
    /// Method and path of everything that arrived, struck or not.
    arrived: Vec<(String, String)>,
    /// Heads as they came, for what was not asked for.
    heads: Vec<String>,
}

/// Runs until dropped. What it does not strike goes to the simulator and back.
pub struct Rude {
    /// `http://127.0.0.1:port`.
    pub url: String,
    seen: Arc<Mutex<Seen>>,
    /// Connections that are open.
    open: Arc<AtomicUsize>,
    /// Bytes of rudeness that somebody took.
    taken: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Rude {
    /// Stands before the simulator, on a free port.
    pub async fn before(simulator: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let simulator = simulator.trim_start_matches("http://").to_owned();
        let (seen, open, taken) = (Arc::default(), Arc::default(), Arc::default());
        let visit =
            Visit { seen: Arc::clone(&seen), open: Arc::clone(&open), taken: Arc::clone(&taken), simulator };
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(visit.clone().serve(stream));
            }
        });
        Self { url, seen, open, taken, task }
    }

    /// Strikes the next `times` requests of this method whose path ends so.
    pub fn strike(&self, method: &'static str, ending: &str, times: usize, rudeness: Rudeness) {
        let strike = Strike { method, ending: ending.to_owned(), times, rudeness };
        self.seen.lock().unwrap().strikes.push(strike);
    }

    /// Ends all rudeness.
    pub fn behave(&self) {
        self.seen.lock().unwrap().strikes.clear();
    }

    /// Nobody listens here any more.
    pub async fn hang_up(mut self) {
        self.task.abort();
        assert!((&mut self.task).await.unwrap_err().is_cancelled());
    }

    /// How many requests of this method arrived whose path ends so, struck or not.
    pub fn arrived(&self, method: &str, ending: &str) -> usize {
        let seen = self.seen.lock().unwrap();
        seen.arrived.iter().filter(|(verb, path)| verb == method && path.ends_with(ending)).count()
    }

    /// The heads of all requests, in small letters.
    pub fn heads(&self) -> Vec<String> {
        self.seen.lock().unwrap().heads.clone()
    }

    /// Connections that are open at this moment.
    pub fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// Bytes of rudeness that somebody took.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::SeqCst)
    }
}

impl Drop for Rude {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An HTTP answer, byte by byte as it is given here.
pub fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        answer.push_str(&format!("{header}\r\n"));
    }
    [answer.as_bytes(), b"connection: close\r\n\r\n", body].concat()
}

#[derive(Clone)]
struct Visit {
    seen: Arc<Mutex<Seen>>,
    open: Arc<AtomicUsize>,
    taken: Arc<AtomicUsize>,
    simulator: String,
}

impl Visit {
    async fn serve(self, mut stream: TcpStream) {
        self.open.fetch_add(1, Ordering::SeqCst);
        // A write fails once the client has gone, which ends the rudeness.
        let _gone = self.one(&mut stream).await;
        drop(stream);
        self.open.fetch_sub(1, Ordering::SeqCst);
    }

    /// One request per connection.
    async fn one(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let Some((method, path)) = first_line(stream).await? else {
            return Ok(());
        };
        let strike = {
            let mut seen = self.seen.lock().unwrap();
            seen.arrived.push((method.clone(), path.clone()));
            seen.take(&method, &path)
        };
        match &strike {
            Some(Rudeness::ResetUnread) => return stream.set_zero_linger(),
            Some(Rudeness::ResetHalfRead) => {
                stream.read_exact(&mut [0; 20]).await?;
                return stream.set_zero_linger();
            }
            _ => {}
        }
        let request = whole_request(stream).await?;
        self.seen.lock().unwrap().heads.push(head_of(&request));
        match strike {
            None => {
                let answer = self.ask_simulator(&request).await?;
                stream.write_all(&answer).await
            }
            Some(Rudeness::CutAnswer) => {
                let answer = self.ask_simulator(&request).await?;
                stream.write_all(&answer[..answer.len() - 10]).await?;
                // What was begun must be read before the connection breaks, else there was no answer at all.
                stream.flush().await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
                stream.set_zero_linger()
            }
            Some(Rudeness::Close) => Ok(()),
            Some(Rudeness::Hang) => gone(stream).await,
            Some(Rudeness::Say(bytes)) => self.say(stream, &bytes).await,
            Some(Rudeness::Drip(bytes, pause)) => {
                for byte in bytes {
                    self.say(stream, &[byte]).await?;
                    tokio::time::sleep(pause).await;
                }
                Ok(())
            }
            Some(Rudeness::Endless) => {
                self.say(stream, b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[").await?;
                let blanks = vec![b' '; 64 * 1024];
                loop {
                    self.say(stream, &blanks).await?;
                }
            }
            Some(Rudeness::Reset | Rudeness::ResetUnread | Rudeness::ResetHalfRead) => {
                stream.set_zero_linger()
            }
        }
    }

    async fn say(&self, stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
        stream.write_all(bytes).await?;
        self.taken.fetch_add(bytes.len(), Ordering::SeqCst);
        Ok(())
    }

    async fn ask_simulator(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut simulator = TcpStream::connect(&self.simulator).await?;
        let end = request.windows(2).position(|two| two == b"\r\n").unwrap_or_default() + 2;
        let request = [&request[..end], b"connection: close\r\n", &request[end..]].concat();
        simulator.write_all(&request).await?;
        let mut answer = Vec::new();
        simulator.read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

impl Seen {
    fn take(&mut self, method: &str, path: &str) -> Option<Rudeness> {
        let strikes = |strike: &Strike| strike.method == method && path.ends_with(&strike.ending);
        let at = self.strikes.iter().position(strikes)?;
        let rudeness = self.strikes[at].rudeness.clone();
        self.strikes[at].times -= 1;
        if self.strikes[at].times == 0 {
            self.strikes.remove(at);
        }
        Some(rudeness)
    }
}

/// Method and path, looked at without taking them out of the socket.
async fn first_line(stream: &TcpStream) -> std::io::Result<Option<(String, String)>> {
    let mut buffer = [0; 2048];
    loop {
        let length = stream.peek(&mut buffer).await?;
        let text = String::from_utf8_lossy(&buffer[..length]);
        if let Some((line, _)) = text.split_once("\r\n") {
            let mut words = line.split(' ');
            let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let path = target.split('?').next().unwrap_or_default();
            return Ok(Some((method.to_owned(), path.to_owned())));
        }
        if length == 0 {
            return Ok(None);
        }
        tokio::task::yield_now().await;
    }
}

async fn whole_request(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        if let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = head_of(&request);
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length = length.map_or(0, |length| length.trim().parse().unwrap());
            if request.len() >= end + 4 + length {
                return Ok(request);
            }
        }
        if stream.read_buf(&mut request).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn head_of(request: &[u8]) -> String {
    let text = String::from_utf8_lossy(request);
    text.split("\r\n\r\n").next().unwrap_or_default().to_lowercase()
}

/// Waits until the other end has hung up.
async fn gone(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut buffer = [0; 1024];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}
