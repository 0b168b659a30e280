//! The one line that says why a claim has its verdict.

use model::{Relation, Scale, Witness};

use crate::judgement::{Evidence, Finding, Subject};
use crate::rule;

/// Where a row was seen: workload, metric, and the profile where several matter.
pub(crate) fn place(row: &Evidence, rows: &[Evidence]) -> String {
    let subject = match &row.subject {
        Subject::Metric(metric) => metric.to_string(),
        Subject::Fact { id, .. } => id.clone(),
    };
    let alike = |other: &&Evidence| {
        other.workload == row.workload && other.subject == row.subject && *other != row
    };
    let mut place = format!("{} {subject}", row.workload);
    for other in rows.iter().filter(alike) {
        if other.profile != row.profile {
            return format!("{place}, {}", row.profile);
        }
        if let (Some(case), true) = (&row.case, other.case != row.case) {
            place = format!("{} {subject}, {case}", row.workload);
        }
    }
    place
}

/// The number of a row in words that cannot be misread.
pub(crate) fn number(row: &Evidence) -> String {
    let (top, below) = (&row.numerator, &row.denominator);
    match (row.scale, row.ratio, row.difference) {
        (Scale::Ratio, Some(ratio), _) => {
            let interval = match (row.low, row.high) {
                (Some(low), Some(high)) => format!(" ({low:.2} to {high:.2})"),
                _ => String::new(),
            };
            format!("{top} {ratio:.2}x of {below}{interval}")
        }
        (Scale::Difference, _, Some(difference)) if row.level.is_none() => {
            let (more, side) = if difference < 0.0 { ("fewer", top) } else { ("more", top) };
            format!("{side} {:.0} {more} than {below}", difference.abs())
        }
        _ => "no number".to_owned(),
    }
}

/// Why a row's finding is what it is.
pub(crate) fn told(row: &Evidence) -> String {
    match &row.finding {
        Finding::Shown(Relation::Inside) => format!("{}: no difference that matters", number(row)),
        Finding::Shown(_) => number(row),
        Finding::Differs => format!("{}: differs, size unclear", number(row)),
        Finding::Inconclusive { why, .. } => format!("{}: {why}", number(row)),
        Finding::NotComparable { why } | Finding::NotRun { why } => why.clone(),
        Finding::Fact { .. } => counted(row),
    }
}

fn counted(row: &Evidence) -> String {
    let counts: Vec<String> =
        row.values.iter().map(|(side, count)| format!("{side} {count:.0}")).collect();
    counts.join(", ")
}

/// One condition a row, for claims over several.
pub(crate) fn conditions(rows: &[Evidence]) -> Vec<String> {
    rows.iter().map(|row| format!("{}: {}", place(row, rows), told(row))).collect()
}

/// A word for a group of rows, and which findings belong to it.
type Group = (&'static str, fn(&Finding, Relation) -> bool);

const GROUPS: [Group; 5] = [
    ("as said", |finding, expect| *finding == Finding::Shown(expect)),
    ("no difference that matters", |finding, expect| {
        *finding == Finding::Shown(Relation::Inside) && expect != Relation::Inside
    }),
    (
        "the other way",
        |finding, expect| matches!(finding, Finding::Shown(shown) if *shown != expect && *shown != Relation::Inside),
    ),
    ("undecided", |finding, _| matches!(finding, Finding::Differs | Finding::Inconclusive { .. })),
    ("not run", |finding, _| {
        matches!(finding, Finding::NotRun { .. } | Finding::NotComparable { .. })
    }),
];

/// The line of a ratio claim: one row in full, several in groups.
pub(crate) fn ratio(rows: &[Evidence], expect: Relation) -> String {
    if let [row] = rows {
        return format!("{}: {}", place(row, rows), told(row));
    }
    let mut parts = Vec::new();
    for (name, belongs) in GROUPS {
        let members: Vec<&Evidence> =
            rows.iter().filter(|row| belongs(&row.finding, expect)).collect();
        if !members.is_empty() {
            let heading = if members.len() == rows.len() {
                name.to_owned()
            } else {
                format!("{name} in {} of {}", members.len(), rows.len())
            };
            parts.push(format!("{heading}: {}{}", grouped(&members), needed(&members)));
        }
    }
    parts.join(" · ")
}

/// What undecided rows still need, or the one reason they share.
fn needed(members: &[&Evidence]) -> String {
    let needs = members.iter().filter_map(|row| match &row.finding {
        Finding::Inconclusive { more_pairs, why } => Some((*more_pairs, why)),
        _ => None,
    });
    let (more, whys): (Vec<Option<u64>>, Vec<&String>) = needs.unzip();
    match (more.iter().flatten().max(), whys.first()) {
        (Some(pairs), _) => format!(" (up to {pairs} more pairs)"),
        (None, Some(why)) => format!(" ({why})"),
        (None, None) => String::new(),
    }
}

/// Rows of one group, a metric at a time: range of ratios and workloads, or the
/// reason they share.
fn grouped(members: &[&Evidence]) -> String {
    let mut subjects: Vec<&Subject> = Vec::new();
    for row in members {
        if !subjects.contains(&&row.subject) {
            subjects.push(&row.subject);
        }
    }
    let told = subjects.into_iter().map(|subject| {
        let rows: Vec<&Evidence> =
            members.iter().copied().filter(|row| &row.subject == subject).collect();
        metric(&rows)
    });
    told.collect::<Vec<_>>().join("; ")
}

fn metric(rows: &[&Evidence]) -> String {
    let [first, ..] = rows else { return String::new() };
    let name = match &first.subject {
        Subject::Metric(metric) => metric.to_string(),
        Subject::Fact { id, .. } => id.clone(),
    };
    let mut workloads: Vec<&str> = rows.iter().map(|row| row.workload.as_str()).collect();
    workloads.dedup();
    let of = workloads.join(", ");
    match shared_reason(rows) {
        Some(why) => format!("{name} of {of}: {why}"),
        None => format!("{name} of {of}: {}", range(rows)),
    }
}

/// Why none of these rows has a number, if that is one reason.
fn shared_reason(rows: &[&Evidence]) -> Option<String> {
    let reason = |row: &&Evidence| match &row.finding {
        Finding::NotRun { why } | Finding::NotComparable { why } => Some(why.clone()),
        _ => None,
    };
    let first = rows.first().and_then(reason)?;
    rows.iter().all(|row| reason(row).as_ref() == Some(&first)).then_some(first)
}

fn range(rows: &[&Evidence]) -> String {
    let ratios: Vec<f64> = rows.iter().filter_map(|row| row.ratio).collect();
    if rows.len() == 1 || ratios.len() < rows.len() {
        return rows.iter().map(|row| number(row)).collect::<Vec<_>>().join(", ");
    }
    let low = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ratios.iter().copied().fold(0.0, f64::max);
    let (top, below) = (&rows[0].numerator, &rows[0].denominator);
    format!("{top} {low:.2}x to {high:.2}x of {below}")
}

fn all(rows: &[Evidence]) -> Vec<&Evidence> {
    rows.iter().collect()
}

/// The line of an existential claim.
pub(crate) fn exists(rows: &[Evidence], witness: Witness) -> String {
    match rows.iter().find(|row| rule::is_witness(&row.finding, witness)) {
        Some(row) => format!("{}: {}", place(row, rows), told(row)),
        None => {
            let undecided = rows.iter().filter(|row| !matches!(row.finding, Finding::Shown(_)));
            match undecided.count() {
                0 => format!("no witness in {} cells: {}", rows.len(), grouped(&all(rows))),
                n => format!("no witness yet; undecided or not run: {n} of {} cells", rows.len()),
            }
        }
    }
}

/// The line of a claim about facts: the first that is not as said, or one each.
pub(crate) fn facts(rows: &[Evidence]) -> String {
    let as_said = |row: &Evidence| row.finding == Finding::Fact { as_said: true };
    if let Some(row) = rows.iter().find(|row| !as_said(row)) {
        return match &row.finding {
            Finding::Fact { .. } => format!("not as said: {}", fact(row)),
            _ => format!("{}: {}", place(row, rows), told(row)),
        };
    }
    let mut told: Vec<String> = Vec::new();
    for row in rows {
        let alike = |other: &&Evidence| other.subject == row.subject && other.values == row.values;
        let mut workloads: Vec<&str> =
            rows.iter().filter(alike).map(|row| row.workload.as_str()).collect();
        workloads.dedup();
        let text = format!("{} ({})", fact(row), workloads.join(", "));
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told.join(" · ")
}

fn fact(row: &Evidence) -> String {
    match &row.subject {
        Subject::Fact { about, .. } => format!("{about}: {}", counted(row)),
        Subject::Metric(metric) => metric.to_string(),
    }
}
