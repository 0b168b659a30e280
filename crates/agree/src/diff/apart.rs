//! Lines without an order: those that only one side has.

use super::line::marked;
use super::{SHOWN, Side, left_out};
use crate::difference::times;
use crate::excerpt::common_prefix;
use crate::lines::{self, Apart, occurrences};
use crate::{Rule, Tolerance, near};

/// The diff without its head, if there is a difference.
pub(super) fn body(
    rule: Rule,
    tolerance: Option<Tolerance>,
    reference: Side<'_>,
    other: Side<'_>,
) -> Option<Vec<String>> {
    let (mut apart, often) = apart(rule, tolerance, reference, other);
    apart.reference.dedup();
    apart.other.dedup();
    let (a, b) = (&apart.reference, &apart.other);
    if a.is_empty() && b.is_empty() {
        return None;
    }
    let (name, name_other) = (reference.name, other.name);
    let (only, only_other) = (a.len(), b.len());
    let mut shown =
        vec![format!("@@ lines only in {name}: {only}, only in {name_other}: {only_other} @@")];
    for (sign, lines, opposite) in [('-', a, b), ('+', b, a)] {
        for (index, line) in lines.iter().take(SHOWN).enumerate() {
            let at = opposite.get(index).map_or(0, |opposite| common_prefix(line, opposite));
            let often = often.as_ref().and_then(|often| often.told(line, [name, name_other]));
            let often = often.unwrap_or_default();
            shown.push(format!("{sign}{}{often}", marked(line, at)));
        }
        shown.extend(left_out(lines.len(), SHOWN));
    }
    Some(shown)
}

fn apart<'a>(
    rule: Rule,
    tolerance: Option<Tolerance>,
    reference: Side<'a>,
    other: Side<'a>,
) -> (Apart<'a>, Option<Often<'a>>) {
    let (a, b) = (reference.output, other.output);
    match (rule, tolerance) {
        (_, Some(tolerance)) => (near::apart(rule, a, b, tolerance), None),
        (Rule::Set, None) => (lines::apart(&lines::distinct(a), &lines::distinct(b)), None),
        _ => {
            let often = Often([lines::sorted(a), lines::sorted(b)]);
            (lines::apart(&often.0[0], &often.0[1]), Some(often))
        }
    }
}

/// All lines of both sides, sorted.
struct Often<'a>([Vec<&'a [u8]>; 2]);

impl Often<'_> {
    /// How often either has the line, if both do or one has it more than once.
    fn told(&self, line: &[u8], names: [&str; 2]) -> Option<String> {
        let [a, b] = self.0.each_ref().map(|lines| occurrences(lines, line));
        let [name, other] = names;
        let is_plain = a.min(b) == 0 && a.max(b) == 1;
        (!is_plain).then(|| format!("  ({} in {name}, {} in {other})", times(a), times(b)))
    }
}
