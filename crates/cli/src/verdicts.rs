//! Verdicts of claims, each told as soon as nothing more can change it.

use std::collections::BTreeSet;

use lab::Event;
use model::{Cell, ClaimId, Comparison, Predicate, RunFacts};

use crate::keeper::Tells;
use crate::live;
use crate::progress::Progress;

/// What has been told of a comparison's claims.
pub(crate) struct Verdicts<'a> {
    comparison: &'a Comparison,
    settled: Vec<Cell>,
    told: BTreeSet<ClaimId>,
}

impl Tells for Verdicts<'_> {
    fn tell(&mut self, event: Event<'_>, facts: &RunFacts, progress: &mut Progress) {
        if let Event::Settled(cell) = event {
            self.settled.push(cell.clone());
        }
        if matches!(event, Event::Attempted(_) | Event::Counted(_) | Event::Settled(_)) {
            self.tell_verdicts(facts, progress);
        }
    }
}

impl<'a> Verdicts<'a> {
    pub(crate) fn of(comparison: &'a Comparison) -> Self {
        Self { comparison, settled: Vec::new(), told: BTreeSet::new() }
    }

    /// Prints verdicts that are final.
    fn tell_verdicts(&mut self, facts: &RunFacts, progress: &Progress) {
        let plan = &facts.run.plan;
        let done: Vec<ClaimId> = plan
            .claims
            .iter()
            .filter(|id| !self.told.contains(*id) && self.is_final(id, facts))
            .cloned()
            .collect();
        if done.is_empty() {
            return;
        }
        let today = jiff::Zoned::now().date();
        let judgement = judge::judge(self.comparison, facts, &done, today);
        for claim in &judgement.claims {
            progress.line(&live::verdict(claim));
        }
        self.told.extend(done);
    }

    fn is_final(&self, id: &ClaimId, facts: &RunFacts) -> bool {
        let Some(claim) = self.comparison.claim(id) else { return false };
        let plan = &facts.run.plan;
        match &claim.predicate {
            // Told with the page: nothing in the run bears on it.
            None | Some(Predicate::Lint(_)) => false,
            Some(Predicate::All { experiments } | Predicate::Count { experiments, .. }) => {
                let mut items =
                    experiments.iter().flat_map(|e| self.comparison.items_of(e)).peekable();
                items.peek().is_some()
                    && items.all(|(experiment, side, item)| {
                        facts.attempts.iter().any(|attempt| {
                            (&attempt.experiment, &attempt.side, &attempt.item)
                                == (&experiment, side, item)
                        })
                    })
            }
            Some(Predicate::Fact { facts: asked }) => asked
                .iter()
                .filter(|wanted| plan.workloads.contains(&wanted.workload))
                .all(|wanted| {
                    wanted.expect.keys().all(|side| {
                        facts.facts.iter().any(|fact| {
                            fact.workload == wanted.workload
                                && fact.fact == wanted.fact
                                && &fact.side == side
                        })
                    })
                }),
            Some(_) => {
                let cells = self.comparison.cells_of(claim, plan.mode);
                let mut planned = cells.iter().filter(|cell| plan.cells.contains(cell)).peekable();
                planned.peek().is_some() && planned.all(|cell| self.settled.contains(cell))
            }
        }
    }
}
