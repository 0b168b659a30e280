//! One cell: its pairs to an estimate, its estimate to a finding.

use std::collections::BTreeMap;

use model::{
    Cell, MemorySource, Note, NoteKind, Pair, Pairs, Relation, RunEnd, RunFacts, Scale, Seen,
    SideName, Trial, TrialStatus,
};
use stats::{Claimed, Estimate, Margin, Method, Outcome, Projection, Spread, Warning};

use crate::judgement::{Evidence, Finding, Subject};
use crate::wording;

/// Why a cell of the claim is not in the plan.
pub(crate) const LATER: &str = "this cell or its margin is newer than the run; run it again";
/// Why none of the claim's is.
pub(crate) const NOT_QUICK: &str = "not in --quick; use --full";

/// A block that [`model::pairing::Disturbances`] voids where everything was measured.
const UNEVENLY: &str =
    "something else used the processors more beside one side than beside the other";

/// The estimate of a cell from the trials of a run; `None` without pairs.
pub(crate) fn estimate(cell: &Cell, facts: &RunFacts) -> Option<Estimate> {
    estimate_on(cell, facts, cell.scale())
}

/// The same on a scale that is not the metric's own.
pub(crate) fn estimate_on(cell: &Cell, facts: &RunFacts, scale: Scale) -> Option<Estimate> {
    let pairs: Vec<stats::Pair> =
        cell.pairs_of(&facts.trials).into_iter().map(stats_pair).collect();
    let margin = Margin::new(cell.margin.factor, cell.margin.floor).ok()?;
    weigh(&pairs, cell.pairs, 1.0, margin, stats_scale(scale))
}

/// Pairs by the method that was planned for them: the numerator against so many
/// times the denominator.
pub(crate) fn weigh(
    pairs: &[stats::Pair],
    planned: Pairs,
    times: f64,
    margin: Margin,
    scale: stats::Scale,
) -> Option<Estimate> {
    match planned {
        Pairs::Sequential | Pairs::Fixed(_) if pairs.is_empty() => None,
        Pairs::Sequential => Some(stats::judge_pairs_against(pairs, times, margin, scale)),
        Pairs::Fixed(n) => {
            Some(stats::fixed::judge_pairs_against(pairs, n as usize, times, margin, scale))
        }
        Pairs::Exact => pairs.iter().find_map(|pair| match (pair.a, pair.b) {
            (Outcome::Value(a), Outcome::Value(b)) => {
                Some(stats::exact::compare_against(a, b, times, margin, scale))
            }
            _ => None,
        }),
    }
}

pub(crate) fn stats_pair(pair: Pair) -> stats::Pair {
    stats::Pair { a: outcome(pair.denominator), b: outcome(pair.numerator) }
}

pub(crate) fn outcome(seen: Seen) -> Outcome {
    match seen {
        Seen::Value(value) => Outcome::Value(value),
        Seen::TimedOut => Outcome::TimedOut,
        Seen::Failed | Seen::Disturbed => Outcome::Crashed,
    }
}

pub(crate) fn stats_scale(scale: Scale) -> stats::Scale {
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
        return without_pairs(cell, facts);
    };
    let finding = finding(cell, estimate, accepted);
    let mut row = row(cell, finding);
    row.favours = favours(cell, &row.finding);
    let ratio = estimate.ratio.filter(|_| estimate.scale == stats::Scale::Ratio);
    row.ratio = ratio.filter(|ratio| ratio.is_finite());
    row.difference = estimate.difference.filter(|difference| difference.is_finite());
    if estimate.method != Method::Exact {
        row.low = estimate.interval.low.filter(|end| end.is_finite());
        row.high = estimate.interval.high.filter(|end| end.is_finite());
        row.level = Some(estimate.level);
    }
    row.pairs = estimate.pairs as u32;
    let pairs = cell.pairs_of(&facts.trials);
    row.voids = voids(cell, &pairs);
    for (side, spread) in sides(cell, estimate) {
        row.values.extend(spread.median.map(|median| (side.clone(), median)));
        if let (Some(p5), Some(p95), true) = (spread.p5, spread.p95, cell.pairs != Pairs::Exact) {
            row.spread.insert(side.clone(), (p5, p95));
        }
    }
    row.warnings = warnings(cell, facts, &pairs, estimate);
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
        scale: cell.scale(),
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

fn without_pairs(cell: &Cell, facts: &RunFacts) -> Evidence {
    let pairs = cell.pairs_of(&facts.trials);
    if !pairs.is_empty() {
        let voids = voids(cell, &pairs);
        let why = why_void(cell, facts, &pairs);
        return Evidence { voids, ..not_run(cell, format!("every pair is void: {why}")) };
    }
    let speaks = |note: &&Note| concerns(note, cell);
    match facts.notes.iter().find(speaks) {
        Some(note) if note.kind == NoteKind::Disagree => {
            row(cell, Finding::NotComparable { why: note.text.clone() })
        }
        Some(note) => not_run(cell, blame(note)),
        None if facts.end == Some(RunEnd::Complete) => {
            not_run(cell, "the budget was spent before its turn; try a longer --budget".to_owned())
        }
        None => {
            not_run(cell, "the run was stopped before its turn; run it again to go on".to_owned())
        }
    }
}

/// The first trial of a cell (of one side) that gave no value that counts.
fn why_void(cell: &Cell, facts: &RunFacts, pairs: &[Pair]) -> String {
    let seen = |what| pairs.iter().any(|pair| [pair.numerator, pair.denominator].contains(&what));
    match first_failure(cell, facts, None) {
        Some(trial) => format!("{}: {}", trial.side, detail(trial)),
        None if seen(Seen::Failed) => "no such value was told".to_owned(),
        None if seen(Seen::Disturbed) => UNEVENLY.to_owned(),
        None => "both sides were still running at the deadline".to_owned(),
    }
}

fn first_failure<'a>(
    cell: &Cell,
    facts: &'a RunFacts,
    side: Option<&SideName>,
) -> Option<&'a Trial> {
    let sides = [&cell.numerator, &cell.denominator];
    facts.trials.iter().find(|trial| {
        trial.series == cell.series
            && trial.replica == 0
            && sides.contains(&&trial.side)
            && side.is_none_or(|side| side == &trial.side)
            && matches!(
                trial.status,
                TrialStatus::Crashed | TrialStatus::WrongAnswer | TrialStatus::Unmeasured
            )
    })
}

fn detail(trial: &Trial) -> &str {
    trial.detail.as_deref().unwrap_or("no reason was recorded")
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
        stats::Relation::Inconclusive { projected } => {
            let (more_pairs, why) = undecided(cell.pairs, projected, estimate.pairs);
            return Finding::Inconclusive { more_pairs, why };
        }
        stats::Relation::Changed { first_third, last_third } => {
            return Finding::Inconclusive {
                more_pairs: None,
                why: changed(estimate.scale, first_third, last_third),
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

fn changed(scale: stats::Scale, first: Option<f64>, last: Option<f64>) -> String {
    let told = |value: Option<f64>| match (value, scale) {
        (Some(value), stats::Scale::Ratio) => format!("{value:.2}x"),
        (Some(value), stats::Scale::Difference) => format!("{value:.2}"),
        (None, _) => "unknown".to_owned(),
    };
    format!(
        "the difference changed while measuring: {} in the first third, {} in the last",
        told(first),
        told(last)
    )
}

/// How many more pairs an open cell needs, and the same in words.
pub(crate) fn undecided(
    planned: Pairs,
    projected: Projection,
    pairs: usize,
) -> (Option<u64>, String) {
    match projected {
        Projection::Pairs(total) if planned == Pairs::Fixed(pairs as u32) => {
            let why = format!(
                "the {pairs} pairs declared do not settle it; about {} would",
                wording::about(total as u64)
            );
            (Some(total.saturating_sub(pairs).max(1) as u64), why)
        }
        Projection::Pairs(total) if total == pairs + 1 => {
            (Some(1), "about one more pair is needed".to_owned())
        }
        Projection::Pairs(total) => {
            let more = total.saturating_sub(pairs).max(1) as u64;
            (Some(more), format!("about {} more pairs are needed", wording::about(more)))
        }
        Projection::WillNotResolve => {
            (None, "the estimate lies on the margin: more pairs will not resolve it".to_owned())
        }
        Projection::Unknown => (None, "too few pairs to tell".to_owned()),
    }
}

/// Less is better in every metric.
fn favours(cell: &Cell, finding: &Finding) -> Option<SideName> {
    let (less, more) = match cell.metric.more_is_better() {
        false => (&cell.numerator, &cell.denominator),
        true => (&cell.denominator, &cell.numerator),
    };
    match finding {
        Finding::Shown(Relation::Below) => Some(less.clone()),
        Finding::Shown(Relation::Above) => Some(more.clone()),
        _ => None,
    }
}

/// Pairs that are void because a side failed in them.
fn voids(cell: &Cell, pairs: &[Pair]) -> BTreeMap<SideName, u32> {
    let failed =
        |of: fn(&Pair) -> Seen| pairs.iter().filter(|pair| of(pair) == Seen::Failed).count() as u32;
    [
        (&cell.denominator, failed(|pair| pair.denominator)),
        (&cell.numerator, failed(|pair| pair.numerator)),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(side, count)| (side.clone(), count))
    .collect()
}

/// What a reader is told of pairs that are void through no side's fault.
fn disturbed(cell: &Cell, facts: &RunFacts, pairs: &[Pair]) -> Option<String> {
    let count = pairs.iter().filter(|pair| pair.numerator == Seen::Disturbed).count();
    let unmeasured =
        |trial: &&Trial| trial.series == cell.series && trial.status == TrialStatus::Unmeasured;
    let why = facts.trials.iter().find(unmeasured).map_or(UNEVENLY, detail);
    match count {
        0 => None,
        1 => Some(format!("1 pair is void: {why}")),
        _ => Some(format!("{count} pairs are void; the first: {why}")),
    }
}

fn warnings(cell: &Cell, facts: &RunFacts, pairs: &[Pair], estimate: &Estimate) -> Vec<String> {
    let mut told: Vec<String> = estimate.warnings.iter().filter_map(|w| worded(*w)).collect();
    for (side, count) in voids(cell, pairs) {
        let first = first_failure(cell, facts, Some(&side)).map_or("it gave no such value", detail);
        told.push(match count {
            1 => format!("1 run of {side} failed and its pair is void: {first}"),
            _ => format!(
                "{count} runs of {side} failed and their pairs are void; the first: {first}"
            ),
        });
    }
    for (side, count) in
        [(&cell.denominator, estimate.timed_out.a), (&cell.numerator, estimate.timed_out.b)]
    {
        if count > 0 {
            let runs = if count == 1 { "run" } else { "runs" };
            told.push(format!("{count} {runs} of {side} reached the deadline and were ended"));
        }
    }
    told.extend(disturbed(cell, facts, pairs));
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

pub(crate) fn memory_sources(cell: &Cell, facts: &RunFacts) -> Option<String> {
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
