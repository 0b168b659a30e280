//! Connections that carry no request: idle ones, and slow clients that never end theirs.

use std::net::{SocketAddr, TcpStream};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::io::Errno;
use rustix::net::{SendFlags, send};

use super::DriveError;
use super::open::{Opened, open};
use crate::order::Order;

/// From byte to byte of a slow client.
const SLOWLY: Duration = Duration::from_millis(100);

/// Held open for as long as it lives.
pub(super) struct Beside {
    idle: Vec<TcpStream>,
    wanted: u32,
    address: SocketAddr,
    slow: Vec<Slow>,
    /// Whose turn it is, and when.
    turn: usize,
    next: Duration,
    beginning: Vec<u8>,
}

/// A client that sends a head without end; `None`: not connected at the moment.
struct Slow {
    socket: Option<OwnedFd>,
    sent: usize,
}

impl Beside {
    pub(super) fn open(order: &Order) -> Result<Self, DriveError> {
        let address = order.target.address;
        let wanted = order.connections.idle;
        let connect = |_| TcpStream::connect_timeout(&address, order.timeout).ok();
        let idle: Vec<TcpStream> = (0..wanted).map_while(connect).collect();
        let path = order.requests.first().map_or("/", |request| request.path.as_str());
        let beginning = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", order.target.host);
        let slow = (0..order.connections.slow).map(|_| Slow { socket: None, sent: 0 });
        Ok(Self {
            wanted,
            idle,
            address,
            slow: slow.collect(),
            turn: 0,
            next: Duration::ZERO,
            beginning: beginning.into_bytes(),
        })
    }

    /// How many idle connections were not to be had.
    pub(super) fn missing(&self) -> u32 {
        self.wanted - self.idle.len() as u32
    }

    /// When the next byte is to be sent.
    pub(super) fn next(&self) -> Duration {
        if self.slow.is_empty() { Duration::MAX } else { self.next }
    }

    /// Sends a byte for each client whose turn has come; they take turns, so that they are not all
    /// at the same instant.
    pub(super) fn write_slowly(&mut self, now: Duration) {
        if self.slow.is_empty() {
            return;
        }
        let step = SLOWLY / self.slow.len() as u32;
        // After a pause of the generator nothing is made up for.
        self.next = self.next.max(now.saturating_sub(SLOWLY));
        while self.next <= now {
            self.slow[self.turn].write(&self.beginning, self.address);
            self.turn = (self.turn + 1) % self.slow.len();
            self.next += step;
        }
    }
}

impl Slow {
    fn write(&mut self, beginning: &[u8], address: SocketAddr) {
        const HEADER: &[u8] = b"X-Slow: a\r\n";
        let Some(socket) = &self.socket else {
            self.sent = 0;
            let opened = open(address).ok();
            self.socket = opened.map(|(Opened::At(socket) | Opened::Soon(socket))| socket);
            return;
        };
        let byte = match beginning.get(self.sent) {
            Some(byte) => *byte,
            None => HEADER[(self.sent - beginning.len()) % HEADER.len()],
        };
        match send(socket, &[byte], SendFlags::NOSIGNAL) {
            Ok(_) => self.sent += 1,
            Err(Errno::AGAIN | Errno::INTR | Errno::NOTCONN) => {}
            // The server has had enough of it: it comes again.
            Err(_) => self.socket = None,
        }
    }
}
