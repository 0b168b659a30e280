//! The nouns of Evenhand that three crates or more use: what is compared
//! ([`Comparison`], [`Claim`], [`Workload`], [`Probe`], [`Drill`],
//! [`Language`]; or, of the user's own programs, [`Contract`]), what is planned ([`Plan`], [`Cell`], [`Series`]), what was
//! seen ([`Trial`], [`Fact`], [`Attempt`], [`Note`], [`RunFacts`]) and what may be concluded ([`Verdict`]).
//!
//! Nothing here reads, writes, measures or judges. In TOML and on the command
//! line a name is written in kebab-case (`build-clean`), in JSON in snake_case
//! (`build_clean`); both come from one list, see [`named`].

#[macro_use]
mod named;

pub mod answer;
pub mod attempt;
mod cells;
pub mod claim;
pub mod comparison;
pub mod contract;
pub mod decision;
pub mod defect;
pub mod drill;
pub mod effect;
pub mod environment;
pub mod id;
pub mod language;
pub mod metric;
pub mod pairing;
pub mod plan;
pub mod probe;
pub mod profile;
pub mod record;
pub mod service;
pub mod verdict;
pub mod workload;

pub use answer::{AnswerOutcome, Answered, Aspect, ProgramSeen};
pub use attempt::{Attempt, AttemptEnd, Diagnostic, Experiment, Level};
pub use claim::{
    CellSelector, Claim, ClaimKind, ClassList, ClassTest, FactExpectation, FactSelector, Lint,
    Predicate, Relation, Rung, SlopeSelector, Standing, Witness,
};
pub use comparison::{Comparison, Dimension, Side, Source};
pub use contract::Contract;
pub use decision::Decision;
pub use defect::{
    AtRun, CatchGate, Caught, CaughtRun, Defect, DefectProgram, DefectVariant, Exchange,
    Expectation, RunEnding,
};
pub use drill::{Drill, DrillStep, StepExpectation};
pub use effect::{Effect, EffectSeen};
pub use environment::{
    CpuLimit, Environment, Machine, MemoryLimit, Sees, Toolchain, ToolchainState,
};
pub use id::{
    CaseId, ClaimId, CriterionId, DefectId, DimensionId, DrillId, FactId, IdError, ItemId,
    LanguageId, PartId, ProbeId, RunId, SideName, ToolchainName, WorkloadId,
};
pub use language::{
    BuildRecipe, CleanCache, CorpusForm, CorpusTool, Detect, DiagnosticForm, Finding, GateRecipe,
    Kit, Language, LicenceForm, Licences, LocalPackages, LockFile, Need, Part, PartError,
    ProjectForm, SourceForm, Switch, ToolForm, Version, VersionError,
};
pub use metric::{Metric, MetricName, Scale, Unit};
pub use named::UnknownName;
pub use pairing::{Pair, Seen};
pub use plan::{Activity, Cell, Margin, Pairs, Plan, PlanMode, Series};
pub use probe::{Check, CheckExpectation, Gate, Probe};
pub use profile::{Profile, Tier};
pub use record::{Fact, MemorySource, Note, NoteKind, Run, RunEnd, RunFacts, Trial, TrialStatus};
pub use service::{Drive, DriveKind, Service, Variant};
pub use verdict::Verdict;
pub use workload::{
    Alike, AnswerRule, Case, Edit, FactProbe, FactProbeKind, Generate, Input, InputKind, Program,
    Suits, Workload,
};
