//! Starts, meters, contains and ends processes: timed trials, services, tools, memory probes.
//!
//! Each trial gets a launcher process of its own: this binary in another role, entered by
//! [`enter`] in the first line of `main`. The launcher sets session, affinity, limits and priority
//! on itself, stamps the clock, starts the subject, waits, reaps every descendant and answers over
//! a socket. If the harness dies the socket closes, and the launcher ends the tree.
//!
//! Hands over an [`Outcome`] with the numbers of one trial and its captured output. Leaves to
//! others what to run, in which order, and what the numbers mean. Nothing else in the workspace
//! starts a process.

#[cfg(not(target_os = "linux"))]
compile_error!("the launch crate starts and meters processes on Linux only so far");

mod capture;
mod error;
mod launcher;
mod outcome;
pub mod probe;
mod role;
mod scratch;
mod snapshot;
pub mod tool;
mod trial;
mod wire;

pub use capture::Captured;
pub use error::{LaunchError, Refusal};
pub use launcher::{Launcher, Running, built_binary};
pub use outcome::{
    Bytes, Disturbance, Ended, FileIo, FlooredRss, Leftovers, Listener, Outcome, Usage,
};
pub use role::enter;
pub use scratch::{Medium, Scratch};
pub use snapshot::Snapshot;
pub use trial::{Environment, Input, Limits, Trial, clean_environment};
