//! `evenhand compare --write`: what was compared as a contract, and its lock.

use std::path::Path;

use ::pack::lock::{Lock, Recorded};
use jiff::Zoned;
use judge::CompareJudgement;
use judge::{MetricJudged, MetricVerdict};
use model::contract::{Better, Guard, GuardLimit};
use model::{Activity, Contract, Margin, Metric, RunFacts, Scale};

use crate::arguments::compare::CompareArguments;
use crate::failure::Failure;
use crate::{commands, output};

/// Days that evidence of a new guard is good for.
const MAX_AGE: u32 = 14;

/// Writes contract and lock, or the lock and new allowances of a contract that is there.
pub(super) fn run(
    arguments: &CompareArguments,
    path: &Path,
    contract: &Contract,
    facts: &RunFacts,
    judged: &CompareJudgement,
) -> Result<String, Failure> {
    let from_file = arguments.sources.contract.is_some() || contract_is_read(arguments, path);
    let mut written = contract.clone();
    if !from_file && path.exists() {
        return Err(Failure::usage(format!("{} is there already", path.display()))
            .hint("compare what it says: evenhand compare --contract FILE --write")
            .hint("or name another: --write FILE"));
    }
    let target = arguments.sources.contract.as_deref().filter(|_| from_file).unwrap_or(path);
    if from_file {
        let mut text = std::fs::read_to_string(target)?;
        for allowance in &contract.allow {
            text = ::pack::contract::with_allowance(&text, allowance)?;
        }
        output::write_file(target, &text)?;
    } else {
        written.guards = guards(judged);
        // Paths are written relative to the file.
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            written.folder = super::sides::absolute(folder)?;
        }
        output::write_file(target, &::pack::contract::write(&written))?;
    }
    let recorded = recorded(&written, facts, judged);
    let count = recorded.len();
    lock(&written, target, recorded)?;
    Ok(format!(
        "{}: {} guards, {count} recorded in {}; commit both, then `evenhand check`\n",
        target.display(),
        written.guards.len(),
        commands::check::lock_path(target).display(),
    ))
}

/// Whether the comparison was made from ./evenhand.toml, which is then the one to keep.
fn contract_is_read(arguments: &CompareArguments, path: &Path) -> bool {
    !arguments.name_a_side() && path.exists()
}

/// Writes the lock of a contract beside it. What was recorded on other kinds of
/// machine stays.
pub(super) fn lock(
    contract: &Contract,
    path: &Path,
    recorded: Vec<Recorded>,
) -> Result<(), Failure> {
    let path = commands::check::lock_path(path);
    let mut all = recorded;
    if path.exists() {
        let old = Lock::read(&path)?;
        let replaced = |old: &Recorded| {
            all.iter().any(|new| new.guard == old.guard && new.machine == old.machine)
        };
        let kept: Vec<Recorded> =
            old.recorded.iter().filter(|old| !replaced(old)).cloned().collect();
        all.extend(kept);
    }
    output::write_file(&path, &Lock::of(contract, all).write())
}

/// A guard for what was decided: no more of it than was seen here.
fn guards(judged: &CompareJudgement) -> Vec<Guard> {
    let worth = |row: &&MetricJudged| {
        (row.case.is_none() || is_served(row.metric))
            && (row.primary || matches!(row.metric, Metric::Memory | Metric::Size))
            && row.verdict != MetricVerdict::Inconclusive
            && (row.scale == Scale::Ratio || row.metric == Metric::Size)
    };
    judged.metrics.iter().filter(worth).filter_map(guard).collect()
}

/// Of a drive: told case by case. Where more is better no guard can be written.
fn is_served(metric: Metric) -> bool {
    Activity::giving(metric) == Activity::Serve && !metric.more_is_better()
}

/// The limit is the end of what was seen here, so that the very evidence it was
/// written from bears it out; a noisy run writes a wider one, and can be made again.
fn guard(row: &MetricJudged) -> Option<Guard> {
    // Of what is better when there is more the other side is bound.
    let (side, against, ratio) = match row.better {
        Better::Less => (&row.numerator, &row.denominator, row.high.or(row.ratio)?),
        Better::More => (&row.denominator, &row.numerator, row.low.or(row.ratio)?.recip()),
    };
    let limit = match row.metric {
        Metric::Size => GuardLimit::Value(rounded_up(*row.values.get(side)?)),
        _ => {
            let at_most = rounded_up(ratio);
            let usable = at_most.is_finite() && at_most > 0.0;
            usable.then(|| GuardLimit::Of { against: against.clone(), at_most })?
        }
    };
    Some(Guard {
        name: match &row.case {
            Some(case) => format!("{side}-{}-{case}", row.metric),
            None => format!("{side}-{}", row.metric),
        },
        metric: row.metric,
        case: row.case.clone(),
        side: side.clone(),
        limit,
        margin: Margin { factor: row.margin, floor: row.floor },
        max_age_days: MAX_AGE,
    })
}

/// To three digits, so that a limit reads as one and not as a measurement.
fn rounded_up(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let digit = 10f64.powf(value.log10().floor() - 2.0);
    let rounded = (value / digit - 1e-9).ceil() * digit;
    // Without this 0.62 may read 0.6200000000000001.
    format!("{rounded:.6}").parse().unwrap_or(rounded)
}

/// What every guard's ratio was here.
fn recorded(contract: &Contract, facts: &RunFacts, judged: &CompareJudgement) -> Vec<Recorded> {
    let machine = commands::check::class(&facts.run.environment);
    let date = Zoned::now().date();
    let of = |guard: &Guard| {
        let row = judged.metrics.iter().find(|row| {
            row.metric == guard.metric && row.case == guard.case && row.numerator == guard.side
        })?;
        Some(Recorded {
            guard: guard.name.clone(),
            machine: machine.clone(),
            ratio: row.ratio?,
            low: row.low,
            high: row.high,
            values: row.values.clone(),
            date,
            pairs: row.pairs,
        })
    };
    contract.guards.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::rounded_up;

    #[test]
    fn a_limit_has_three_digits_and_never_less_than_was_seen() {
        for (seen, limit) in [(0.6134, 0.614), (1.0, 1.0), (12.31, 12.4), (0.04512, 0.0452)] {
            assert!((rounded_up(seen) - limit).abs() < 1e-9, "{seen}: {}", rounded_up(seen));
        }
        assert_eq!(rounded_up(1_234_567.0), 1_240_000.0);
    }
}
