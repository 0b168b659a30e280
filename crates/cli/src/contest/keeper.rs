//! Watches a contest: keeps every observation as it comes, and shows where the
//! first metric stands.

use lab::{Event, Observer, Stop};
use model::{AnswerOutcome, Answered, RunFacts, RunId};
use store::{Store, StoreError};

use super::live;
use crate::interrupt::Interrupt;
use crate::progress::Progress;

/// The observer of a contest.
pub(super) struct ContestKeeper<'a> {
    store: &'a mut Store,
    progress: &'a mut Progress,
    interrupt: &'a Interrupt,
    facts: RunFacts,
    failure: Option<StoreError>,
}

impl<'a> ContestKeeper<'a> {
    pub(super) fn new(
        store: &'a mut Store,
        progress: &'a mut Progress,
        interrupt: &'a Interrupt,
        facts: RunFacts,
    ) -> Self {
        Self { store, progress, interrupt, facts, failure: None }
    }

    /// Everything seen so far.
    pub(super) fn facts(&self) -> &RunFacts {
        &self.facts
    }

    /// What went wrong with the store, if that stopped the run.
    pub(super) fn into_failure(self) -> Option<StoreError> {
        self.failure
    }

    fn keep(&mut self, event: Event<'_>) -> Result<(), StoreError> {
        let run: &RunId = &self.facts.run.id;
        match event {
            Event::Ready(program) => {
                self.store.append_program(run, program)?;
                self.facts.programs.push(program.clone());
            }
            Event::Answered(answered) => {
                self.store.append_answer(run, answered)?;
                self.progress.first(live::differs(answered));
                self.facts.answers.push(answered.clone());
            }
            Event::Affected(seen) => {
                self.store.append_effect(run, seen)?;
                self.facts.effects.push(seen.clone());
            }
            Event::Observed(trial) => {
                self.store.append_trial(run, trial)?;
                self.facts.trials.push(trial.clone());
                self.progress.trial();
            }
            Event::Noted(note) => {
                self.store.append_note(run, note)?;
                self.progress.line(&crate::live::note(note));
                self.facts.notes.push(note.clone());
            }
            Event::Weighed(weighed) => self.progress.stands(&live::weighed(&weighed)),
            Event::Step(step) => self.progress.step(step),
            Event::Settled(_) | Event::Counted(_) | Event::Attempted(_) => {}
        }
        Ok(())
    }
}

impl Observer for ContestKeeper<'_> {
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

/// Whether an answer is one to tell at once.
pub(super) fn is_unlike(answered: &Answered) -> bool {
    answered.outcome != AnswerOutcome::Same
}
