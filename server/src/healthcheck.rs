//! `reelsheet healthcheck`: the image has neither a shell nor curl.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::Failure;

const PATIENCE: Duration = Duration::from_secs(4);

/// Asks the server on this machine whether it is ready.
pub fn run(listens: SocketAddr) -> Result<(), Failure> {
    let addr = SocketAddr::new(reachable(listens.ip()), listens.port());
    let answer = ask(addr).map_err(|error| Failure(format!("nothing answers at {addr}: {error}")))?;
    match answer.split_whitespace().nth(1) {
        Some("200") => Ok(()),
        status => {
            Err(Failure(format!("the server at {addr} is not ready: {}", status.unwrap_or("no answer"))))
        }
    }
}

/// Who listens on all addresses is reached at the loopback one.
fn reachable(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    }
}

fn ask(addr: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&addr, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(4_096).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
