//! Numbers that programs tell, found in what they write.

use launch::{Bytes, Outcome};
use model::contract::{OwnMetric, Pick, Stream};
use regex::Regex;
use serde_json::Value;

use super::turn::MOST_OUTPUT;

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
            let found = member(&value, path).and_then(number);
            found.ok_or_else(|| OwnError::NoMember { name, stream, path: path.clone() })
        }
    }
}

fn by_pattern(pattern: &str, bytes: &[u8], name: String, stream: Stream) -> Result<f64, OwnError> {
    let regex = compiled(pattern, &name)?;
    let text = String::from_utf8_lossy(bytes);
    let group = regex.captures(&text).and_then(|captures| captures.get(1));
    let found = group.and_then(|group| group.as_str().replace(['_', ','], "").parse::<f64>().ok());
    let found = found.filter(|number| number.is_finite());
    found.ok_or_else(|| OwnError::NoMatch { name, stream, pattern: pattern.to_owned() })
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

/// `runs[0].seconds`: members and indices, from the outside in.
fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let path = path.strip_prefix('$').unwrap_or(path);
    let mut words = path.split(['.', '[', ']']).filter(|word| !word.is_empty());
    words.try_fold(value, |found, word| match found {
        Value::Array(all) => all.get(word.parse::<usize>().ok()?),
        other => other.get(word),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_members_and_indices() {
        let value: Value = serde_json::json!({ "runs": [{ "seconds": 2.5 }, { "seconds": "7" }] });
        let at = |path| member(&value, path).and_then(number);
        assert_eq!(at("runs[0].seconds"), Some(2.5));
        assert_eq!(at("$.runs[1].seconds"), Some(7.0));
        assert_eq!(at("runs[2].seconds"), None);
        assert_eq!(at("runs"), None);
    }

    #[test]
    fn a_number_may_be_grouped() {
        let read =
            |pattern| by_pattern(pattern, b"rows/s: 1_234,567.5\n", String::new(), Stream::Stderr);
        assert!(matches!(read(r"rows/s: (\S+)"), Ok(n) if (n - 1_234_567.5).abs() < 1e-9));
        assert!(matches!(read(r"lines/s: (\S+)"), Err(OwnError::NoMatch { .. })));
    }
}
