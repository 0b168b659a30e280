//! The same orders over TLS and HTTP/2, by hyper and rustls. Behind the cargo feature `hyper-driver`.
//!
//! Schedule, draws, counting and report are those of the plain generator; only the bytes are
//! hyper's. One thread, one tokio runtime, a timer of the kernel (`timerfd`, nanoseconds) instead of
//! tokio's own wheel, whose ticks are a millisecond. A request costs more processor time than the
//! plain generator's, its lag is larger, and `send` is stamped when hyper is given the request,
//! before it is encrypted and written. As always the report says what the lag was and whether the
//! figures may be believed; a comparison of two servers has the same driver on both sides.
//!
//! Over HTTP/2 a connection carries up to [`STREAMS`] requests at once and further ones are opened
//! when all are full, up to the order's limit. Slow clients and RESP are the plain generator's.

mod answer;
mod link;
mod pacer;
mod role;
mod run;
mod traffic;

use serde::{Deserialize, Serialize};

use crate::engine::DriveError;
use crate::engine::open::settle_in;
use crate::engine::timeline::add_up;
use crate::order::{Order, OrderError, Wire};
use crate::report::{Report, Slice};

pub use role::{HYPER_ROLE, OrderOver, enter};

/// Requests under way at once on one connection of HTTP/2: what servers allow at the least
/// (RFC 9113, 6.5.2).
pub const STREAMS: u32 = 100;

/// What requests travel over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// Spoken in the connection.
    pub version: Version,
    /// Around it; `None`: bare, which for HTTP/2 is prior knowledge (RFC 9113, 3.3).
    pub tls: Option<Tls>,
}

/// A version of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Version {
    /// HTTP/1.1, no pipelining.
    Http1,
    /// HTTP/2.
    Http2,
}

/// Whom to trust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tls {
    /// The name in the server's certificate.
    pub name: String,
    /// Certificates that vouch for it, PEM. The machine's own are not asked.
    pub roots: String,
}

/// Carries out an order over TLS or HTTP/2 in this thread; `tell` hears of each second of the window
/// and says whether anybody still listens.
///
/// # Errors
///
/// An order that makes no sense or is for the plain generator, a certificate that cannot be read, or
/// a server that takes the connection and does not speak what is ordered.
pub fn drive(
    order: &Order,
    over: &Over,
    tell: &mut dyn FnMut(&Slice) -> bool,
) -> Result<Report, DriveError> {
    order.check()?;
    let not_here = |what, reason: &str| OrderError { what, reason: reason.to_owned() };
    if order.wire != Wire::Http {
        return Err(not_here("wire", "only HTTP is spoken over TLS; drive RESP bare").into());
    }
    if order.connections.slow > 0 {
        return Err(not_here("connections", "slow clients are for bare HTTP/1.1 only").into());
    }
    settle_in(order)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let runtime = runtime.map_err(|cause| DriveError::Machine { what: "the runtime", cause })?;
    let local = tokio::task::LocalSet::new();
    let driven = local.block_on(&runtime, run::run(order, over, tell))?;
    // Connections are closed with the tasks that hold them.
    drop((local, runtime));
    Ok(add_up(order, driven.tally, driven.meter, driven.idle_missing))
}
