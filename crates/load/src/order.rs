//! What to send where and when.

use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One drive: everything that the generator needs to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The server.
    pub target: Target,
    /// What is spoken.
    pub wire: Wire,
    /// What is asked, drawn by weight from the seed.
    pub requests: Vec<Request>,
    /// When requests are meant to be sent.
    pub schedule: Schedule,
    /// How long.
    pub window: Window,
    /// Over which connections.
    pub connections: Connections,
    /// From the intended instant; a request without an answer by then is a timeout, and its
    /// connection is closed.
    pub timeout: Duration,
    /// The client gives up so long after sending and closes its connection: counted as `left`, no
    /// error.
    pub leave_after: Option<Duration>,
    /// What counts as in time for goodput, from the intended instant; `None`: the timeout.
    pub in_time: Option<Duration>,
    /// Every instant and draw starts from it.
    pub seed: u64,
    /// The processor that the generator runs on; `None`: any.
    pub processor: Option<usize>,
    /// Whether it spins to the instant instead of sleeping: exact, and costs a processor.
    pub spin: bool,
    /// A process on this machine whose tree is metered while the window lasts.
    pub server: Option<i32>,
    /// Processes whose trees stand beside the server: no interference.
    pub companions: Vec<i32>,
    /// How long to wait after the end, connections closed, before memory is read as settled.
    pub settle: Duration,
    /// Whether a line of progress is written each second.
    pub progress: bool,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it is called in `Host`.
    pub host: String,
}

/// A protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// HTTP/1.1 (RFC 9112), no pipelining.
    Http,
    /// RESP2, the protocol of Redis; a request is a command.
    Resp,
}

/// One kind of request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// How often, against the weights of the others; 1 or more.
    pub weight: u32,
    /// `GET`; for RESP the command's words, separated by single spaces.
    pub method: String,
    /// With query. `{n}` in path, body and RESP words is a number drawn below `numbers`.
    pub path: String,
    /// Over `Host`, `Content-Length` and `User-Agent`.
    pub headers: Vec<(String, String)>,
    /// The body; empty: none.
    pub body: String,
    /// How many values `{n}` has; 0: none.
    pub numbers: u32,
    /// What is right.
    pub expect: Expect,
}

/// What makes an answer right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expect {
    /// The status; `None`: any from 200 to 299. Unused for RESP, whose `-ERR` is a status error.
    pub status: Option<u16>,
    /// The body.
    pub body: Golden,
}

/// What a body has to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Golden {
    /// Anything.
    Any,
    /// Bytes with this SHA-256, hex.
    Same(String),
    /// Bytes with the SHA-256 at the place of the number that was drawn.
    PerNumber(Vec<String>),
}

/// Intended instants, requests a second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schedule {
    /// Evenly spaced.
    Constant {
        /// Requests a second.
        rate: f64,
    },
    /// As from many users who know nothing of each other; the default for verdicts.
    Poisson {
        /// Requests a second, on average.
        rate: f64,
    },
    /// From one rate to another over the whole time, evenly.
    Ramp {
        /// At the beginning.
        from: f64,
        /// At the end.
        to: f64,
    },
    /// One rate after the other, each for an equal part of the measured time; warm-up has the first.
    Step {
        /// In order.
        rates: Vec<f64>,
    },
    /// A rate, and on top of it so many requests at one instant, again and again.
    Burst {
        /// Requests a second between bursts.
        rate: f64,
        /// Requests in a burst.
        size: u32,
        /// From burst to burst.
        every: Duration,
    },
}

/// How long a drive takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Driven, kept apart from every figure.
    pub warm_up: Duration,
    /// Driven and counted.
    pub measured: Duration,
}

/// Sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connections {
    /// Opened as needed up to this many; a request that finds none free waits, and counts.
    pub most: u32,
    /// Which free one is taken.
    pub pick: Pick,
    /// Whether one serves more than one request.
    pub reuse: Reuse,
    /// Opened before the window and kept without a request.
    pub idle: u32,
    /// Clients beside the others that send a request one byte every 100 ms and never end it.
    pub slow: u32,
}

/// Which free connection is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pick {
    /// The one free longest: all stay warm.
    Fifo,
    /// The one used last: few are hot.
    Lifo,
}

/// How long a connection lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reuse {
    /// Until the server closes it.
    KeepAlive,
    /// For one request.
    PerRequest,
}

/// Why an order cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {reason}")]
pub struct OrderError {
    /// Which part.
    pub what: &'static str,
    /// What is wrong with it and what would be right.
    pub reason: String,
}

impl Order {
    /// Whether it can be carried out.
    ///
    /// # Errors
    ///
    /// The first thing that makes no sense, with what would.
    pub fn check(&self) -> Result<(), OrderError> {
        let wrong = |what, reason: &str| Err(OrderError { what, reason: reason.to_owned() });
        if self.target.address.port() == 0 {
            return wrong("target", "nobody listens on port 0; name the server's");
        }
        if self.target.host.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
            return wrong("target", "a host has no spaces");
        }
        if self.connections.most == 0 {
            return wrong("connections", "no request can be sent over none; give 1 or more");
        }
        if self.timeout.is_zero() || self.timeout > crate::tally::LONGEST {
            return wrong("timeout", "give more than nothing and up to 60 s");
        }
        if self.leave_after.is_some_and(|patience| patience.is_zero()) {
            return wrong("leave after", "a client that leaves at once asks nothing");
        }
        if self.window.measured.is_zero() {
            return wrong("window", "nothing is measured in no time; give a second or more");
        }
        self.schedule.check()?;
        crate::schedule::Draws::new(&self.requests, self.seed)?;
        crate::engine::check(self)
    }
}
