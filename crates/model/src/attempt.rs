//! What came of one check of a probe or one step of a drill.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{DefectId, DrillId, Gate, IdError, ItemId, ProbeId, SideName, WorkloadId};

/// What a claim may stand on; written `workload/hello`, `probe/use-after-move`,
/// `drill/failing-test`, `defect/ignored-error`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Experiment {
    /// Programs that are run and measured.
    Workload(WorkloadId),
    /// Programs that a tool takes or does not.
    Probe(ProbeId),
    /// Steps of a tool.
    Drill(DrillId),
    /// A class of mistakes.
    Defect(DefectId),
}

impl Experiment {
    /// The name without the kind.
    pub fn name(&self) -> &str {
        match self {
            Self::Workload(id) => id.as_str(),
            Self::Probe(id) => id.as_str(),
            Self::Drill(id) => id.as_str(),
            Self::Defect(id) => id.as_str(),
        }
    }
}

impl fmt::Display for Experiment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workload(id) => write!(f, "workload/{id}"),
            Self::Probe(id) => write!(f, "probe/{id}"),
            Self::Drill(id) => write!(f, "drill/{id}"),
            Self::Defect(id) => write!(f, "defect/{id}"),
        }
    }
}

impl FromStr for Experiment {
    type Err = IdError;

    fn from_str(given: &str) -> Result<Self, IdError> {
        let wrong = || IdError {
            given: given.to_owned(),
            shape: "an experiment: workload/…, probe/…, drill/… or defect/…",
        };
        let (kind, name) = given.split_once('/').ok_or_else(wrong)?;
        match kind {
            "workload" => Ok(Self::Workload(name.parse().map_err(|_| wrong())?)),
            "probe" => Ok(Self::Probe(name.parse().map_err(|_| wrong())?)),
            "drill" => Ok(Self::Drill(name.parse().map_err(|_| wrong())?)),
            "defect" => Ok(Self::Defect(name.parse().map_err(|_| wrong())?)),
            _ => Err(wrong()),
        }
    }
}

impl TryFrom<String> for Experiment {
    type Error = IdError;

    fn try_from(given: String) -> Result<Self, IdError> {
        given.parse()
    }
}

impl From<Experiment> for String {
    fn from(experiment: Experiment) -> String {
        experiment.to_string()
    }
}

named! {
    /// How an attempt ended.
    pub enum AttemptEnd ("end") {
        /// With success.
        Passed = "passed",
        /// With failure.
        Failed = "failed",
        /// At its deadline; nothing can be said.
        TimedOut = "timed-out",
        /// It could not be made; the reason is in its detail.
        NotMade = "not-made",
    }
}

named! {
    /// How grave a diagnostic is.
    pub enum Level ("level") {
        /// The tool refuses to go on.
        Error = "error",
        /// The tool goes on.
        Warning = "warning",
    }
}

/// One thing that a compiler or linter said about a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Diagnostic {
    /// How grave.
    pub level: Level,
    /// Its code, where the tool gives codes: `E0382`, `unused_must_use`.
    pub code: Option<String>,
    /// The line it points at, from 1.
    pub line: Option<u32>,
    /// In the tool's words.
    pub text: String,
}

/// One check or step, tried once with one toolchain.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// The probe or drill.
    pub experiment: Experiment,
    /// The check or step.
    pub item: ItemId,
    /// Whose.
    pub side: SideName,
    /// The version of the toolchain that was asked; empty if there was none.
    pub version: String,
    /// When it began.
    pub started: Timestamp,
    /// How long it took.
    pub seconds: f64,
    /// How it ended.
    pub end: AttemptEnd,
    /// The gate at which a probe's program was stopped.
    pub stopped_at: Option<Gate>,
    /// What the tools said, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The beginning of what the command or program wrote to standard output.
    pub stdout: String,
    /// The end of what it wrote to standard error.
    pub stderr: String,
    /// Whether the file that the step makes was there afterwards.
    pub made: Option<bool>,
    /// Why it could not be made, with the way out.
    pub detail: Option<String>,
}
