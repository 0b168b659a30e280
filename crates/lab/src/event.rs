//! What happens during a run, as it happens: the store and the progress display
//! are its two consumers.

use std::time::Duration;

use model::{
    Answered, Attempt, CatchGate, Caught, Cell, EffectSeen, Experiment, Fact, Note, Profile,
    ProgramSeen, Series, SideName, Trial, WorkloadId,
};

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
    /// A program of a defect was taken through a tool, now or in an earlier run.
    Caught(&'a Caught),
    /// A side's program is ready.
    Ready(&'a ProgramSeen),
    /// An answer was compared.
    Answered(&'a Answered),
    /// A side effect was counted.
    Affected(&'a EffectSeen),
    /// A cell stands otherwise than before.
    Weighed(Weighed<'a>),
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
    /// Waiting for another process that takes defects through tools.
    WaitingForAnother,
    /// Taking the programs of defects through a tool.
    Catching {
        /// The tool's gate.
        gate: CatchGate,
        /// Its name.
        tool: &'a str,
        /// The side.
        side: &'a SideName,
    },
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
    /// Counting what the programs do beside their answers.
    Effects(&'a WorkloadId),
    /// Measuring one block of a series.
    Block {
        /// The series.
        series: &'a Series,
        /// Counted from 0.
        block: u32,
    },
}

/// What is known of a cell while it is measured.
#[derive(Debug, Clone, Copy)]
pub struct Weighed<'a> {
    /// The cell.
    pub cell: &'a Cell,
    /// Median, as a ratio or a difference.
    pub estimate: Option<f64>,
    /// Lower end of the interval; `None` is unbounded.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Pairs so far.
    pub pairs: u32,
    /// About how long until it is decided, at the pace so far; `None`: unknown,
    /// or never.
    pub left: Option<Duration>,
    /// How much of the budget is left.
    pub budget_left: Duration,
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
