//! What a run sets out to do: cells to fill, each in a series of blocks.
//!
//! A *series* is one activity repeated in blocks (a block: one trial of each
//! side in random order); a *cell* is one metric of a series, with a margin
//! fixed beforehand.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CaseId, ClaimId, DefectId, DrillId, Metric, ProbeId, Profile, Relation, Scale, SideName, Tier,
    WorkloadId,
};

named! {
    /// How much is planned.
    pub enum PlanMode ("mode") {
        /// Workloads marked quick, a few minutes.
        Quick = "quick",
        /// Everything.
        Full = "full",
    }
}

named! {
    /// What a trial does.
    pub enum Activity ("activity") {
        /// Runs the program, timed.
        Run = "run",
        /// Runs the program, not timed, to read its peak memory.
        Memory = "memory",
        /// Builds the program from sources.
        BuildClean = "build-clean",
        /// Builds the program after one small change.
        BuildIncremental = "build-incremental",
        /// Runs the program under a counter of instructions, not timed.
        Instructions = "instructions",
        /// Starts the program and drives it while it serves.
        Serve = "serve",
        /// Looks at the built program.
        Artefact = "artefact",
    }
}

/// One activity on one workload, repeated in blocks.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Series {
    /// The workload.
    pub workload: WorkloadId,
    /// What is done.
    pub activity: Activity,
    /// The case, for `run` and `memory`.
    pub case: Option<CaseId>,
    /// How the programs were built.
    pub profile: Profile,
    /// Which programs.
    pub tier: Tier,
}

/// Fixed before the run: beyond means beyond both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Margin {
    /// A factor of 1 or more, two-sided as its reciprocal.
    pub factor: f64,
    /// An absolute difference in the metric's unit.
    pub floor: f64,
}

/// How many pairs a cell gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pairs {
    /// One look is the value.
    Exact,
    /// This many, declared beforehand.
    Fixed(u32),
    /// As many as it takes, looked at after each.
    Sequential,
}

/// One metric of a series, between two sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Where its observations come from.
    pub series: Series,
    /// What is compared.
    pub metric: Metric,
    /// The side on top.
    pub numerator: SideName,
    /// The side below.
    pub denominator: SideName,
    /// What the claim says of it; `None` where nothing is claimed, as in a
    /// comparison of two programs.
    pub claimed: Option<Relation>,
    /// Fixed before the run.
    pub margin: Margin,
    /// How many pairs.
    pub pairs: Pairs,
}

/// A whole run, before it starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// How much.
    pub mode: PlanMode,
    /// The claims chosen.
    pub claims: Vec<ClaimId>,
    /// The workloads that these claims touch, as far as the mode includes them.
    pub workloads: Vec<WorkloadId>,
    /// The probes that they stand on, likewise.
    #[serde(default)]
    pub probes: Vec<ProbeId>,
    /// The drills that they stand on, likewise.
    #[serde(default)]
    pub drills: Vec<DrillId>,
    /// The defects that they stand on, likewise.
    #[serde(default)]
    pub defects: Vec<DefectId>,
    /// The primary cells: one a claim, metric, profile and case.
    pub cells: Vec<Cell>,
    /// Every order and padding is drawn from it.
    pub seed: u64,
    /// Seconds for the timed blocks after the pilot.
    pub budget_seconds: f64,
    /// Pairs after which a series stops.
    pub most_pairs: u32,
    /// Whether timed trials run under a real-time priority.
    pub realtime: bool,
}

impl Activity {
    /// The activity whose trials give a metric.
    pub fn giving(metric: Metric) -> Self {
        match metric {
            Metric::Cpu
            | Metric::Wall
            | Metric::StartUp
            | Metric::Faults
            | Metric::Switches
            | Metric::Own(_) => Self::Run,
            Metric::CpuPerRequest
            | Metric::ResponseP50
            | Metric::ResponseP99
            | Metric::ResponseP999
            | Metric::ServiceP99
            | Metric::Goodput
            | Metric::Capacity
            | Metric::MemoryUnderLoad
            | Metric::MemorySettled
            | Metric::FirstAnswer
            | Metric::LostRequests
            | Metric::StopTime
            | Metric::IdleCpu
            | Metric::Interference => Self::Serve,
            Metric::Instructions => Self::Instructions,
            Metric::Memory => Self::Memory,
            Metric::Size | Metric::Dependencies | Metric::SourceLines => Self::Artefact,
            Metric::BuildClean | Metric::BuildCleanCpu => Self::BuildClean,
            Metric::BuildIncremental | Metric::BuildIncrementalCpu => Self::BuildIncremental,
        }
    }
}

impl Cell {
    /// How two of its values are compared. What a program of a pack counts may be
    /// nothing at all, so that of a claim it is the difference that counts.
    pub fn scale(&self) -> Scale {
        match self.metric {
            Metric::Own(_) if self.claimed.is_some() => Scale::Difference,
            metric => metric.scale(),
        }
    }
}

impl Plan {
    /// Every series that some cell needs, in the order of the cells.
    pub fn series(&self) -> Vec<&Series> {
        let mut seen = Vec::new();
        for cell in &self.cells {
            if !seen.contains(&&cell.series) {
                seen.push(&cell.series);
            }
        }
        seen
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.workload, self.activity)?;
        if let Some(case) = &self.case {
            write!(f, " {case}")?;
        }
        write!(f, " ({}, {})", self.profile, self.tier)
    }
}
