//! Which cells need more pairs: the stop rule over the whole run.

use std::collections::BTreeMap;
use std::time::Duration;

use model::{Cell, Pairs, Plan, Relation, Scale, Seen, Series, Trial, TrialStatus};
use stats::multiplicity::{Hypothesis, accepted};
use stats::{Claimed, EValues, Margin, Outcome, Pair, Q};

/// Pairs of the pilot, in which each side also meets itself: fewer cannot
/// reject anything (docs/methodology.md).
pub(crate) const PILOT_BLOCKS: u32 = 8;

/// A declared number of pairs is given up after this many times as many blocks.
const MOST_REPEATS: u32 = 2;

/// Where each cell of a plan stands.
#[derive(Debug)]
pub(crate) struct Progress<'a> {
    plan: &'a Plan,
    trials: BTreeMap<Series, Vec<Trial>>,
    cells: Vec<Standing>,
}

#[derive(Debug, Clone, Copy)]
struct Standing {
    e_values: EValues,
    pairs: u32,
    /// No further pair can help.
    over: bool,
    announced: bool,
}

impl<'a> Progress<'a> {
    /// Begins with the trials that are stored already.
    pub(crate) fn new(plan: &'a Plan, prior: &[Trial]) -> Self {
        let nothing =
            Standing { e_values: EValues::NOTHING, pairs: 0, over: false, announced: false };
        let cells = vec![nothing; plan.cells.len()];
        let mut progress = Self { plan, trials: BTreeMap::new(), cells };
        for trial in prior {
            progress.trials.entry(trial.series.clone()).or_default().push(trial.clone());
        }
        for series in plan.series() {
            progress.look(series);
        }
        progress
    }

    /// Adds a trial; call [`Progress::look`] when its block is whole.
    pub(crate) fn add(&mut self, trial: Trial) {
        self.trials.entry(trial.series.clone()).or_default().push(trial);
    }

    /// The number of the next block of a series.
    pub(crate) fn next_block(&self, series: &Series) -> u32 {
        let trials = self.trials.get(series).map(Vec::as_slice).unwrap_or_default();
        trials.iter().map(|trial| trial.block + 1).max().unwrap_or(0)
    }

    /// How long a block of a series takes when nothing is in its way: the
    /// shortest whole one; zero before the first.
    pub(crate) fn block_time(&self, series: &Series) -> Duration {
        let trials = self.trials.get(series).map(Vec::as_slice).unwrap_or_default();
        let mut blocks: BTreeMap<u32, f64> = BTreeMap::new();
        for trial in trials.iter().filter(|trial| trial.status == TrialStatus::Done) {
            *blocks.entry(trial.block).or_default() += trial.longest_seconds();
        }
        let shortest = blocks.into_values().reduce(f64::min).unwrap_or(0.0);
        Duration::from_secs_f64(shortest)
    }

    /// Time that the rest of a series' declared pairs will take.
    pub(crate) fn time_left(&self, series: &Series) -> Duration {
        let cells = self.plan.cells.iter().zip(&self.cells);
        let left = cells.filter_map(|(cell, standing)| match cell.pairs {
            Pairs::Fixed(n) if &cell.series == series => Some(n.saturating_sub(standing.pairs)),
            _ => None,
        });
        self.block_time(series) * left.max().unwrap_or(0)
    }

    /// Weighs the cells of a series anew.
    pub(crate) fn look(&mut self, series: &Series) {
        let trials = self.trials.get(series).map(Vec::as_slice).unwrap_or_default();
        for (cell, standing) in self.plan.cells.iter().zip(&mut self.cells) {
            if &cell.series == series {
                let announced = standing.announced;
                *standing = Standing { announced, ..weigh(cell, trials, self.plan.most_pairs) };
            }
        }
    }

    /// Whether a series has a cell that needs more pairs.
    pub(crate) fn needs(&self, series: &Series) -> bool {
        let settled = self.settled();
        let mut cells = self.plan.cells.iter().zip(settled);
        cells.any(|(cell, settled)| &cell.series == series && !settled)
    }

    /// Cells settled since the last call.
    pub(crate) fn newly_settled(&mut self) -> Vec<&'a Cell> {
        let settled = self.settled();
        let mut new = Vec::new();
        for ((cell, standing), settled) in self.plan.cells.iter().zip(&mut self.cells).zip(settled)
        {
            if settled && !standing.announced {
                standing.announced = true;
                new.push(cell);
            }
        }
        new
    }

    fn settled(&self) -> Vec<bool> {
        let sequential = |cell: &Cell| cell.pairs == Pairs::Sequential;
        let hypotheses: Vec<Hypothesis> = self
            .plan
            .cells
            .iter()
            .zip(&self.cells)
            .filter(|(cell, _)| sequential(cell))
            .map(|(cell, standing)| Hypothesis {
                // Where nothing is claimed any of the three will do.
                claimed: claimed(cell.claimed.unwrap_or(Relation::Inside)),
                e_values: standing.e_values,
            })
            .collect();
        let mut accepted = accepted(&hypotheses, Q).into_iter();
        let mut settled = Vec::new();
        for (cell, standing) in self.plan.cells.iter().zip(&self.cells) {
            let shown = sequential(cell) && accepted.next().flatten().is_some();
            settled.push(standing.over || (shown && standing.pairs >= PILOT_BLOCKS));
        }
        settled
    }
}

fn weigh(cell: &Cell, trials: &[Trial], most_pairs: u32) -> Standing {
    let pairs: Vec<Pair> = cell.pairs_of(trials).into_iter().map(pair).collect();
    let blocks = pairs.len() as u32;
    let mut standing = Standing {
        e_values: EValues::NOTHING,
        pairs: pairs.iter().filter(|pair| counts(pair)).count() as u32,
        over: false,
        announced: false,
    };
    match cell.pairs {
        Pairs::Exact => standing.over = blocks > 0,
        Pairs::Fixed(n) => {
            standing.over = standing.pairs >= n || blocks >= n * MOST_REPEATS;
        }
        Pairs::Sequential => {
            // The pack reader has checked factor and floor.
            let margin = Margin::new(cell.margin.factor, cell.margin.floor);
            let margin = margin.unwrap_or(Margin::NONE);
            let estimate = stats::judge_pairs(&pairs, margin, scale(cell.scale()));
            standing.e_values = estimate.e_values.unwrap_or(EValues::NOTHING);
            let changed = matches!(estimate.relation, stats::Relation::Changed { .. });
            standing.over = changed || blocks >= most_pairs;
        }
    }
    standing
}

fn counts(pair: &Pair) -> bool {
    let void = |outcome| outcome == Outcome::Crashed;
    let both_timed_out = pair.a == Outcome::TimedOut && pair.b == Outcome::TimedOut;
    !(void(pair.a) || void(pair.b) || both_timed_out)
}

pub(crate) fn pair(pair: model::Pair) -> Pair {
    Pair { a: outcome(pair.denominator), b: outcome(pair.numerator) }
}

fn outcome(seen: Seen) -> Outcome {
    match seen {
        Seen::Value(value) => Outcome::Value(value),
        Seen::TimedOut => Outcome::TimedOut,
        Seen::Failed | Seen::Disturbed => Outcome::Crashed,
    }
}

pub(crate) fn scale(scale: Scale) -> stats::Scale {
    match scale {
        Scale::Ratio => stats::Scale::Ratio,
        Scale::Difference => stats::Scale::Difference,
    }
}

fn claimed(relation: Relation) -> Claimed {
    match relation {
        Relation::Below => Claimed::Below,
        Relation::Above => Claimed::Above,
        Relation::Inside => Claimed::Inside,
    }
}
