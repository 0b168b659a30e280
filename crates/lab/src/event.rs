//! What happens during a run, as it happens: the store and the progress display
//! are its two consumers.

use model::{Attempt, Cell, Experiment, Fact, Note, Profile, Series, SideName, Trial, WorkloadId};

/// Something that happened.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The next thing that takes time.
    Step(Step<'a>),
    /// A trial ended.
    Observed(&'a Trial),
    /// A fact was counted.
    Counted(&'a Fact),
    /// A check or step was tried.
    Attempted(&'a Attempt),
    /// Something to know.
    Noted(&'a Note),
    /// A cell needs no more pairs, or gets no more.
    Settled(&'a Cell),
}

/// What is being done.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Looking at machine and toolchains.
    Environment,
    /// Trying the checks or steps of a probe or drill.
    Trying(&'a Experiment),
    /// Waiting for what is being tried.
    Waiting,
    /// Making a workload's inputs.
    Inputs(&'a WorkloadId),
    /// Building a side's program.
    Building {
        /// The workload.
        workload: &'a WorkloadId,
        /// The side.
        side: &'a SideName,
        /// The profile.
        profile: Profile,
    },
    /// Comparing answers.
    Agreeing(&'a WorkloadId),
    /// Measuring one block of a series.
    Block {
        /// The series.
        series: &'a Series,
        /// Counted from 0.
        block: u32,
    },
}

/// Why a run stops before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The user asked for it.
    Interrupted,
    /// The observer cannot go on, for instance because nothing can be stored.
    ObserverFailed,
}

/// Whoever wants to know. Called after each trial; nothing is lost if it stops
/// the run there.
pub trait Observer {
    /// Takes note.
    ///
    /// # Errors
    /// A reason to stop the run.
    fn observe(&mut self, event: Event<'_>) -> Result<(), Stop>;
}
