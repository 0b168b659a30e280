//! Where two answers part first, in a form that can be shown.

use std::fmt;

use crate::{Ending, Excerpt};

/// What one of the answers has at the place where they part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Has {
    /// This.
    Text(Excerpt),
    /// Nothing: the output, array or object goes no further.
    Nothing,
}

/// The first difference of two answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The programs ended differently.
    Exit {
        /// The reference's end.
        reference: Ending,
        /// The other's.
        other: Ending,
    },
    /// A line is not the same.
    Line {
        /// Counted from 1.
        number: u64,
        /// Byte within the reference's line, counted from 1.
        column: u64,
        /// The reference's line.
        reference: Has,
        /// The other's line.
        other: Has,
    },
    /// A line is there more often in one than in the other.
    Occurrences {
        /// The line.
        line: Excerpt,
        /// How often in the reference.
        reference: u64,
        /// How often in the other.
        other: u64,
    },
    /// Lines are left that have no counterpart near enough: the first of each.
    Unmatched {
        /// The reference's.
        reference: Has,
        /// The other's.
        other: Has,
    },
    /// A value within the JSON is not the same.
    Value {
        /// Such as `$.users[3].name`.
        path: String,
        /// The reference's value.
        reference: Has,
        /// The other's value.
        other: Has,
    },
    /// At least one of them is not JSON: the parser's reason.
    NotJson {
        /// For the reference.
        reference: Option<String>,
        /// For the other.
        other: Option<String>,
    },
}

impl Difference {
    /// The difference as a phrase, with the names of the two sides.
    pub fn describe(&self, reference: &str, other: &str) -> String {
        let (a, b) = (reference, other);
        match self {
            Self::Exit { reference: Ending::Exited(reference), other: Ending::Exited(other) } => {
                format!("exit codes differ: {a} ended with {reference}, {b} with {other}")
            }
            Self::Exit { reference, other } => format!("{a} {reference}, {b} {other}"),
            Self::Line { number, reference: Has::Nothing, other, .. } => {
                format!("{a} ends after {}, where {b} has {other}", lines(number - 1))
            }
            Self::Line { number, reference, other: Has::Nothing, .. } => {
                format!("{b} ends after {}, where {a} has {reference}", lines(number - 1))
            }
            Self::Line { number, column, reference, other } => {
                format!("line {number}, byte {column}: {a} has {reference}, {b} has {other}")
            }
            Self::Occurrences { line, reference, other } => {
                format!("line {line}: {} in {a}, {} in {b}", times(*reference), times(*other))
            }
            Self::Unmatched { reference, other } => {
                format!("no line near enough in the other: {a} has {reference}, {b} has {other}")
            }
            Self::Value { path, reference, other } => {
                format!("at {path}: {a} has {reference}, {b} has {other}")
            }
            Self::NotJson { reference, other } => [(a, reference), (b, other)]
                .into_iter()
                .filter_map(|(name, reason)| Some((name, reason.as_ref()?)))
                .map(|(name, reason)| format!("{name} did not write JSON: {reason}"))
                .collect::<Vec<_>>()
                .join("; "),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe("the reference", "the other"))
    }
}

impl fmt::Display for Has {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(excerpt) => excerpt.fmt(f),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}

fn lines(count: u64) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

pub(crate) fn times(count: u64) -> String {
    match count {
        0 => "absent".to_owned(),
        1 => "once".to_owned(),
        many => format!("{many} times"),
    }
}
