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

/// The line of a ratio claim.
pub(crate) fn ratio(rows: &[Evidence], expect: Relation) -> String {
    if let [row] = rows {
        return format!("{}: {}", place(row, rows), told(row));
    }
    type Group<'a> = (&'a str, fn(&Finding, Relation) -> bool);
    let groups: [Group<'_>; 5] = [
        ("as said", |finding, expect| *finding == Finding::Shown(expect)),
        ("no difference that matters", |finding, expect| {
            *finding == Finding::Shown(Relation::Inside) && expect != Relation::Inside
        }),
        (
            "the other way",
            |finding, expect| matches!(finding, Finding::Shown(shown) if *shown != expect && *shown != Relation::Inside),
        ),
        ("undecided", |finding, _| {
            matches!(finding, Finding::Differs | Finding::Inconclusive { .. })
        }),
        ("not run", |finding, _| {
            matches!(finding, Finding::NotRun { .. } | Finding::NotComparable { .. })
        }),
    ];
    let mut parts = Vec::new();
    for (name, belongs) in groups {
        let members: Vec<&Evidence> =
            rows.iter().filter(|row| belongs(&row.finding, expect)).collect();
        if !members.is_empty() {
            parts.push(format!("{name}: {}", grouped(&members, rows)));
        }
    }
    parts.join(" · ")
}

fn grouped(members: &[&Evidence], rows: &[Evidence]) -> String {
    if members.iter().all(|row| matches!(row.finding, Finding::NotRun { .. }))
        && let [first, others @ ..] = members
        && others.iter().all(|row| row.finding == first.finding)
    {
        let places: Vec<String> = members.iter().map(|row| place(row, rows)).collect();
        return format!("{} ({})", places.join(", "), told(first));
    }
    let described = |row: &&Evidence| match &row.finding {
        Finding::NotRun { why } | Finding::NotComparable { why } => {
            format!("{} ({why})", place(row, rows))
        }
        Finding::Inconclusive { .. } => format!("{} ({})", place(row, rows), told(row)),
        _ => format!("{} ({})", place(row, rows), number(row)),
    };
    members.iter().map(described).collect::<Vec<_>>().join(", ")
}

/// The line of an existential claim.
pub(crate) fn exists(rows: &[Evidence], witness: Witness) -> String {
    match rows.iter().find(|row| rule::is_witness(&row.finding, witness)) {
        Some(row) => format!("{}: {}", place(row, rows), told(row)),
        None => format!("no witness: {}", conditions(rows).join("; ")),
    }
}

/// The line of a claim about facts.
pub(crate) fn facts(rows: &[Evidence]) -> String {
    let as_said = |row: &&Evidence| row.finding == Finding::Fact { as_said: true };
    let shown: Vec<&Evidence> = match rows.iter().find(|row| !as_said(row)) {
        Some(first) => vec![first],
        None => rows.iter().collect(),
    };
    let told = |row: &&Evidence| match (&row.subject, &row.finding) {
        (Subject::Fact { about, .. }, Finding::Fact { .. }) => {
            format!("{about}: {} in {}", counted(row), row.workload)
        }
        _ => format!("{}: {}", place(row, rows), told(row)),
    };
    shown.iter().map(told).collect::<Vec<_>>().join(" · ")
}
