//! What this generator can do on this machine, from two drives against a bare responder.
//!
//! [`self_check`] says what to drive: a flood, for the highest rate, and a calm drive, for the lag
//! that is there even when nothing is in the way. A [`Ceiling`] then says which rates may be asked
//! for and which latencies are too small to compare: figures past it are the generator's, not a
//! server's.

use std::net::SocketAddr;
use std::time::Duration;

use crate::order::{
    Connections, Expect, Golden, Order, Pick, Request, Reuse, Schedule, Target, Window, Wire,
};
use crate::report::Report;

/// Past this share of the ceiling a generator is no longer there in time.
const HIGHEST_SHARE: f64 = 0.7;
/// More than one processor sends; its requests that cannot be sent do not count.
const FLOOD_RATE: f64 = 300_000.0;
/// As many sockets as keep both ends busy; a request waits for one, never for a handshake.
const CONNECTIONS: u32 = 64;

/// What a generator can do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ceiling {
    /// Right answers a second from a server that does nothing.
    pub requests_per_second: f64,
    /// From the intended instant to the send, half of the time, milliseconds.
    pub lag_floor_p50: f64,
    /// 99 % of the time.
    pub lag_floor_p99: f64,
}

/// A self check that shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CeilingError {
    /// No right answer in the flood.
    #[error("the generator had no answer from its own responder; is the loopback interface up?")]
    NoAnswer,
    /// No lag was taken in the calm drive.
    #[error("the generator sent nothing in the calm part of its self check; run it again")]
    NoLag,
}

/// A rate that this generator must not be asked for.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "{rate:.0} requests a second are past 70 % of what this generator can do here ({most:.0}); ask \
     for {highest:.0} or less, or give it a faster processor of its own"
)]
pub struct TooFast {
    rate: f64,
    most: f64,
    highest: f64,
}

/// The two drives of a self check.
#[derive(Debug, Clone, PartialEq)]
pub struct SelfCheck {
    /// Far more than can be sent.
    pub flood: Order,
    /// A rate that any generator can keep.
    pub calm: Order,
}

/// What to drive against a responder at an address, on the generator's own processor.
#[must_use]
pub fn self_check(address: SocketAddr, processor: Option<usize>, seed: u64) -> SelfCheck {
    let calm = Order {
        target: Target { address, host: address.to_string() },
        wire: Wire::Http,
        requests: vec![Request {
            weight: 1,
            method: "GET".to_owned(),
            path: "/".to_owned(),
            headers: Vec::new(),
            body: String::new(),
            numbers: 0,
            expect: Expect { status: None, body: Golden::Any },
        }],
        schedule: Schedule::Poisson { rate: 1_000.0 },
        window: Window {
            warm_up: Duration::from_millis(200),
            measured: Duration::from_millis(1_000),
        },
        connections: Connections {
            most: CONNECTIONS,
            pick: Pick::Fifo,
            reuse: Reuse::KeepAlive,
            idle: 0,
            slow: 0,
        },
        timeout: Duration::from_secs(5),
        leave_after: None,
        in_time: None,
        seed,
        processor,
        spin: false,
        server: None,
        companions: Vec::new(),
        settle: Duration::ZERO,
        progress: false,
    };
    let schedule = Schedule::Constant { rate: FLOOD_RATE };
    // Requests are sent in their order: those of a warm-up would keep back all of the window.
    let window = Window { warm_up: Duration::ZERO, ..calm.window };
    SelfCheck { flood: Order { schedule, window, ..calm.clone() }, calm }
}

impl Ceiling {
    /// From the reports of the two drives of [`self_check`].
    ///
    /// # Errors
    ///
    /// A drive in which nothing came back or nothing was sent.
    pub fn of(flood: &Report, calm: &Report) -> Result<Self, CeilingError> {
        let counts = flood.counts;
        if counts.right == 0 || counts.sent == 0 {
            return Err(CeilingError::NoAnswer);
        }
        if calm.counts.sent == 0 {
            return Err(CeilingError::NoLag);
        }
        // Of a flood more is sent after the window, and answered as rightly.
        let answered = counts.right as f64 / counts.sent as f64;
        Ok(Self {
            requests_per_second: flood.achieved_rate * answered,
            lag_floor_p50: calm.lag.p50_ms,
            lag_floor_p99: calm.lag.p99_ms,
        })
    }

    /// The highest rate that a verdict may come from: 70 % of the ceiling.
    #[must_use]
    pub fn highest_rate(&self) -> f64 {
        self.requests_per_second * HIGHEST_SHARE
    }

    /// Whether a rate may be asked for.
    ///
    /// # Errors
    ///
    /// It is past [`Ceiling::highest_rate`].
    pub fn check(&self, rate: f64) -> Result<(), TooFast> {
        let highest = self.highest_rate();
        if rate <= highest {
            return Ok(());
        }
        Err(TooFast { rate, most: self.requests_per_second, highest })
    }

    /// Whether a quantile of a latency, in milliseconds, is more than the generator's own lag at that
    /// quantile (of those it has, the next one up): below there is no verdict.
    #[must_use]
    pub fn is_above_floor(&self, quantile: f64, milliseconds: f64) -> bool {
        let floor = if quantile <= 0.5 { self.lag_floor_p50 } else { self.lag_floor_p99 };
        milliseconds > floor
    }
}
