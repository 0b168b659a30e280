//! What the store keeps: facts as they were seen, never a conclusion.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Answered, Attempt, Caught, EffectSeen, Environment, FactId, Metric, Plan, Profile, ProgramSeen,
    RunId, Series, SideName, Tier, WorkloadId,
};

/// The head of a stored run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The pack's name.
    pub pack: String,
    /// [`crate::Comparison::hash`] of the pack that was run.
    pub pack_hash: String,
    /// Evenhand's own version.
    pub version: String,
    /// When it began.
    pub started: Timestamp,
    /// What it set out to do.
    pub plan: Plan,
    /// Where.
    pub environment: Environment,
}

named! {
    /// How a trial ended.
    pub enum TrialStatus ("status") {
        /// As it should.
        Done = "done",
        /// At its deadline.
        TimedOut = "timed-out",
        /// By a signal or with a wrong exit code; its pair is void.
        Crashed = "crashed",
        /// With another answer than the one agreed on; its pair is void.
        WrongAnswer = "wrong-answer",
        /// Not at all: what measures it failed, and nothing is said of the program; its block is void.
        Unmeasured = "unmeasured",
    }
}

named! {
    /// Where a figure of peak memory comes from.
    pub enum MemorySource ("memory source") {
        /// VmHWM read at the program's exit by ptrace: exact.
        VmHwm = "vmhwm",
        /// `ru_maxrss`, which cannot be less than the starter's own size.
        FlooredMaxRss = "floored-maxrss",
        /// The control group's peak, page cache included.
        Cgroup = "cgroup",
        /// Polled while it ran: a lower bound.
        Polled = "polled",
    }
}

/// One trial of one side in one block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// Which series.
    pub series: Series,
    /// Counted from 0 within the series.
    pub block: u32,
    /// Place within the block, from 0.
    pub position: u32,
    /// Whose program.
    pub side: SideName,
    /// 0; 1 for the side's second trial in a block of the pilot, where each
    /// side meets itself.
    pub replica: u32,
    /// How it ended.
    pub status: TrialStatus,
    /// When it began.
    pub started: Timestamp,
    /// Values in each metric's unit.
    pub values: BTreeMap<Metric, f64>,
    /// For memory trials.
    pub memory_source: Option<MemorySource>,
    /// SHA-256 of standard output, hex.
    pub stdout_sha256: Option<String>,
    /// What went wrong, in words.
    pub detail: Option<String>,
}

impl RunFacts {
    /// A run of which nothing is known yet.
    pub fn of(run: Run) -> Self {
        Self {
            run,
            trials: Vec::new(),
            facts: Vec::new(),
            attempts: Vec::new(),
            caught: Vec::new(),
            answers: Vec::new(),
            effects: Vec::new(),
            programs: Vec::new(),
            notes: Vec::new(),
            end: None,
        }
    }
}

impl Trial {
    /// The largest of its values in seconds: about how long it took. Zero for
    /// a trial that gave none.
    pub fn longest_seconds(&self) -> f64 {
        let seconds =
            self.values.iter().filter(|(metric, _)| metric.unit() == crate::Unit::Seconds);
        seconds.map(|(_, value)| *value).fold(0.0, f64::max)
    }
}

/// A count made in a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The workload.
    pub workload: WorkloadId,
    /// Which fact.
    pub fact: FactId,
    /// Whose program.
    pub side: SideName,
    /// How it was built.
    pub profile: Profile,
    /// Which program.
    pub tier: Tier,
    /// How many were found.
    pub count: u64,
    /// One of them, to show.
    pub example: Option<String>,
}

named! {
    /// Why something could not be had, or what one should know of it.
    pub enum NoteKind ("note") {
        /// A side's toolchain cannot be used.
        Toolchain = "toolchain",
        /// Something beyond the toolchain is not installed.
        Need = "need",
        /// The build failed.
        BuildFailed = "build-failed",
        /// The programs do not give the same answers.
        Disagree = "disagree",
        /// A program did not end as its case says, before anything was timed.
        CaseFailed = "case-failed",
        /// An input could not be made, or is not what its hash says.
        Input = "input",
        /// A fact could not be counted.
        Fact = "fact",
        /// Something left behind or cut short, contained.
        Contained = "contained",
    }
}

/// Something to know about a part of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What kind.
    pub kind: NoteKind,
    /// `None`: all of them.
    pub workload: Option<WorkloadId>,
    /// `None`: all of them.
    pub side: Option<SideName>,
    /// `None`: all of them.
    pub profile: Option<Profile>,
    /// In words, with the way out.
    pub text: String,
}

named! {
    /// How a run ended.
    pub enum RunEnd ("end") {
        /// Every cell settled, or its budget spent.
        Complete = "complete",
        /// The user stopped it; it can be resumed.
        Interrupted = "interrupted",
    }
}

/// Everything that is stored of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFacts {
    /// The head.
    pub run: Run,
    /// Every trial in the order it ended.
    pub trials: Vec<Trial>,
    /// Every count.
    pub facts: Vec<Fact>,
    /// Every check and step that was tried, again and again if it was.
    pub attempts: Vec<Attempt>,
    /// Every program of a defect that was taken through a tool.
    pub caught: Vec<Caught>,
    /// Every answer compared, for a comparison of the user's own programs.
    pub answers: Vec<Answered>,
    /// Every side effect counted, likewise.
    pub effects: Vec<EffectSeen>,
    /// The programs themselves, likewise.
    pub programs: Vec<ProgramSeen>,
    /// Every note.
    pub notes: Vec<Note>,
    /// How it ended last; `None` while it runs or after it was killed.
    pub end: Option<RunEnd>,
}
