//! Trials of one cell, paired by block.

use std::collections::{BTreeMap, BTreeSet};

use crate::service::UNEVEN;
use crate::{Activity, Cell, Metric, Series, SideName, Trial, TrialStatus};

/// What one trial gave for one metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seen {
    /// A value in the metric's unit.
    Value(f64),
    /// It was still running at its deadline.
    TimedOut,
    /// It gave no value that counts; its pair is void.
    Failed,
    /// Its block says nothing, through no fault of either side ([`Disturbances`]); its pair is void.
    Disturbed,
}

/// Two trials of one block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The block.
    pub block: u32,
    /// Of the side on top.
    pub numerator: Seen,
    /// Of the side below.
    pub denominator: Seen,
}

/// What was in the way of a series, by block. A block is void for all its sides, whoever's trial it was:
/// a rule that looked at the side would choose.
#[derive(Debug, Default)]
pub struct Disturbances {
    others: BTreeMap<u32, (f64, f64)>,
    unmeasured: BTreeSet<u32>,
}

impl Disturbances {
    /// Looks at a trial of the series.
    pub fn take(&mut self, trial: &Trial) {
        if trial.status == TrialStatus::Unmeasured {
            self.unmeasured.insert(trial.block);
        }
        if let Some(other) = trial.values.get(&Metric::Interference) {
            let (least, most) = self.others.entry(trial.block).or_insert((*other, *other));
            (*least, *most) = (least.min(*other), most.max(*other));
        }
    }

    /// Whether a block says nothing.
    pub fn void(&self, block: u32) -> bool {
        let uneven = self.others.get(&block).is_some_and(|(least, most)| most - least > UNEVEN);
        uneven || self.unmeasured.contains(&block)
    }
}

fn seen(trial: &Trial, metric: Metric) -> Seen {
    match trial.status {
        TrialStatus::Done => trial.values.get(&metric).map_or(Seen::Failed, |v| Seen::Value(*v)),
        // Slow is not large: a probe for memory that was cut short says nothing.
        TrialStatus::TimedOut if trial.series.activity == Activity::Memory => Seen::Failed,
        TrialStatus::TimedOut => Seen::TimedOut,
        TrialStatus::Crashed | TrialStatus::WrongAnswer | TrialStatus::Unmeasured => Seen::Failed,
    }
}

fn paired<'a>(
    trials: impl IntoIterator<Item = &'a Trial>,
    series: &Series,
    metric: Metric,
    numerator: (&SideName, u32),
    denominator: (&SideName, u32),
) -> Vec<Pair> {
    let mut blocks: BTreeMap<u32, (Option<Seen>, Option<Seen>)> = BTreeMap::new();
    let mut disturbances = Disturbances::default();
    for trial in trials.into_iter().filter(|trial| &trial.series == series) {
        disturbances.take(trial);
        let who = (&trial.side, trial.replica);
        let block = blocks.entry(trial.block).or_default();
        if who == numerator {
            block.0 = Some(seen(trial, metric));
        } else if who == denominator {
            block.1 = Some(seen(trial, metric));
        }
    }
    let whole = |(block, (numerator, denominator))| {
        let (numerator, denominator) = (numerator?, denominator?);
        let kept = |seen| if disturbances.void(block) { Seen::Disturbed } else { seen };
        Some(Pair { block, numerator: kept(numerator), denominator: kept(denominator) })
    };
    blocks.into_iter().filter_map(whole).collect()
}

impl Cell {
    /// The pairs of this cell in the order of their blocks; a block that was
    /// cut short gives none.
    pub fn pairs_of<'a>(&self, trials: impl IntoIterator<Item = &'a Trial>) -> Vec<Pair> {
        let (numerator, denominator) = ((&self.numerator, 0), (&self.denominator, 0));
        paired(trials, &self.series, self.metric, numerator, denominator)
    }
}

impl Series {
    /// Pairs of a side's second trial to its first in the blocks of the pilot.
    pub fn self_pairs<'a>(
        &self,
        metric: Metric,
        side: &SideName,
        trials: impl IntoIterator<Item = &'a Trial>,
    ) -> Vec<Pair> {
        paired(trials, self, metric, (side, 1), (side, 0))
    }
}
