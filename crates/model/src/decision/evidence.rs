//! What is known of a criterion under an option, and how well.

use jiff::civil::Date;

use crate::{CaseId, CriterionId, Metric, PartId, RunId, SideName, WorkloadId};

/// What is known of one criterion under one option.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Of what.
    pub criterion: CriterionId,
    /// Under which option.
    pub option: SideName,
    /// At which component; at all of them if none is named.
    pub component: Option<PartId>,
    /// What the value is made of.
    pub basis: Basis,
    /// Where it is from: an address, a person, a reason.
    pub source: Option<String>,
    /// When it was true.
    pub as_of: Option<Date>,
}

/// What a value is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// Known.
    Exact(f64),
    /// Estimated by who decides.
    Estimate(Range),
    /// A run of the user's own programs: the value itself.
    Value {
        /// Which run.
        run: RunRef,
        /// What is taken while there is no run.
        until: Option<Range>,
    },
    /// So many times what another option has, as far as its code decides.
    Ratio {
        /// How near what was measured is to what is asked.
        likeness: Likeness,
        /// The other option.
        against: SideName,
        /// Which run, where one can be had.
        run: Option<RunRef>,
        /// The ratio: what is documented, or what is taken while there is no run.
        ratio: Option<Range>,
        /// How much of the other's value is its own code's doing, of one.
        controlled: Range,
    },
}

named! {
    /// How near the programs of a ratio are to the one in question.
    pub enum Likeness ("kind of evidence") {
        /// The user's own.
        Own = "own",
        /// A pack's, of the same kind.
        PackSameKind = "pack-same-kind",
        /// A pack's, of another kind.
        PackOther = "pack-other",
        /// Somebody else's, as they wrote.
        Documented = "documented",
        /// None: who decides thinks so.
        Estimate = "estimate",
    }
}

impl Likeness {
    /// The spread, as a standard deviation of the logarithm, that stands for
    /// what is carried over from other programs (docs/decide.md).
    pub fn spread(self) -> f64 {
        match self {
            // An estimate's range says all of it.
            Self::Own | Self::Estimate => 0.0,
            Self::PackSameKind => 0.25,
            Self::PackOther => 0.5,
            Self::Documented => 0.6,
        }
    }
}

named! {
    /// Words for what evidence is.
    pub enum EvidenceKind ("kind of evidence") {
        /// The user's own programs, measured.
        Own = "own",
        /// A pack's programs of the same kind, measured.
        PackSameKind = "pack-same-kind",
        /// A pack's programs of another kind, measured.
        PackOther = "pack-other",
        /// A ratio that somebody published.
        Documented = "documented",
        /// What who decides thinks.
        Estimate = "estimate",
        /// Known.
        Fact = "fact",
    }
}

impl Basis {
    /// The word for it.
    pub fn kind(&self) -> EvidenceKind {
        match self {
            Self::Exact(_) => EvidenceKind::Fact,
            Self::Estimate(_) => EvidenceKind::Estimate,
            Self::Value { .. } => EvidenceKind::Own,
            Self::Ratio { likeness, .. } => match likeness {
                Likeness::Own => EvidenceKind::Own,
                Likeness::PackSameKind => EvidenceKind::PackSameKind,
                Likeness::PackOther => EvidenceKind::PackOther,
                Likeness::Documented => EvidenceKind::Documented,
                Likeness::Estimate => EvidenceKind::Estimate,
            },
        }
    }

    /// The run it is to come from.
    pub fn run(&self) -> Option<&RunRef> {
        match self {
            Self::Value { run, .. } => Some(run),
            Self::Ratio { run, .. } => run.as_ref(),
            Self::Exact(_) | Self::Estimate(_) => None,
        }
    }
}

/// Least, likely and most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// It is hardly less.
    pub least: f64,
    /// What one would bet on.
    pub likely: f64,
    /// It is hardly more.
    pub most: f64,
}

impl Range {
    /// One value.
    pub fn exactly(value: f64) -> Self {
        Self { least: value, likely: value, most: value }
    }
}

/// Where in the store something is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRef {
    /// A run's id, a contract's name, or a pack's.
    pub name: String,
    /// Of a pack: which workload.
    pub workload: Option<WorkloadId>,
    /// Which case; the first that was measured if none is named.
    pub case: Option<CaseId>,
    /// What is measured.
    pub metric: Metric,
    /// The side in question.
    pub side: SideName,
    /// The side it is held against.
    pub against: Option<SideName>,
    /// Days after which it is not believed any more.
    pub max_age_days: u32,
}

/// What the store has of one [`RunRef`].
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The run.
    pub run: RunId,
    /// The day on which it began.
    pub day: Date,
    /// Whole days ago.
    pub age_days: i64,
    /// One number a pair: the ratio, difference or value that was asked for,
    /// in the metric's own unit. Never empty.
    pub values: Vec<f64>,
    /// The toolchains it was made with, for people.
    pub toolchains: String,
}

named! {
    /// What is asked of the pairs of a run.
    pub enum Quantity ("quantity") {
        /// What the side in question has.
        Value = "value",
        /// That over what the other has.
        Ratio = "ratio",
        /// That less what the other has.
        Difference = "difference",
    }
}

/// What the store has for a decision.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// One place for each of [`super::Decision::evidence`].
    pub evidence: Vec<Option<Measured>>,
    /// One place for each of [`super::Decision::edges`].
    pub edges: Vec<Option<Measured>>,
}

impl Found {
    /// Of an evidence.
    pub fn of(&self, evidence: usize) -> Option<&Measured> {
        self.evidence.get(evidence)?.as_ref()
    }

    /// Of an edge.
    pub fn of_edge(&self, edge: usize) -> Option<&Measured> {
        self.edges.get(edge)?.as_ref()
    }
}
