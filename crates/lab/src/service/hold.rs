//! Connections that ask nothing, and what they cost.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use model::Metric;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::drive::Values;
use super::stand::Standing;
use super::{ServiceError, wait};

/// Opened between two short rests, so that no queue of connections overflows.
const AT_ONCE: usize = 64;

/// Descriptors beyond the connections.
const SPARE: u64 = 256;

/// What the program uses while so many connections are open.
pub(super) fn hold(
    standing: &Standing<'_>,
    connections: u32,
    asked_once: bool,
    seconds: f64,
) -> Result<Values, ServiceError> {
    allow(u64::from(connections) + SPARE);
    let mut open = Vec::new();
    for number in 0..connections as usize {
        open.push(connect(standing, asked_once).map_err(|error| silent(number, error))?);
        if number % AT_ONCE == AT_ONCE - 1 {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    std::thread::sleep(Duration::from_secs_f64(seconds));
    let seen = || standing.server.snapshot().map_or(0.0, |seen| seen.resident.0 as f64);
    let held = seen();
    drop(open);
    std::thread::sleep(Duration::from_secs(2));
    Ok(Values::from([(Metric::MemoryUnderLoad, held), (Metric::MemorySettled, seen())]))
}

fn connect(standing: &Standing<'_>, asked_once: bool) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(wait::loopback(standing.port))?;
    if asked_once {
        let path = match &standing.grounds.service.ready {
            model::service::Ready::Path(path) => path,
            _ => "/",
        };
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
        let mut answer = [0; 4096];
        if stream.read(&mut answer)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(stream)
}

fn silent(number: usize, error: std::io::Error) -> ServiceError {
    ServiceError::NoAnswer {
        who: "the program",
        method: "connection".to_owned(),
        path: format!("number {}", number + 1),
        reason: error.to_string(),
    }
}

/// Raises the limit on open files as far as it may be.
fn allow(files: u64) {
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < files) {
        let current = limit.maximum.map_or(files, |maximum| maximum.min(files));
        // Where it may not be raised, the connection that does not fit says so.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(current), ..limit });
    }
}
