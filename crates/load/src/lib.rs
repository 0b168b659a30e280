//! Open-loop load: requests at intended instants, and honest histograms of what became of them.
//!
//! An [`Order`] says what to send where and when; the generator, a process of its own entered by
//! [`enter`] in the first line of `main`, carries it out and answers with a [`Report`]. A request
//! counts from the instant it was *meant* to be sent, whatever was in its way, so that a server that
//! stops is seen as its users see it (Tene, "How NOT to measure latency").
//!
//! [`capacity`] searches the highest rate within a bound; it is pure and is told each step's report.
//! Who starts the generator, and what the numbers mean, is for others: nothing here knows a noun of
//! Evenhand or starts a process.

pub mod capacity;
pub mod ceiling;
mod engine;
mod http;
#[cfg(feature = "hyper-driver")]
pub mod hyper_driver;
pub mod log;
mod meter;
pub mod order;
pub mod report;
pub mod resp;
pub mod responder;
mod role;
pub mod schedule;
mod tally;

pub use engine::{DriveError, drive};
pub use order::{
    Connections, Expect, Golden, Order, OrderError, Pick, Request, Reuse, Schedule, Target, Window,
    Wire,
};
pub use report::{
    Bound, BoundError, Capacity, Counts, Errors, Generator, Interference, Little, Quantiles,
    Report, ServerUse, Slice,
};
pub use role::{Line, ROLE, ReportError, enter, report_of};
pub use schedule::{Draw, Draws, Instants};
