//! JSON: the first paths at which values part, with both values.

use super::line::{json, marked};
use super::{MORE, SHOWN};
use crate::Tolerance;
use crate::excerpt::common_prefix;
use crate::json::{Json, partings};
use crate::place::first_line;

/// Bytes written out of a value that is not text, which is cut far earlier.
const ENOUGH: usize = 1024;

/// The diff without its head, if there is a difference.
pub(super) fn body(
    reference: &[u8],
    other: &[u8],
    tolerance: Option<Tolerance>,
) -> Option<Vec<String>> {
    match (Json::parse(reference), Json::parse(other)) {
        (Ok(reference), Ok(other)) => parted(&reference, &other, tolerance),
        (a, b) => {
            let failed = [('-', a.err(), reference), ('+', b.err(), other)];
            let told = failed.into_iter().filter_map(|(sign, error, output)| {
                let first = first_line(output).trim_ascii_end();
                Some([format!("@@ not JSON: {} @@", error?), format!("{sign}{}", marked(first, 0))])
            });
            Some(told.flatten().collect())
        }
    }
}

fn parted(reference: &Json, other: &Json, tolerance: Option<Tolerance>) -> Option<Vec<String>> {
    let partings = partings(reference, other, tolerance, SHOWN + 1);
    let mut shown = Vec::new();
    for parting in partings.iter().take(SHOWN) {
        shown.push(format!("@@ {} @@", parting.path));
        let values = [parting.reference, parting.other].map(|value| value.map(written));
        let at = match &values {
            [Some(a), Some(b)] => common_prefix(a.as_bytes(), b.as_bytes()),
            _ => 0,
        };
        let lines = values.iter().zip(['-', '+']);
        let lines = lines.filter_map(|(value, sign)| Some((sign, value.as_ref()?)));
        shown.extend(lines.map(|(sign, value)| format!("{sign}{}", json(value, at))));
    }
    if partings.len() > SHOWN {
        shown.push(MORE.to_owned());
    }
    (!partings.is_empty()).then_some(shown)
}

/// The value without spaces; not all of it, if it is long and not text.
fn written(value: &Json) -> String {
    if !matches!(value, Json::Array(_) | Json::Object(_)) {
        return value.to_string();
    }
    let mut bytes = Vec::new();
    value.feed(&mut |piece| {
        if bytes.len() < ENOUGH {
            bytes.extend_from_slice(piece);
        }
    });
    String::from_utf8_lossy(&bytes).into_owned()
}
