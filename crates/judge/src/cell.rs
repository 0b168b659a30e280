//! One cell: its pairs to an estimate, its estimate to a finding.

use std::collections::BTreeMap;

use model::{
    Cell, MemorySource, Note, NoteKind, Pairs, Relation, RunEnd, RunFacts, Scale, Seen, SideName,
};
use stats::{Claimed, Estimate, Margin, Method, Outcome, Projection, Spread, Warning};

use crate::judgement::{Evidence, Finding, Subject};

/// The estimate of a cell from the trials of a run; `None` without pairs.
pub(crate) fn estimate(cell: &Cell, facts: &RunFacts) -> Option<Estimate> {
    let pairs: Vec<stats::Pair> =
        cell.pairs_of(&facts.trials).into_iter().map(stats_pair).collect();
    let margin = Margin::new(cell.margin.factor, cell.margin.floor).ok()?;
    let scale = stats_scale(cell.metric.scale());
    let first = pairs.first()?;
    Some(match cell.pairs {
        Pairs::Sequential => stats::judge_pairs(&pairs, margin, scale),
        Pairs::Fixed(n) => stats::fixed::judge_pairs(&pairs, n as usize, margin, scale),
        Pairs::Exact => match (first.a, first.b) {
            (Outcome::Value(a), Outcome::Value(b)) => stats::exact::compare(a, b, margin, scale),
            _ => return None,
        },
    })
}

fn stats_pair(pair: model::Pair) -> stats::Pair {
    stats::Pair { a: outcome(pair.denominator), b: outcome(pair.numerator) }
}

pub(crate) fn outcome(seen: Seen) -> Outcome {
    match seen {
        Seen::Value(value) => Outcome::Value(value),
        Seen::TimedOut => Outcome::TimedOut,
        Seen::Failed => Outcome::Crashed,
    }
}

fn stats_scale(scale: Scale) -> stats::Scale {
    match scale {
        Scale::Ratio => stats::Scale::Ratio,
        Scale::Difference => stats::Scale::Difference,
    }
}

pub(crate) fn claimed(relation: Relation) -> Claimed {
    match relation {
        Relation::Below => Claimed::Below,
        Relation::Above => Claimed::Above,
        Relation::Inside => Claimed::Inside,
    }
}

/// A row for a cell; `accepted` is what the rule over the whole run allows to
/// be said of it, for sequential cells.
pub(crate) fn evidence(
    cell: &Cell,
    facts: &RunFacts,
    estimate: Option<&Estimate>,
    accepted: Option<Claimed>,
) -> Evidence {
    let Some(estimate) = estimate.filter(|estimate| estimate.pairs > 0) else {
        return without_pairs(cell, facts, estimate);
    };
    let finding = finding(cell, estimate, accepted);
    let mut row = row(cell, finding);
    row.favours = favours(cell, &row.finding);
    row.ratio = estimate.ratio.filter(|_| cell.metric.scale() == Scale::Ratio);
    row.difference = estimate.difference;
    if estimate.method != Method::Exact {
        row.low = estimate.interval.low.filter(|end| end.is_finite());
        row.high = estimate.interval.high.filter(|end| end.is_finite());
        row.level = Some(estimate.level);
    }
    row.pairs = estimate.pairs as u32;
    row.voids = voids(cell, estimate);
    for (side, spread) in sides(cell, estimate) {
        row.values.extend(spread.median.map(|median| (side.clone(), median)));
        if let (Some(p5), Some(p95), true) = (spread.p5, spread.p95, cell.pairs != Pairs::Exact) {
            row.spread.insert(side.clone(), (p5, p95));
        }
    }
    row.warnings = warnings(cell, facts, estimate);
    row
}

fn sides<'a>(cell: &'a Cell, estimate: &Estimate) -> [(&'a SideName, Spread); 2] {
    [(&cell.denominator, estimate.a), (&cell.numerator, estimate.b)]
}

fn row(cell: &Cell, finding: Finding) -> Evidence {
    Evidence {
        workload: cell.series.workload.clone(),
        case: cell.series.case.clone(),
        activity: cell.series.activity,
        subject: Subject::Metric(cell.metric),
        unit: cell.metric.unit(),
        profile: cell.series.profile,
        tier: cell.series.tier,
        numerator: cell.numerator.clone(),
        denominator: cell.denominator.clone(),
        scale: cell.metric.scale(),
        ratio: None,
        difference: None,
        low: None,
        high: None,
        level: None,
        pairs: 0,
        voids: BTreeMap::new(),
        margin: Some(cell.margin.factor),
        floor: Some(cell.margin.floor),
        finding,
        favours: None,
        values: BTreeMap::new(),
        spread: BTreeMap::new(),
        warnings: Vec::new(),
    }
}

/// A row that says why there is nothing in it.
pub(crate) fn not_run(cell: &Cell, why: String) -> Evidence {
    row(cell, Finding::NotRun { why })
}

fn without_pairs(cell: &Cell, facts: &RunFacts, estimate: Option<&Estimate>) -> Evidence {
    let failed = estimate.map(|estimate| voids(cell, estimate)).unwrap_or_default();
    if !failed.is_empty() {
        let detail = facts
            .trials
            .iter()
            .filter(|trial| trial.series == cell.series)
            .find_map(|trial| trial.detail.clone());
        let why = format!("every pair is void: {}", detail.unwrap_or_default());
        return Evidence { voids: failed, ..not_run(cell, why) };
    }
    let speaks = |note: &&Note| concerns(note, cell);
    match facts.notes.iter().find(speaks) {
        Some(note) if note.kind == NoteKind::Disagree => {
            row(cell, Finding::NotComparable { why: note.text.clone() })
        }
        Some(note) => not_run(cell, blame(note)),
        None if facts.end == Some(RunEnd::Complete) => {
            not_run(cell, "the budget was spent before; try a longer --budget".to_owned())
        }
        None => not_run(cell, "the run was stopped before; run it again to go on".to_owned()),
    }
}

pub(crate) fn blame(note: &Note) -> String {
    match &note.side {
        Some(side) => format!("{side}: {}", note.text),
        None => note.text.clone(),
    }
}

/// Whether a note explains why a cell is empty.
fn concerns(note: &Note, cell: &Cell) -> bool {
    let series = &cell.series;
    let stops = !matches!(note.kind, NoteKind::Fact | NoteKind::Contained);
    stops
        && note.workload.as_ref().is_none_or(|workload| workload == &series.workload)
        && note.profile.is_none_or(|profile| profile == series.profile)
        && note
            .side
            .as_ref()
            .is_none_or(|side| [&cell.numerator, &cell.denominator].contains(&side))
}

fn finding(cell: &Cell, estimate: &Estimate, accepted: Option<Claimed>) -> Finding {
    let shown = match estimate.relation {
        stats::Relation::Below => Relation::Below,
        stats::Relation::Above => Relation::Above,
        stats::Relation::Inside => Relation::Inside,
        stats::Relation::Differs => return Finding::Differs,
        stats::Relation::Inconclusive { projected } => return undecided(projected, estimate.pairs),
        stats::Relation::Changed { first_third, last_third } => {
            return Finding::Inconclusive {
                more_pairs: None,
                why: changed(first_third, last_third),
            };
        }
    };
    if cell.pairs == Pairs::Sequential && accepted != Some(claimed(shown)) {
        return Finding::Inconclusive {
            more_pairs: None,
            why: "shown by itself, not yet among all the cells of this run".to_owned(),
        };
    }
    Finding::Shown(shown)
}

fn changed(first: Option<f64>, last: Option<f64>) -> String {
    let told = |value: Option<f64>| value.map_or_else(|| "?".to_owned(), |v| format!("{v:.2}"));
    format!(
        "the difference changed while measuring: {} in the first third, {} in the last",
        told(first),
        told(last)
    )
}

fn undecided(projected: Projection, pairs: usize) -> Finding {
    let (more_pairs, why) = match projected {
        Projection::Pairs(total) => {
            let more = total.saturating_sub(pairs).max(1) as u64;
            (Some(more), format!("about {more} more pairs are needed"))
        }
        Projection::WillNotResolve => {
            (None, "the estimate lies on the margin: more pairs will not resolve it".to_owned())
        }
        Projection::Unknown => (None, "too few pairs to tell".to_owned()),
    };
    Finding::Inconclusive { more_pairs, why }
}

/// Less is better in every metric.
fn favours(cell: &Cell, finding: &Finding) -> Option<SideName> {
    match finding {
        Finding::Shown(Relation::Below) => Some(cell.numerator.clone()),
        Finding::Shown(Relation::Above) => Some(cell.denominator.clone()),
        _ => None,
    }
}

fn voids(cell: &Cell, estimate: &Estimate) -> BTreeMap<SideName, u32> {
    let crashed = estimate.voids.crashed;
    [(&cell.denominator, crashed.a), (&cell.numerator, crashed.b)]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(side, count)| (side.clone(), count as u32))
        .collect()
}

fn warnings(cell: &Cell, facts: &RunFacts, estimate: &Estimate) -> Vec<String> {
    let mut told: Vec<String> = estimate.warnings.iter().filter_map(|w| worded(*w)).collect();
    for (side, count) in voids(cell, estimate) {
        told.push(format!("{count} runs of {side} failed; their pairs are void"));
    }
    for (side, count) in
        [(&cell.denominator, estimate.timed_out.a), (&cell.numerator, estimate.timed_out.b)]
    {
        if count > 0 {
            told.push(format!("{count} runs of {side} were ended at their deadline"));
        }
    }
    told.extend(memory_sources(cell, facts));
    told
}

fn worded(warning: Warning) -> Option<String> {
    match warning {
        Warning::Drift { last_half } => Some(format!(
            "the last half of the pairs has a median of {last_half:.3}, outside the interval"
        )),
        Warning::MeanDisagrees => Some("mean and median disagree: a tail matters here".to_owned()),
        Warning::VoidsDiffer { .. } => Some("one side fails more often than the other".to_owned()),
        Warning::DifferenceChanged => {
            Some("the absolute difference changed while measuring; the ratio did not".to_owned())
        }
        Warning::UnusableValues(_) => Some("some readings were no usable numbers".to_owned()),
        // A resumed run repeats what a void pair lost; the surplus is harmless.
        Warning::MoreThanDeclared { .. } => None,
    }
}

fn memory_sources(cell: &Cell, facts: &RunFacts) -> Option<String> {
    let trials = facts.trials.iter().filter(|trial| trial.series == cell.series);
    let mut others: Vec<&str> = trials
        .filter_map(|trial| trial.memory_source)
        .filter(|source| *source != MemorySource::VmHwm)
        .map(MemorySource::name)
        .collect();
    others.sort_unstable();
    others.dedup();
    (!others.is_empty()).then(|| format!("memory read by {}", others.join(" and ")))
}
