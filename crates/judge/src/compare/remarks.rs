//! What a reader should know beside the numbers of a comparison.

use std::collections::BTreeMap;

use model::{
    Cell, Contract, NoteKind, Pairs, ProgramSeen, RunEnd, RunFacts, Scale, Seen, SideName, Trial,
    TrialStatus,
};
use stats::{ALPHA, Relation, Warning, percentile, sign};

use super::judged::{AnswersJudged, EffectJudged, EffectVerdict};
use super::metrics::{self, Row};
use crate::{cell, wording};

/// From where on a position effect is worth telling, as a factor.
const POSITION: f64 = 1.01;

pub(super) fn of(
    contract: &Contract,
    facts: &RunFacts,
    answers: &AnswersJudged,
    effects: &[EffectJudged],
    rows: &[Row],
) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    for one in notes(facts)
        .chain(failures(facts, answers))
        .chain(empty(rows))
        .chain(programs(facts))
        .chain(unseen(effects))
        .chain(rows.iter().filter_map(|row| position(contract, facts, row)))
        .chain(rows.iter().flat_map(|row| moved(facts, row)))
        .chain(stopped(facts, rows))
        .chain(crowded(facts))
    {
        if !remarks.contains(&one) {
            remarks.push(one);
        }
    }
    remarks
}

/// Answers speak for themselves.
fn notes(facts: &RunFacts) -> impl Iterator<Item = String> {
    let told =
        |note: &&model::Note| note.kind != NoteKind::Disagree && !crate::is_overcome(note, facts);
    facts.notes.iter().filter(told).map(cell::blame)
}

/// Sides whose runs failed, where the answers do not tell it already.
fn failures(facts: &RunFacts, answers: &AnswersJudged) -> impl Iterator<Item = String> {
    let mut sides: BTreeMap<&SideName, Vec<&Trial>> = BTreeMap::new();
    for trial in &facts.trials {
        sides.entry(&trial.side).or_default().push(trial);
    }
    sides.into_iter().filter_map(|(side, trials)| {
        let failed: Vec<&&Trial> =
            trials.iter().filter(|trial| trial.status != TrialStatus::Done).collect();
        let first = failed.first()?;
        let why = match (first.status, &first.detail) {
            (TrialStatus::TimedOut, _) => "still running at its deadline",
            (_, Some(detail)) => detail,
            (_, None) => "no reason was recorded",
        };
        let (failed, runs) = (failed.len(), trials.len());
        let told = answers.by_case.iter().any(|one| &one.side == side && one.told.contains(why));
        (!told).then(|| format!("{side}: {failed} of {runs} trials failed, the first: {why}"))
    })
}

/// Metrics without a row, those with one reason together.
fn empty(rows: &[Row]) -> impl Iterator<Item = String> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for row in rows {
        let Err(why) = &row.row else { continue };
        let name = name(&row.cell);
        match reasons.iter_mut().find(|(known, _)| known == why) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => reasons.push((why, vec![name])),
        }
    }
    let told: Vec<String> =
        reasons.into_iter().map(|(why, names)| format!("no {}: {why}", names.join(", "))).collect();
    told.into_iter()
}

fn name(cell: &Cell) -> String {
    match &cell.series.case {
        Some(case) => format!("{} of {case}", cell.metric),
        None => cell.metric.to_string(),
    }
}

fn programs(facts: &RunFacts) -> Vec<String> {
    let [first, others @ ..] = facts.programs.as_slice() else { return Vec::new() };
    let mut told = Vec::new();
    for other in others.iter().filter(|other| other.sha256 == first.sha256) {
        told.push(format!("{} and {} run the same file", first.side, other.side));
    }
    let stripped = |wanted| -> Vec<String> {
        let those = facts.programs.iter().filter(|one| one.stripped == Some(wanted));
        those.map(|one| one.side.to_string()).collect()
    };
    if let (bare, full) = (stripped(true), stripped(false))
        && !bare.is_empty()
        && !full.is_empty()
    {
        let (bare, full) = (bare.join(", "), full.join(", "));
        told.push(format!("{bare} is stripped, {full} is not: sizes are of unlike files"));
    }
    // Of two languages the toolchains are named elsewhere.
    let language = |one: &ProgramSeen| {
        let words = one.toolchain.as_deref().unwrap_or_default();
        words.split(' ').next().unwrap_or_default().to_owned()
    };
    let versions = |other: &ProgramSeen| {
        other.toolchain != first.toolchain && language(other) == language(first)
    };
    if others.iter().any(versions) {
        let by = |one: &ProgramSeen| Some(format!("{}: {}", one.side, one.toolchain.as_ref()?));
        let toolchains: Vec<String> = facts.programs.iter().filter_map(by).collect();
        told.push(format!("built with {}", toolchains.join("; ")));
    }
    if others.iter().any(|other| other.content != first.content) {
        let content = |one: &ProgramSeen| {
            format!("{}: {}", one.side, one.content.as_deref().unwrap_or("unknown"))
        };
        let contents: Vec<String> = facts.programs.iter().map(content).collect();
        told.push(format!("built differently: {}", contents.join("; ")));
    }
    told
}

fn unseen(effects: &[EffectJudged]) -> impl Iterator<Item = String> {
    let unseen = effects.iter().filter(|one| one.verdict == EffectVerdict::Unseen);
    unseen.map(|one| {
        format!("{} unseen: {}", one.effect, one.reason.as_deref().unwrap_or("no reason"))
    })
}

/// A place in the block that costs: pairs lie above their median when the
/// numerator has that place, by more than chance would have it.
fn position(contract: &Contract, facts: &RunFacts, row: &Row) -> Option<String> {
    let cell = &row.cell;
    if cell.pairs != Pairs::Sequential || metrics::scale(contract, cell) != Scale::Ratio {
        return None;
    }
    let (before, after) = by_order(facts, cell);
    let middle = percentile::median(&[before.clone(), after.clone()].concat())?;
    let count = |ratios: &[f64], side: fn(f64, f64) -> bool| {
        ratios.iter().filter(|ratio| side(**ratio, middle)).count()
    };
    let (over, under) = (|x: f64, m: f64| x > m, |x: f64, m: f64| x < m);
    let first_more = count(&before, over) + count(&after, under);
    let last_more = count(&before, under) + count(&after, over);
    if sign::ln_e(first_more + last_more, first_more) < -ALPHA.ln() {
        return None;
    }
    let by = (percentile::median(&before)? - percentile::median(&after)?) / 2.0;
    let place = if by > 0.0 { "first" } else { "last" };
    (by.abs() >= POSITION.ln()).then(|| {
        format!(
            "{}: the program that runs {place} in a block shows {:.1} % more; the order is \
             random, so the ratio is not touched",
            name(cell),
            by.abs().exp_m1() * 100.0
        )
    })
}

/// Logarithms of the ratios of blocks in which the numerator ran before the
/// denominator, and of the others.
fn by_order(facts: &RunFacts, cell: &Cell) -> (Vec<f64>, Vec<f64>) {
    let mut places: BTreeMap<(u32, &SideName), u32> = BTreeMap::new();
    for trial in facts.trials.iter().filter(|t| t.series == cell.series && t.replica == 0) {
        places.insert((trial.block, &trial.side), trial.position);
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for pair in cell.pairs_of(&facts.trials) {
        let (Seen::Value(top), Seen::Value(below)) = (pair.numerator, pair.denominator) else {
            continue;
        };
        let ratio = top.ln() - below.ln();
        if !ratio.is_finite() {
            continue;
        }
        match places.get(&(pair.block, &cell.numerator))
            < places.get(&(pair.block, &cell.denominator))
        {
            true => before.push(ratio),
            false => after.push(ratio),
        }
    }
    (before, after)
}

/// The share by which a side has to move to be told.
const NOTICED: f64 = 0.02;

/// Sides whose values changed while they were measured, where the pairs show it.
fn moved(facts: &RunFacts, row: &Row) -> Vec<String> {
    let (cell, Some(estimate)) = (&row.cell, &row.estimate) else { return Vec::new() };
    let drifts = |w: &Warning| matches!(w, Warning::Drift { .. } | Warning::DifferenceChanged);
    let changed = matches!(estimate.relation, Relation::Changed { .. });
    if !changed && !estimate.warnings.iter().any(drifts) {
        return Vec::new();
    }
    let pairs = cell.pairs_of(&facts.trials);
    let value = |seen: Seen| match seen {
        Seen::Value(value) if value.is_finite() => Some(value),
        _ => None,
    };
    let of: [(&SideName, Vec<f64>); 2] = [
        (&cell.denominator, pairs.iter().filter_map(|pair| value(pair.denominator)).collect()),
        (&cell.numerator, pairs.iter().filter_map(|pair| value(pair.numerator)).collect()),
    ];
    let told = of.iter().filter_map(|(side, values)| {
        let third = values.len().div_ceil(3);
        let first = percentile::median(values.get(..third)?)?;
        let last = percentile::median(values.get(values.len() - third..)?)?;
        // What moved by less than one would notice is no news.
        let much = (last - first).abs() > NOTICED * first.abs().max(last.abs());
        let [from, to] = [first, last].map(|value| wording::measured(value, cell.metric.unit()));
        (much && from != to).then(|| {
            format!(
                "{}: {side} went from {from} to {to} while it was measured (medians of its first \
                 and last third)",
                name(cell)
            )
        })
    });
    told.collect()
}

fn stopped(facts: &RunFacts, rows: &[Row]) -> Option<String> {
    let begun = rows.iter().any(|row| row.row.is_ok());
    (begun && facts.end != Some(RunEnd::Complete))
        .then(|| "the run was stopped before it was done; run it again to go on".to_owned())
}

fn crowded(facts: &RunFacts) -> Option<String> {
    let machine = &facts.run.environment.machine;
    (machine.load > f64::from(machine.cores)).then(|| {
        format!(
            "the machine was busy when this began (load {:.1} on {} cores): both sides run in \
             random order, so intervals are wider but not shifted",
            machine.load, machine.cores
        )
    })
}
