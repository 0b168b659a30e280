//! The files of a pack as TOML: which keys there are and of which type. What
//! is a word, an id or a reference here gets its meaning in [`crate::meaning`].
//! The comments are the descriptions that editors show, see [`crate::schema`].

mod claim;
mod comparison;
mod contract;
mod corpus;
mod decision;
mod defect;
mod experiment;
mod language;
mod service;
mod workload;

pub(crate) use claim::{
    CellEntry, ClaimEntry, ClaimsFile, ClassListEntry, FactEntry, PredicateEntry, RungEntry,
    SlopeEntry,
};
pub(crate) use comparison::{ComparisonFile, SourcesFile};
pub(crate) use contract::{
    AnswersEntry, CaseEntry as ContractCaseEntry, ContractFile, CrossDecodeEntry, EffectsEntry,
    EffortEntry, GuardEntry, LockFile, LockedGuardEntry, LockedMetricEntry, MeasureEntry,
    NormaliseEntry, RecordedEntry, RunningEntry, SideEntry as ContractSideEntry, ToleranceEntry,
};
pub(crate) use corpus::{CorpusFile, CorpusToolEntry, FindingEntry, KitEntry};
pub(crate) use decision::{
    AskEntry, ComponentEntry, CostEntry, CriterionEntry, DecisionFile, EdgeEntry, KnownEntry,
    MustEntry, Number, OptionFactEntry, ScenarioEntry,
};
pub(crate) use defect::{DefectFile, DefectProgramEntry};
pub(crate) use experiment::{CheckEntry, DrillFile, ProbeFile, StepEntry};
pub(crate) use language::{
    CleanCacheEntry, DetectEntry, GateEntry, LanguageFile, NeedEntry, RecipeEntry, SourceFormEntry,
    SwitchEntry,
};
pub(crate) use service::{
    BurstEntry, CompanionEntry, DriveEntry, ExchangeEntry, QuantileEntry, RequestEntry,
    ServiceEntry, ToldEntry,
};
pub(crate) use workload::{
    AlikeEntry, CaseEntry, EditEntry, FactProbeEntry, GenerateEntry, InputEntry, ProgramEntry,
    StderrEntry, VariantEntry, WorkloadFile,
};

use crate::spanned::Spanned;

/// A string and where it stands.
pub(crate) type Text = Spanned<String>;

/// A command and its arguments.
pub(crate) type Command = Spanned<Vec<Text>>;
