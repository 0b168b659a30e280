//! Keeps every observation of a run as it comes, and has it told. What is told
//! differs: verdicts of claims ([`crate::verdicts`]), or where a comparison of
//! the user's own programs stands ([`crate::contest`]).

use lab::{Event, Observer, Stop};
use model::{RunFacts, RunId};
use store::{Store, StoreError};

use crate::interrupt::Interrupt;
use crate::live;
use crate::progress::Progress;

/// Whoever says something while a run goes on.
pub(crate) trait Tells {
    /// An event that is stored by now, and is among the facts.
    fn tell(&mut self, event: Event<'_>, facts: &RunFacts, progress: &mut Progress);
}

/// The observer of a run.
pub(crate) struct Keeper<'a, T> {
    store: &'a mut Store,
    progress: &'a mut Progress,
    interrupt: &'a Interrupt,
    facts: RunFacts,
    teller: T,
    failure: Option<StoreError>,
}

impl<'a, T: Tells> Keeper<'a, T> {
    /// Goes on after `facts`.
    pub(crate) fn new(
        store: &'a mut Store,
        progress: &'a mut Progress,
        interrupt: &'a Interrupt,
        facts: RunFacts,
        teller: T,
    ) -> Self {
        Self { store, progress, interrupt, facts, teller, failure: None }
    }

    /// Everything seen so far.
    pub(crate) fn facts(&self) -> &RunFacts {
        &self.facts
    }

    /// What went wrong with the store, if that stopped the run.
    pub(crate) fn into_failure(self) -> Option<StoreError> {
        self.failure
    }

    fn keep(&mut self, event: Event<'_>) -> Result<(), StoreError> {
        let (store, facts) = (&mut *self.store, &mut self.facts);
        let run: &RunId = &facts.run.id;
        match event {
            Event::Observed(trial) => {
                store.append_trial(run, trial)?;
                facts.trials.push(trial.clone());
                self.progress.trial();
            }
            Event::Counted(fact) => {
                store.append_fact(run, fact)?;
                facts.facts.push(fact.clone());
            }
            Event::Attempted(attempt) => {
                store.append_attempt(run, attempt)?;
                facts.attempts.push(attempt.clone());
            }
            Event::Caught(caught) => {
                store.append_caught(run, caught)?;
                facts.caught.push(caught.clone());
            }
            Event::Ready(program) => {
                store.append_program(run, program)?;
                facts.programs.push(program.clone());
            }
            Event::Answered(answered) => {
                store.append_answer(run, answered)?;
                facts.answers.push(answered.clone());
            }
            Event::Affected(seen) => {
                store.append_effect(run, seen)?;
                facts.effects.push(seen.clone());
            }
            Event::Noted(note) => {
                store.append_note(run, note)?;
                self.progress.line(&live::note(note));
                facts.notes.push(note.clone());
            }
            Event::Step(step) => self.progress.step(step),
            Event::Settled(_) | Event::Weighed(_) => {}
        }
        self.teller.tell(event, &self.facts, self.progress);
        Ok(())
    }
}

impl<T: Tells> Observer for Keeper<'_, T> {
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
