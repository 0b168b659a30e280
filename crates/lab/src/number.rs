//! A number in a text that a program wrote: by a path in JSON, or by an
//! expression.

use model::contract::Pick;
use regex::Regex;
use serde_json::Value;

/// The number, if it is there.
pub(crate) fn find(pick: &Pick, text: &[u8]) -> Option<f64> {
    match pick {
        Pick::Json(path) => {
            let value: Value = serde_json::from_slice(text).ok()?;
            member(&value, path).and_then(number)
        }
        Pick::Pattern(pattern) => by_pattern(&Regex::new(pattern).ok()?, text),
    }
}

/// Where it is looked for, in words.
pub(crate) fn shown(pick: &Pick) -> String {
    match pick {
        Pick::Json(path) => format!("`{path}`"),
        Pick::Pattern(pattern) => format!("the first group of `{pattern}`"),
    }
}

/// The first group of the first match.
pub(crate) fn by_pattern(pattern: &Regex, text: &[u8]) -> Option<f64> {
    let text = String::from_utf8_lossy(text);
    let group = pattern.captures(&text).and_then(|captures| captures.get(1));
    let number = group.and_then(|group| group.as_str().replace(['_', ','], "").parse::<f64>().ok());
    number.filter(|number| number.is_finite())
}

pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
    .filter(|number| number.is_finite())
}

/// `runs[0].seconds`: members and indices, from the outside in.
pub(crate) fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
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
        let text = br#"{ "runs": [{ "seconds": 2.5 }, { "seconds": "7" }] }"#;
        let at = |path: &str| find(&Pick::Json(path.to_owned()), text);
        assert_eq!(at("runs[0].seconds"), Some(2.5));
        assert_eq!(at("$.runs[1].seconds"), Some(7.0));
        assert_eq!(at("runs[2].seconds"), None);
        assert_eq!(at("runs"), None);
    }

    #[test]
    fn a_number_may_be_grouped() {
        let read =
            |pattern: &str| find(&Pick::Pattern(pattern.to_owned()), b"rows/s: 1_234,567.5\n");
        assert!(read(r"rows/s: (\S+)").is_some_and(|n| (n - 1_234_567.5).abs() < 1e-9));
        assert_eq!(read(r"lines/s: (\S+)"), None);
    }
}
