//! Numbers that programs tell, found in what they write.

use launch::{Bytes, Outcome};
use model::contract::{OwnMetric, Pick, Stream};
use regex::Regex;
use serde_json::Value;

use super::turn::MOST_OUTPUT;
use crate::number;

/// Why there is no number.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// Nothing matches.
    #[error("{name}: no line of {stream} matches `{pattern}` with a number in its first group")]
    NoMatch {
        /// The metric.
        name: String,
        /// Where it was looked for.
        stream: Stream,
        /// The expression.
        pattern: String,
    },
    /// Not an expression.
    #[error("{name}: `{pattern}` is not a regular expression: {reason}")]
    Pattern {
        /// The metric.
        name: String,
        /// As it was given.
        pattern: String,
        /// What is wrong with it.
        reason: regex::Error,
    },
    /// Not JSON.
    #[error("{name}: {stream} is not JSON: {reason}")]
    NotJson {
        /// The metric.
        name: String,
        /// What was read.
        stream: Stream,
        /// Where it stops being JSON.
        reason: serde_json::Error,
    },
    /// No such member, or not a number.
    #[error("{name}: there is no number at `{path}` in {stream}")]
    NoMember {
        /// The metric.
        name: String,
        /// What was read.
        stream: Stream,
        /// As it was given.
        path: String,
    },
    /// The kernel does not give back what it holds.
    #[error("{name}: {stream} cannot be read back: {reason}")]
    Io {
        /// The metric.
        name: String,
        /// What was to be read.
        stream: Stream,
        /// Why not.
        reason: std::io::Error,
    },
}

/// Whether the expressions can be searched for at all.
pub(super) fn check(own: &[OwnMetric]) -> Result<(), OwnError> {
    for one in own {
        if let Pick::Pattern(pattern) = &one.pick {
            compiled(pattern, &one.name.to_string())?;
        }
    }
    Ok(())
}

fn compiled(pattern: &str, name: &str) -> Result<Regex, OwnError> {
    Regex::new(pattern).map_err(|reason| OwnError::Pattern {
        name: name.to_owned(),
        pattern: pattern.to_owned(),
        reason,
    })
}

/// The number that a run told.
pub(super) fn read(own: &OwnMetric, outcome: &Outcome) -> Result<f64, OwnError> {
    let (name, stream) = (own.name.to_string(), own.stream);
    let captured = match stream {
        Stream::Stdout => outcome.stdout.read(MOST_OUTPUT),
        Stream::Stderr => outcome.stderr.read(Bytes::mib(16)),
    };
    let bytes = captured.map_err(|reason| OwnError::Io { name: name.clone(), stream, reason })?;
    match &own.pick {
        Pick::Pattern(pattern) => by_pattern(pattern, &bytes, name, stream),
        Pick::Json(path) => {
            let value: Value = serde_json::from_slice(&bytes)
                .map_err(|reason| OwnError::NotJson { name: name.clone(), stream, reason })?;
            let found = number::member(&value, path).and_then(number::number);
            found.ok_or_else(|| OwnError::NoMember { name, stream, path: path.clone() })
        }
    }
}

fn by_pattern(pattern: &str, bytes: &[u8], name: String, stream: Stream) -> Result<f64, OwnError> {
    let regex = compiled(pattern, &name)?;
    let found = number::by_pattern(&regex, bytes);
    found.ok_or_else(|| OwnError::NoMatch { name, stream, pattern: pattern.to_owned() })
}
