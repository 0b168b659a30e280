//! The one line that says why a claim has its verdict.

use model::{Relation, Scale, SideName, Unit, Witness};

use crate::judgement::{Evidence, Finding, Subject};
use crate::rule;

/// What was seen where: metric, workload, and the case or profile where several matter.
pub(crate) fn place(row: &Evidence, rows: &[Evidence]) -> String {
    let mut place = format!("{} of {}", name(&row.subject), row.workload);
    let alike = |other: &&Evidence| {
        other.workload == row.workload && other.subject == row.subject && *other != row
    };
    let others: Vec<&Evidence> = rows.iter().filter(alike).collect();
    if let Some(case) = &row.case
        && others.iter().any(|other| other.case != row.case)
    {
        place = format!("{place}, {case}");
    }
    if others.iter().any(|other| other.profile != row.profile) {
        place = format!("{place}, {}", row.profile);
    }
    place
}

fn name(subject: &Subject) -> String {
    match subject {
        Subject::Metric(metric) => metric.to_string(),
        Subject::Slope { metric, per } => format!("{metric} a {per}"),
        Subject::Fact { id, .. } => id.clone(),
    }
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
            format!("{top} {ratio:.2}x of {below}{interval}{}", apart(row))
        }
        (Scale::Difference, _, Some(0.0)) => format!("{top} as many as {below}"),
        (Scale::Difference, _, Some(difference)) => {
            let more = if difference < 0.0 { "fewer" } else { "more" };
            format!("{top} {} {more} than {below}", count(difference.abs()))
        }
        _ => without_median(row),
    }
}

/// Things counted, or counted a request.
fn count(number: f64) -> String {
    if number.fract() == 0.0 || number >= 100.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.2}")
    }
}

/// Where the floor and not the factor makes a difference small, that is said: a
/// ratio alone would look like one that matters.
fn apart(row: &Evidence) -> String {
    let (Some(ratio), Some(margin), Some(floor)) = (row.ratio, row.margin, row.floor) else {
        return String::new();
    };
    let low = row.low.unwrap_or(if row.level.is_none() { ratio } else { 0.0 });
    let high = row.high.unwrap_or(if row.level.is_none() { ratio } else { f64::INFINITY });
    let by_factor = low > 1.0 / margin && high < margin;
    if row.finding != Finding::Shown(Relation::Inside) || by_factor {
        return String::new();
    }
    format!(", less than {} apart", amount(floor, row.unit))
}

/// A floor as its author would write it.
pub(crate) fn amount(floor: f64, unit: Unit) -> String {
    const MIB: f64 = 1024.0 * 1024.0;
    match unit {
        Unit::Bytes if floor >= MIB => format!("{} MiB", floor / MIB),
        Unit::Bytes if floor >= 1024.0 => format!("{} KiB", floor / 1024.0),
        Unit::Bytes => format!("{floor} bytes"),
        Unit::Seconds if floor >= 1.0 => format!("{floor} s"),
        Unit::Seconds if floor >= 1e-3 => format!("{} ms", floor * 1e3),
        Unit::Seconds => format!("{} µs", (floor * 1e9).round() / 1e3),
        Unit::PerSecond => format!("{floor} a second"),
        Unit::Count => format!("{floor}"),
    }
}

/// A measured value with its unit, in two digits or more.
pub(crate) fn measured(value: f64, unit: Unit) -> String {
    const KIB: f64 = 1024.0;
    let (value, unit) = match unit {
        Unit::Bytes if value >= KIB * KIB => (value / (KIB * KIB), " MiB"),
        Unit::Bytes if value >= KIB / 10.0 => (value / KIB, " KiB"),
        Unit::Bytes => (value, " bytes"),
        Unit::Seconds if value >= 1.0 => (value, " s"),
        Unit::Seconds if value >= 1e-3 => (value * 1e3, " ms"),
        Unit::Seconds if value >= 1e-6 => (value * 1e6, " µs"),
        Unit::Seconds => (value * 1e9, " ns"),
        Unit::PerSecond => (value, " a second"),
        Unit::Count => (value, ""),
    };
    if value < 10.0 { format!("{value:.1}{unit}") } else { format!("{value:.0}{unit}") }
}

/// The line of a claim on slopes: what each side adds for one unit of size.
pub(crate) fn slope(rows: &[Evidence], expect: Relation) -> String {
    let [row] = rows else { return "its workload is not in this pack".to_owned() };
    let Subject::Slope { metric, per } = &row.subject else { return ratio(rows, &[expect]) };
    let sides = [&row.numerator, &row.denominator];
    let values = sides.map(|side| row.values.get(side).map(|v| measured(*v, row.unit)));
    let [Some(top), Some(below)] = values else { return ratio(rows, &[expect]) };
    let each = format!("{} {top}, {} {below} a {per}", row.numerator, row.denominator);
    let rest = match &row.finding {
        Finding::Shown(shown) if *shown != expect => number(row),
        Finding::Differs => number(row),
        _ => told(row),
    };
    format!("{metric} of {}: {each}; {rest}", row.workload)
}

/// Time-outs reach the middle of a side's runs.
fn without_median(row: &Evidence) -> String {
    let late = |side: &&SideName| !row.values.contains_key(*side);
    match [&row.numerator, &row.denominator].into_iter().find(late) {
        Some(side) if row.pairs > 0 => format!("{side} reached its deadline in most runs"),
        _ => "no median".to_owned(),
    }
}

/// A number of pairs as exact as a projection is.
pub(crate) fn about(pairs: u64) -> u64 {
    let digits = pairs.max(1).ilog10();
    let step = 10_u64.pow(digits.saturating_sub(1));
    pairs.div_ceil(step) * step
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

/// The line of a ratio claim, with what it says of each row: one row in full,
/// several in groups.
pub(crate) fn ratio(rows: &[Evidence], expected: &[Relation]) -> String {
    if let ([row], [expect]) = (rows, expected) {
        // The verdict says the rest.
        let told = match &row.finding {
            Finding::Shown(shown) if shown == expect => told(row),
            Finding::Shown(_) | Finding::Differs => number(row),
            _ => told(row),
        };
        return format!("{}: {told}", place(row, rows));
    }
    let mut parts = Vec::new();
    for (name, belongs) in GROUPS {
        let said = rows.iter().zip(expected);
        let members = said.filter(|(row, expect)| belongs(&row.finding, **expect));
        let members: Vec<&Evidence> = members.map(|(row, _)| row).collect();
        if members.is_empty() {
            continue;
        }
        let told = format!("{}{}", grouped(&members, rows), needed(&members));
        parts.push(match members.len() {
            all if all == rows.len() => told,
            some => format!("{name} in {some} of {}: {told}", rows.len()),
        });
    }
    parts.join(" · ")
}

/// What undecided rows still need, or why nothing helps.
fn needed(members: &[&Evidence]) -> String {
    let mut most: Option<u64> = None;
    let mut whys: Vec<&str> = Vec::new();
    for row in members {
        match &row.finding {
            Finding::Inconclusive { more_pairs: Some(pairs), .. } => most = most.max(Some(*pairs)),
            Finding::Inconclusive { why, .. } if !whys.contains(&why.as_str()) => whys.push(why),
            _ => {}
        }
    }
    let most = most.map(|pairs| format!("up to {} more pairs", about(pairs)));
    let told: Vec<&str> = most.as_deref().into_iter().chain(whys).collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join("; ")) }
}

/// Rows of one group, a metric at a time: range of ratios and workloads, and
/// the reason where they share one.
fn grouped(members: &[&Evidence], all: &[Evidence]) -> String {
    let mut subjects: Vec<&Subject> = Vec::new();
    for row in members {
        if !subjects.contains(&&row.subject) {
            subjects.push(&row.subject);
        }
    }
    let of_subject = |subject: &&Subject| -> Vec<&Evidence> {
        members.iter().copied().filter(|row| &row.subject == *subject).collect()
    };
    if let Some(why) = shared_reason(members) {
        let places = subjects.iter().map(|subject| places(&of_subject(subject), all));
        return format!("{}: {why}", places.collect::<Vec<_>>().join("; "));
    }
    let told = subjects.iter().map(|subject| {
        let rows = of_subject(subject);
        let seen = shared_reason(&rows).unwrap_or_else(|| range(&rows));
        format!("{}: {seen}", places(&rows, all))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Where rows of one metric were seen.
fn places(rows: &[&Evidence], all: &[Evidence]) -> String {
    match rows {
        [] => String::new(),
        [row] => place(row, all),
        [first, ..] => {
            let mut workloads: Vec<&str> = rows.iter().map(|row| row.workload.as_str()).collect();
            workloads.dedup();
            format!("{} of {}", name(&first.subject), workloads.join(", "))
        }
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

/// A row's number, or why it has none.
fn seen(row: &Evidence) -> String {
    match &row.finding {
        Finding::NotComparable { why } | Finding::NotRun { why } => why.clone(),
        _ => number(row),
    }
}

fn range(rows: &[&Evidence]) -> String {
    let ratios: Vec<f64> = rows.iter().filter_map(|row| row.ratio).collect();
    let sides = |row: &Evidence| (row.numerator.clone(), row.denominator.clone());
    let of_others = rows.iter().any(|row| sides(row) != sides(rows[0]));
    if rows.len() == 1 || ratios.len() < rows.len() || of_others {
        return rows.iter().map(|row| seen(row)).collect::<Vec<_>>().join(", ");
    }
    let low = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ratios.iter().copied().fold(0.0, f64::max);
    let (top, below) = (&rows[0].numerator, &rows[0].denominator);
    let apart = apart(rows[0]);
    let alike = rows.iter().all(|row| self::apart(row) == apart);
    format!("{top} {low:.2}x to {high:.2}x of {below}{}", if alike { &apart } else { "" })
}

/// The line of an existential claim.
pub(crate) fn exists(rows: &[Evidence], witness: Witness) -> String {
    match rows.iter().find(|row| rule::is_witness(&row.finding, witness)) {
        Some(row) => format!("{}: {}", place(row, rows), told(row)),
        None => {
            let all: Vec<&Evidence> = rows.iter().collect();
            let open = rows.iter().filter(|row| !matches!(row.finding, Finding::Shown(_))).count();
            if shared_reason(&all).is_some() {
                return grouped(&all, rows);
            }
            match open {
                0 => format!("none of {} cells shows it: {}", rows.len(), grouped(&all, rows)),
                n => format!("none of {} cells shows it yet; {n} undecided or not run", rows.len()),
            }
        }
    }
}

/// The line of a claim about facts: the first that is not as said, or each with its counts.
pub(crate) fn facts(rows: &[Evidence]) -> String {
    let as_said = |row: &Evidence| row.finding == Finding::Fact { as_said: true };
    if let Some(row) = rows.iter().find(|row| !as_said(row)) {
        return match &row.finding {
            Finding::Fact { .. } => {
                format!("{}: {} ({})", about_fact(row), counted(row), row.workload)
            }
            _ => format!("{}: {}", place(row, rows), told(row)),
        };
    }
    let mut subjects: Vec<&Evidence> = Vec::new();
    for row in rows {
        if !subjects.iter().any(|known| known.subject == row.subject) {
            subjects.push(row);
        }
    }
    let told = subjects.iter().map(|first| {
        let of_subject: Vec<&Evidence> =
            rows.iter().filter(|row| row.subject == first.subject).collect();
        format!("{}: {}", about_fact(first), counts_by_workload(&of_subject))
    });
    told.collect::<Vec<_>>().join(" · ")
}

/// Counts, each with the workloads that have it.
fn counts_by_workload(rows: &[&Evidence]) -> String {
    let mut told: Vec<String> = Vec::new();
    for row in rows {
        let alike = rows.iter().filter(|other| other.values == row.values);
        let workloads: Vec<&str> = alike.map(|other| other.workload.as_str()).collect();
        let text = format!("{} ({})", counted(row), workloads.join(", "));
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told.join("; ")
}

fn about_fact(row: &Evidence) -> String {
    match &row.subject {
        Subject::Fact { about, .. } => about.clone(),
        subject => name(subject),
    }
}
