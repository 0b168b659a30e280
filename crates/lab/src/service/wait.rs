//! Waiting for something that another process does.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use super::ServiceError;

/// Below the ports that Linux gives to outgoing connections (ip_local_port_range
/// begins at 32768), so that none of these takes one first.
const PORTS: std::ops::Range<u16> = 18_000..31_000;

/// A port of 127.0.0.1 that nobody listens on.
pub(super) fn free_port() -> Result<u16, ServiceError> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = (std::process::id() % 12_000) as u16;
    let many = PORTS.end - PORTS.start;
    for _ in 0..many {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = PORTS.start + (first.wrapping_add(next)) % many;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err(ServiceError::NoPort { from: PORTS.start, to: PORTS.end })
}

pub(super) fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// How a look at something came out.
pub(super) enum Look<T> {
    There(T),
    NotYet,
    Never(ServiceError),
}

/// Looks again and again; `None` when the time is over. How long it took is told too.
pub(super) fn until<T>(
    patience: Duration,
    pause: Duration,
    mut look: impl FnMut() -> Look<T>,
) -> Result<Option<T>, ServiceError> {
    let began = Instant::now();
    loop {
        match look() {
            Look::There(found) => return Ok(Some(found)),
            Look::Never(error) => return Err(error),
            Look::NotYet if began.elapsed() >= patience => return Ok(None),
            Look::NotYet => std::thread::sleep(pause),
        }
    }
}

/// How long something took.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}
