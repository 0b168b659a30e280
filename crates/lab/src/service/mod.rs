//! Programs that serve: stood up with what belongs beside them, driven, and
//! ended, once for each turn.
//!
//! [`Grounds`] is what all turns of a workload or contract share; a [`Subject`]
//! is the program of one side in one case; [`drive`] takes one turn and gives
//! values by metric. Requests at a rate are sent by the generator of `load`, a
//! process of its own on a processor that the program does not get.

mod ask;
mod cluster;
mod companions;
mod drive;
mod exchange;
mod external;
mod generator;
mod hold;
mod order;
mod processors;
mod search;
mod stand;
mod utilisation;
mod wait;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use launch::LaunchError;

pub(crate) use cluster::Cluster;
pub(crate) use companions::Beside;
pub(crate) use drive::{Driven, Turn, drive};
pub(crate) use exchange::{Goldens, Unlike, agree};
pub(crate) use processors::Processors;
pub(crate) use stand::{Grounds, Subject};

/// Why a turn gives nothing.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// It does not get ready.
    #[error("{who} was not ready after {} s: {said}", waited.as_secs())]
    NotReady { who: String, waited: Duration, said: String },
    /// It ended by itself.
    #[error("{who} ended by itself: {said}")]
    Ended { who: String, said: String },
    /// Nothing is free to listen on.
    #[error("no port is free between {from} and {to} on 127.0.0.1")]
    NoPort { from: u16, to: u16 },
    /// A question got no answer.
    #[error("{method} {path} of {who} got no answer: {reason}")]
    NoAnswer { who: &'static str, method: String, path: String, reason: String },
    /// The answer has no such number.
    #[error("{path} of {who} tells no number at {at}: {answer}")]
    Untold { who: &'static str, path: String, at: String, answer: String },
    /// The generator gave no report.
    #[error("the generator gave no report: {0}")]
    Generator(String),
    /// A drive whose figures must not be believed.
    #[error("not a valid drive: {0}")]
    Invalid(String),
    /// Too many requests failed for a figure about those that did not.
    #[error("{0}")]
    Failing(String),
    /// Another answer than the one agreed on.
    #[error("{0}")]
    Wrong(String),
    /// It did not come to its end.
    #[error("not done after {} s", .0.as_secs())]
    TimedOut(Duration),
    /// An external driver failed.
    #[error("`{command}` ended with {ended}: {said}")]
    Driver { command: String, ended: String, said: String },
    /// What it needs is not installed.
    #[error("{0}")]
    Need(String),
    #[error(transparent)]
    Launch(#[from] LaunchError),
    #[error("{path}: {reason}")]
    Io { path: PathBuf, reason: io::Error },
}

impl ServiceError {
    /// Whether the program is to blame, not what stands around it.
    fn is_of_program(&self) -> bool {
        const WHO: &str = "the program";
        match self {
            Self::NotReady { who, .. } | Self::Ended { who, .. } => who == WHO,
            Self::NoAnswer { who, .. } | Self::Untold { who, .. } => *who == WHO,
            Self::Failing(_) | Self::Wrong(_) | Self::TimedOut(_) => true,
            Self::NoPort { .. }
            | Self::Generator(_)
            | Self::Invalid(_)
            | Self::Driver { .. }
            | Self::Need(_)
            | Self::Launch(_)
            | Self::Io { .. } => false,
        }
    }

    fn io(path: &std::path::Path) -> impl Fn(io::Error) -> Self {
        move |reason| Self::Io { path: path.to_owned(), reason }
    }
}
