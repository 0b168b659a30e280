//! Watches a run: keeps every observation as it comes, shows progress, and
//! tells each verdict as soon as nothing more can change it.

use std::collections::BTreeSet;

use lab::{Event, Observer, Stop};
use model::{Cell, ClaimId, Comparison, Predicate, RunFacts, RunId};
use store::{Store, StoreError};

use crate::interrupt::Interrupt;
use crate::live;
use crate::progress::Progress;

/// The observer of a run.
pub(crate) struct Keeper<'a> {
    pub(crate) comparison: &'a Comparison,
    pub(crate) store: &'a mut Store,
    pub(crate) progress: &'a mut Progress,
    pub(crate) interrupt: &'a Interrupt,
    /// Everything seen so far.
    pub(crate) facts: RunFacts,
    settled: Vec<Cell>,
    told: BTreeSet<ClaimId>,
    failure: Option<StoreError>,
}

impl<'a> Keeper<'a> {
    pub(crate) fn new(
        comparison: &'a Comparison,
        store: &'a mut Store,
        progress: &'a mut Progress,
        interrupt: &'a Interrupt,
        facts: RunFacts,
    ) -> Self {
        Self {
            comparison,
            store,
            progress,
            interrupt,
            facts,
            settled: Vec::new(),
            told: BTreeSet::new(),
            failure: None,
        }
    }

    /// What went wrong with the store, if that stopped the run.
    pub(crate) fn into_failure(self) -> Option<StoreError> {
        self.failure
    }

    fn keep(&mut self, event: Event<'_>) -> Result<(), StoreError> {
        let run: &RunId = &self.facts.run.id;
        match event {
            Event::Observed(trial) => {
                self.store.append_trial(run, trial)?;
                self.facts.trials.push(trial.clone());
                self.progress.trial();
            }
            Event::Counted(fact) => {
                self.store.append_fact(run, fact)?;
                self.facts.facts.push(fact.clone());
            }
            Event::Attempted(attempt) => {
                self.store.append_attempt(run, attempt)?;
                self.facts.attempts.push(attempt.clone());
            }
            Event::Noted(note) => {
                self.store.append_note(run, note)?;
                self.progress.line(&live::note(note));
                self.facts.notes.push(note.clone());
            }
            // Of a comparison of the user's own programs: see contest_keeper.
            Event::Ready(_) | Event::Answered(_) | Event::Affected(_) | Event::Weighed(_) => {}
            Event::Settled(cell) => self.settled.push(cell.clone()),
            Event::Step(step) => self.progress.step(step),
        }
        if matches!(event, Event::Attempted(_) | Event::Counted(_) | Event::Settled(_)) {
            self.tell_verdicts();
        }
        Ok(())
    }

    /// Prints verdicts that are final.
    fn tell_verdicts(&mut self) {
        let plan = &self.facts.run.plan;
        let done: Vec<ClaimId> = plan
            .claims
            .iter()
            .filter(|id| !self.told.contains(*id) && self.is_final(id))
            .cloned()
            .collect();
        if done.is_empty() {
            return;
        }
        let today = jiff::Zoned::now().date();
        let judgement = judge::judge(self.comparison, &self.facts, &done, today);
        for claim in &judgement.claims {
            self.progress.line(&live::verdict(claim));
        }
        self.told.extend(done);
    }

    fn is_final(&self, id: &ClaimId) -> bool {
        let Some(claim) = self.comparison.claim(id) else { return false };
        let plan = &self.facts.run.plan;
        match &claim.predicate {
            // Told with the page: nothing in the run bears on it.
            None | Some(Predicate::Lint(_)) => false,
            Some(Predicate::All { experiments } | Predicate::Count { experiments, .. }) => {
                let mut items =
                    experiments.iter().flat_map(|e| self.comparison.items_of(e)).peekable();
                items.peek().is_some()
                    && items.all(|(experiment, side, item)| {
                        self.facts.attempts.iter().any(|attempt| {
                            (&attempt.experiment, &attempt.side, &attempt.item)
                                == (&experiment, side, item)
                        })
                    })
            }
            Some(Predicate::Fact { facts }) => facts
                .iter()
                .filter(|wanted| plan.workloads.contains(&wanted.workload))
                .all(|wanted| {
                    wanted.expect.keys().all(|side| {
                        self.facts.facts.iter().any(|fact| {
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

impl Observer for Keeper<'_> {
    fn observe(&mut self, event: Event<'_>) -> Result<(), Stop> {
        if let Err(error) = self.keep(event) {
            self.failure = Some(error);
            return Err(Stop::ObserverFailed);
        }
        if self.interrupt.asked() {
            return Err(Stop::Interrupted);
        }
        Ok(())
    }
}
