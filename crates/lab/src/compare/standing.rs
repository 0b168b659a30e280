//! Where each cell of a comparison stands, after every block.
//!
//! A primary cell is settled when its interval lies on one side of the margin
//! or inside it, and the primary cells together bear that out (e-BH); a
//! secondary cell when its own interval does. A cell that guards speak of has
//! to settle those too.

use std::collections::BTreeMap;
use std::time::Duration;

use model::contract::GuardLimit;
use model::{Cell, Contract, Pairs, Plan, Scale, Series, Trial, TrialStatus};
use stats::multiplicity::e_bh;
use stats::{EValues, Estimate, Margin, Projection, Q, Relation};

use crate::event::Weighed;
use crate::progress::{self, PILOT_BLOCKS};

/// Every cell of a plan with what is known of it.
pub(super) struct Standings<'a> {
    contract: &'a Contract,
    plan: &'a Plan,
    trials: BTreeMap<Series, Vec<Trial>>,
    cells: Vec<Standing<'a>>,
}

/// One cell with what is known of it.
struct Standing<'a> {
    cell: &'a Cell,
    primary: bool,
    estimate: Option<Estimate>,
    /// Whether every guard that speaks of it is decided.
    guards: bool,
}

impl<'a> Standings<'a> {
    /// Begins with the trials that are stored already.
    pub(super) fn new(contract: &'a Contract, plan: &'a Plan, prior: &[Trial]) -> Self {
        let standing = |cell| {
            let primary = contract.is_primary(cell);
            Standing { cell, primary, estimate: None, guards: false }
        };
        let cells = plan.cells.iter().map(standing).collect();
        let mut standings = Self { contract, plan, trials: BTreeMap::new(), cells };
        for trial in prior {
            standings.add(trial.clone());
        }
        for series in plan.series() {
            standings.look(series);
        }
        standings
    }

    /// Adds a trial; call [`Standings::look`] when its block is whole.
    pub(super) fn add(&mut self, trial: Trial) {
        self.trials.entry(trial.series.clone()).or_default().push(trial);
    }

    fn of(&self, series: &Series) -> &[Trial] {
        self.trials.get(series).map(Vec::as_slice).unwrap_or_default()
    }

    /// The number of the next block of a series.
    pub(super) fn next_block(&self, series: &Series) -> u32 {
        self.of(series).iter().map(|trial| trial.block + 1).max().unwrap_or(0)
    }

    /// How long a block takes when nothing is in its way.
    pub(super) fn block_time(&self, series: &Series) -> Duration {
        let mut blocks: BTreeMap<u32, f64> = BTreeMap::new();
        for trial in self.of(series).iter().filter(|trial| trial.status == TrialStatus::Done) {
            *blocks.entry(trial.block).or_default() += trial.longest_seconds();
        }
        Duration::from_secs_f64(blocks.into_values().reduce(f64::min).unwrap_or(0.0))
    }

    /// Weighs the cells of a series anew.
    pub(super) fn look(&mut self, series: &Series) {
        let trials = self.trials.get(series).map(Vec::as_slice).unwrap_or_default();
        for standing in self.cells.iter_mut().filter(|one| &one.cell.series == series) {
            standing.estimate = weigh(self.contract, standing.cell, trials);
            standing.guards = guards_decided(self.contract, standing.cell, trials);
        }
    }

    /// Whether the primary (or else all) cells of a series need no more pairs.
    pub(super) fn is_settled(&self, series: &Series, primary: bool) -> bool {
        if self.next_block(series) < PILOT_BLOCKS {
            return false;
        }
        let accepted = self.accepted();
        let ours = self
            .cells
            .iter()
            .zip(accepted)
            .filter(|(one, _)| &one.cell.series == series && (one.primary || !primary));
        let mut ours = ours.peekable();
        ours.peek().is_some()
            && ours.all(|(one, accepted)| {
                let Some(estimate) = &one.estimate else { return false };
                let changed = matches!(estimate.relation, Relation::Changed { .. });
                changed || (decided(estimate) && one.guards && accepted)
            })
    }

    /// What the primary cells bear out together, and the others among
    /// themselves, in the order of the cells.
    fn accepted(&self) -> Vec<bool> {
        let mut primary = self.family(true).into_iter();
        let mut others = self.family(false).into_iter();
        let held = |one: &Standing<'_>| {
            let family = if one.primary { &mut primary } else { &mut others };
            one.cell.pairs == Pairs::Sequential && family.next() == Some(true)
        };
        self.cells.iter().map(held).collect()
    }

    fn family(&self, primary: bool) -> Vec<bool> {
        let ours =
            |one: &&Standing<'_>| one.primary == primary && one.cell.pairs == Pairs::Sequential;
        let evidence = |one: &Standing<'_>| {
            let e = one.estimate.as_ref().and_then(|e| e.e_values).unwrap_or(EValues::NOTHING);
            e.ln_beyond().max(e.ln_inside)
        };
        let all: Vec<f64> = self.cells.iter().filter(ours).map(evidence).collect();
        // Of one cell its interval decides, which stands on the same evidence.
        if all.len() == 1 { vec![true] } else { e_bh(&all, Q) }
    }

    /// What is to be told of a series' primary cells after a block.
    pub(super) fn weighed(&self, series: &Series, budget_left: Duration) -> Vec<Weighed<'a>> {
        let ours = self.cells.iter().filter(|one| one.primary && &one.cell.series == series);
        ours.filter_map(|one| {
            let (cell, estimate) = (one.cell, one.estimate.as_ref()?);
            Some(Weighed {
                cell,
                estimate: match scale(self.contract, cell) {
                    Scale::Ratio => estimate.ratio,
                    Scale::Difference => estimate.difference,
                },
                low: estimate.interval.low,
                high: estimate.interval.high,
                pairs: estimate.pairs as u32,
                left: self.left(series, estimate),
                budget_left,
            })
        })
        .collect()
    }

    /// The pairs still needed at the pace of a round.
    fn left(&self, series: &Series, estimate: &Estimate) -> Option<Duration> {
        let Relation::Inconclusive { projected } = estimate.relation else {
            return (!matches!(estimate.relation, Relation::Differs)).then_some(Duration::ZERO);
        };
        let Projection::Pairs(total) = projected else { return None };
        let more = total.saturating_sub(estimate.pairs).min(self.plan.most_pairs as usize) as u32;
        Some(self.block_time(series) * more)
    }
}

fn decided(estimate: &Estimate) -> bool {
    matches!(estimate.relation, Relation::Below | Relation::Above | Relation::Inside)
}

/// Whether it is clear of every guard on this cell if it holds.
fn guards_decided(contract: &Contract, cell: &Cell, trials: &[Trial]) -> bool {
    let ours = contract.guards.iter().filter(|guard| {
        guard.metric == cell.metric
            && guard.case == cell.series.case
            && guard.side == cell.numerator
    });
    let pairs = pairs(cell, trials);
    ours.filter_map(|guard| match &guard.limit {
        GuardLimit::Of { against, at_most } if against == &cell.denominator => {
            Some((at_most, guard.margin))
        }
        _ => None,
    })
    .all(|(at_most, margin)| {
        let scale = progress::scale(scale(contract, cell));
        let margin = Margin::new(margin.factor, margin.floor).unwrap_or(Margin::NONE);
        decided(&stats::judge_pairs_against(&pairs, *at_most, margin, scale))
    })
}

fn pairs(cell: &Cell, trials: &[Trial]) -> Vec<stats::Pair> {
    cell.pairs_of(trials).into_iter().map(progress::pair).collect()
}

fn weigh(contract: &Contract, cell: &Cell, trials: &[Trial]) -> Option<Estimate> {
    let pairs = pairs(cell, trials);
    if pairs.is_empty() || cell.pairs != Pairs::Sequential {
        return None;
    }
    let margin = Margin::new(cell.margin.factor, cell.margin.floor).unwrap_or(Margin::NONE);
    Some(stats::judge_pairs(&pairs, margin, progress::scale(scale(contract, cell))))
}

/// A metric of the user's own may have a scale of its own.
fn scale(contract: &Contract, cell: &Cell) -> Scale {
    contract.own(cell.metric).map_or(cell.metric.scale(), |own| own.scale)
}
