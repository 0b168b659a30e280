//! What judging gives: a verdict a claim with the evidence it stands on.
//! Recomputed from facts every time, never stored.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{
    Activity, CaseId, ClaimId, Experiment, ItemId, Metric, Profile, Relation, Scale, SideName,
    Tier, ToolchainName, Unit, Verdict, WorkloadId,
};

use crate::defect::{GateCost, JudgedDefect, NamedClasses};
use crate::lineup::Lineup;

/// Everything judged of one run (or of none, for a list).
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// One a claim chosen, in the order of the comparison.
    pub claims: Vec<JudgedClaim>,
    /// Counts over them.
    pub coverage: Coverage,
    /// Each side against itself.
    pub self_check: Vec<SelfCheck>,
    /// Cases that more than two programs were driven in.
    pub lineups: Vec<Lineup>,
    /// Every defect of the run.
    pub defects: Vec<JudgedDefect>,
    /// What each tool cost that they were taken through.
    pub gate_costs: Vec<GateCost>,
    /// What a reader should know beside the verdicts: notes of the run,
    /// contents that are not alike, ages.
    pub remarks: Vec<String>,
    /// The day on which ages were judged.
    pub as_of: Date,
}

/// A claim with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedClaim {
    /// Which.
    pub id: ClaimId,
    /// `None` in a list, where nothing is judged.
    pub verdict: Option<Verdict>,
    /// One line for people: why this verdict, with numbers.
    pub reason: String,
    /// For *depends*: each condition with what was seen under it. For every
    /// verdict: toolchains well behind the newest, one a side.
    pub conditions: Vec<String>,
    /// What it stands on.
    pub experiments: Vec<Experiment>,
    /// A row a cell or fact.
    pub evidence: Vec<Evidence>,
    /// Checks of probes and steps of drills, in the order of the pack.
    pub attempts: Vec<JudgedAttempt>,
    /// Classes of mistakes by name, both ways.
    pub classes: Vec<NamedClasses>,
}

/// A check or step, with what was expected and what was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedAttempt {
    /// The probe or drill.
    pub experiment: Experiment,
    /// The check or step.
    pub item: ItemId,
    /// Whose.
    pub side: SideName,
    /// What it does, in a line.
    pub about: String,
    /// Which toolchain was to be asked.
    pub toolchain: ToolchainName,
    /// The version that was; empty if the attempt was not made.
    pub version: String,
    /// In words: `stopped by the compiler with E0382`.
    pub expected: String,
    /// In words, with what the tool said; if it was not made, why.
    pub seen: String,
    /// Whether the program got through, or the command ended with success;
    /// `None`: not made, or cut off at its deadline.
    pub passed: Option<bool>,
    /// Whether it came as expected; `None`: not made, or cut off.
    pub as_said: Option<bool>,
    /// How long it took.
    pub seconds: Option<f64>,
}

/// One row of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The workload.
    pub workload: WorkloadId,
    /// Its case, if the row is of runs.
    pub case: Option<CaseId>,
    /// What was done.
    pub activity: Activity,
    /// What was measured or counted.
    pub subject: Subject,
    /// Unit of every absolute value here.
    pub unit: Unit,
    /// How it was built.
    pub profile: Profile,
    /// Which programs.
    pub tier: Tier,
    /// The side on top.
    pub numerator: SideName,
    /// The side below.
    pub denominator: SideName,
    /// Ratio or difference: what `low` and `high` are in.
    pub scale: Scale,
    /// Median of numerator / denominator.
    pub ratio: Option<f64>,
    /// Median of numerator − denominator.
    pub difference: Option<f64>,
    /// Lower end of the interval, in `scale`; `None` is unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Coverage of the interval as a fraction; `None` for exact values.
    pub level: Option<f64>,
    /// Pairs that count.
    pub pairs: u32,
    /// Pairs that were void, with the sides that failed in them.
    pub voids: BTreeMap<SideName, u32>,
    /// The margin as a factor; `None` for facts.
    pub margin: Option<f64>,
    /// The floor in `unit`; `None` for facts.
    pub floor: Option<f64>,
    /// What this cell shows by itself.
    pub finding: Finding,
    /// The side that the measurement favours; `None` inside the margin or undecided.
    pub favours: Option<SideName>,
    /// Medians a side; for facts the counts.
    pub values: BTreeMap<SideName, f64>,
    /// 5th and 95th percentile a side.
    pub spread: BTreeMap<SideName, (f64, f64)>,
    /// What a reader should know: drift, voids, flagged sources.
    pub warnings: Vec<String>,
}

/// What a row of evidence is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A metric.
    Metric(Metric),
    /// How a metric grows with the size of the case.
    Slope {
        /// The metric.
        metric: Metric,
        /// What one unit of size is, in a word.
        per: String,
    },
    /// A fact by its id, with its description.
    Fact {
        /// Its id in the workload.
        id: String,
        /// What was counted, in words.
        about: String,
    },
}

/// What one cell shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// Decided.
    Shown(Relation),
    /// Different, size unclear.
    Differs,
    /// Too few pairs; how many more, if more would help.
    Inconclusive {
        /// Pairs still needed; `None`: will not resolve, or unknown.
        more_pairs: Option<u64>,
        /// In words.
        why: String,
    },
    /// The programs do not give the same answers.
    NotComparable {
        /// The first difference.
        why: String,
    },
    /// No observation.
    NotRun {
        /// The reason.
        why: String,
    },
    /// A fact is as the sentence says on every side, or not.
    Fact {
        /// As the sentence says.
        as_said: bool,
    },
}

/// Counts over the claims judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// All; the sum of run, documented, judgement and not run.
    pub claims: u32,
    /// Those that people disagree about.
    pub contested: u32,
    /// With an observation.
    pub run: u32,
    /// Resting on a source.
    pub documented: u32,
    /// Left to the reader.
    pub judgement: u32,
    /// Without an observation.
    pub not_run: u32,
}

/// A side against itself in the blocks of the pilot.
#[derive(Debug, Clone, PartialEq)]
pub struct SelfCheck {
    /// The workload.
    pub workload: WorkloadId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The metric.
    pub metric: Metric,
    /// The side.
    pub side: SideName,
    /// Median ratio of one of its runs to the other of the same block.
    pub ratio: f64,
    /// Lower end of the interval; `None` is unbounded.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// The least factor that this machine can tell apart in the budget.
    pub tells_apart: Option<f64>,
}
