//! A claim that every check and step of its probes and drills comes as said.

use model::{Experiment, Standing, Verdict};

use crate::attempt::Tried;

/// The verdict and its reason.
pub(crate) fn verdict(rows: &[Tried], standing: Standing) -> (Verdict, String) {
    let wrong: Vec<&Tried> = with(rows, Some(false)).collect();
    if let Some(first) = wrong.first() {
        return if wrong.iter().all(|row| is_outdated(row, rows)) {
            (Verdict::OutOfDate, outdated(first, rows))
        } else {
            (Verdict::DoesNotHold, refuted(first, wrong.len(), rows))
        };
    }
    if let Some(open) = with(rows, None).next() {
        return (Verdict::NotRun, untried(open));
    }
    if rows.is_empty() {
        return (Verdict::NotRun, "none of its experiments has a check or step".to_owned());
    }
    let verdict = match standing {
        Standing::ByDesign => Verdict::ByDesign,
        Standing::Contested | Standing::Frame => Verdict::Holds,
    };
    (verdict, carried(rows))
}

fn with<'r, 'a>(
    rows: &'r [Tried<'a>],
    as_said: Option<bool>,
) -> impl Iterator<Item = &'r Tried<'a>> {
    rows.iter().filter(move |tried| tried.row.as_said == as_said)
}

/// Whether what was refuted was so with an older toolchain: the same question
/// came as said there. Only a probe asks a question of a toolchain; a step that
/// fails after an upgrade is what a sentence on upgrades has to answer for.
fn is_outdated(wrong: &Tried, rows: &[Tried]) -> bool {
    let asked_late = wrong.row.toolchain.as_str() == "newest" || wrong.row.toolchain.is_installed();
    matches!(wrong.row.experiment, Experiment::Probe(_))
        && asked_late
        && with(rows, Some(true)).any(|row| row.precedes(wrong))
}

/// Which item, in words.
pub(crate) fn place(tried: &Tried) -> String {
    let row = &tried.row;
    format!("{}, {} of {}", row.side, row.item, row.experiment.name())
}

/// Why an item says nothing, with the way out.
pub(crate) fn untried(tried: &Tried) -> String {
    format!("{}: {}", place(tried), tried.row.seen)
}

pub(crate) fn refuted(first: &Tried, wrong: usize, rows: &[Tried]) -> String {
    let more = match wrong {
        1 => String::new(),
        _ => format!(" · {wrong} of {} {} not as expected", rows.len(), noun(rows)),
    };
    format!("{}: {}; expected: {}{more}", place(first), first.row.seen, first.row.expected)
}

fn outdated(first: &Tried, rows: &[Tried]) -> String {
    let (side, version) = (&first.row.side, &first.row.version);
    let before = with(rows, Some(true)).find(|row| row.precedes(first));
    let before = before.map(|row| format!("; as expected with {}", row.row.version));
    let before = before.unwrap_or_default();
    format!("{}: {} with {side} {version}{before}", place(first), first.row.seen)
}

fn carried(rows: &[Tried]) -> String {
    let telling = rows.iter().find(|row| row.is_control()).or(rows.first());
    let example = telling.map(|row| format!("; {}: {}", place(row), row.row.seen));
    let total = rows.len();
    format!("{total} of {total} {} as expected{}", noun(rows), example.unwrap_or_default())
}

fn noun(rows: &[Tried]) -> &'static str {
    let of = |wanted: fn(&Experiment) -> bool| rows.iter().any(|t| wanted(&t.row.experiment));
    let probes = of(|experiment| matches!(experiment, Experiment::Probe(_)));
    let drills = of(|experiment| matches!(experiment, Experiment::Drill(_)));
    match (probes, drills) {
        (true, true) => "checks and steps",
        (false, true) => "steps",
        _ => "checks",
    }
}
