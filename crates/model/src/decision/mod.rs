//! A decision: what is to be chosen, what must hold, what matters how much, and
//! what is known.
//!
//! A [`Decision`] is what decision.toml says. Values are in the unit of their
//! [`Criterion`], shares and relevance are parts of one, points are 0 to 100.
//! What of it is in the store comes beside it as [`Measured`]; `decide` makes a
//! recommendation of both.

mod evidence;
mod preset;
mod record;

use std::collections::BTreeMap;

use crate::{ClaimId, CriterionId, FactId, Metric, PartId, SideName, WorkloadId};

pub use evidence::{
    Basis, Evidence, EvidenceKind, Found, Likeness, Measured, Quantity, Range, RunRef,
};
pub use preset::{Answer, Ask, AskKind, Happened, Preset, Scenario};
pub use record::{Record, Watch, WatchKind};

/// What is to be chosen between, and by what.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What is asked, as a person would.
    pub question: String,
    /// The preset it was begun from.
    pub preset: Option<String>,
    /// What every component can be written in, two or more.
    pub options: Vec<SideName>,
    /// What it is written in now.
    pub incumbent: Option<SideName>,
    /// What its people know best.
    pub team: Option<SideName>,
    /// How sure the swing points are.
    pub weights: Weights,
    /// Draws repeat with it.
    pub seed: u64,
    /// Days after which a record of the decision has to be looked at again.
    pub valid_days: u32,
    /// What is to be written; shares sum to one.
    pub components: Vec<Component>,
    /// Which components talk to each other.
    pub edges: Vec<Edge>,
    /// What an option can do or cannot.
    pub facts: Vec<OptionFact>,
    /// What has to hold whatever else is gained.
    pub musts: Vec<Must>,
    /// What matters, and how much.
    pub criteria: Vec<Criterion>,
    /// What is known of a criterion under an option.
    pub evidence: Vec<Evidence>,
    /// Questions that were answered with "I don't know".
    pub open: Vec<String>,
}

named! {
    /// How sure somebody is of the swing points.
    pub enum Weights ("weights") {
        /// They were thought about.
        Considered = "considered",
        /// They were put down quickly.
        Rough = "rough",
    }
}

/// A part that could be written in a language of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Its name.
    pub id: PartId,
    /// What kind of program it is, such as `service`.
    pub kind: String,
    /// A workload of the pack to begin with, if it is to be measured.
    pub workload: Option<WorkloadId>,
    /// How much of the whole it is, of one.
    pub share: f64,
    /// How much a criterion has to do with it, 0 to 1; one if it is not named.
    pub relevance: BTreeMap<CriterionId, f64>,
}

impl Component {
    /// How much a criterion has to do with it.
    pub fn relevance_of(&self, criterion: &CriterionId) -> f64 {
        self.relevance.get(criterion).copied().unwrap_or(1.0)
    }
}

named! {
    /// How two components meet.
    pub enum Boundary ("boundary") {
        /// A protocol between machines.
        Network = "network",
        /// Frames between processes of one machine: a pipe or a socket.
        Process = "process",
        /// Files that one writes and the other reads.
        File = "file",
        /// Functions of one process, by the C convention.
        CAbi = "c-abi",
        /// A module in a WebAssembly runtime.
        Wasm = "wasm",
    }
}

impl Boundary {
    /// Whether the components are programs of their own in any case, so that
    /// the boundary is there whatever they are written in.
    pub fn is_there_anyway(self) -> bool {
        matches!(self, Self::Network | Self::Process | Self::File)
    }
}

/// Two components that talk to each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Who asks.
    pub from: PartId,
    /// Who answers.
    pub to: PartId,
    /// What is between them.
    pub over: Boundary,
    /// What crossing it adds to a criterion of `from`, where the languages differ.
    pub cost: Option<BoundaryCost>,
}

/// What a boundary between two languages adds to a criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryCost {
    /// To which.
    pub criterion: CriterionId,
    /// Estimated, in the criterion's unit, for one operation.
    pub range: Option<Range>,
    /// Where it is measured: the difference of two sides.
    pub run: Option<RunRef>,
    /// How often it is crossed for one operation, for each time it is in the run.
    pub times: f64,
}

/// Something that is true of an option or is not.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionFact {
    /// Its name.
    pub id: FactId,
    /// Of which options it is known; of the others nobody knows.
    pub holds: BTreeMap<SideName, bool>,
    /// Where it is written or shown: an address, a sentence.
    pub source: Option<String>,
    /// The sentence of the comparison that it stands on.
    pub claim: Option<ClaimId>,
}

/// What has to hold whatever else is gained.
#[derive(Debug, Clone, PartialEq)]
pub struct Must {
    /// Its name.
    pub id: PartId,
    /// Of which component; of all of them if none is named.
    pub component: Option<PartId>,
    /// What it requires.
    pub requires: Requires,
    /// Why, in the words of who wrote it.
    pub why: Option<String>,
}

/// What a must requires.
#[derive(Debug, Clone, PartialEq)]
pub enum Requires {
    /// That a fact is true, or is not.
    Fact {
        /// Which.
        fact: FactId,
        /// Which of the two.
        is: bool,
    },
    /// That a criterion's value is at most this.
    AtMost {
        /// Which.
        criterion: CriterionId,
        /// In its unit.
        limit: f64,
    },
    /// That a criterion's value is at least this.
    AtLeast {
        /// Which.
        criterion: CriterionId,
        /// In its unit.
        limit: f64,
    },
}

impl Requires {
    /// The criterion whose value it is about.
    pub fn criterion(&self) -> Option<&CriterionId> {
        match self {
            Self::Fact { .. } => None,
            Self::AtMost { criterion, .. } | Self::AtLeast { criterion, .. } => Some(criterion),
        }
    }

    /// Whether a value will do; a fact has none.
    pub fn is_met_by(&self, value: f64) -> bool {
        match self {
            Self::Fact { .. } => true,
            Self::AtMost { limit, .. } => value <= *limit,
            Self::AtLeast { limit, .. } => value >= *limit,
        }
    }
}

named! {
    /// How values between floor and goal are spaced.
    pub enum Spacing ("scale") {
        /// Equal differences count the same.
        Linear = "linear",
        /// Equal ratios count the same.
        Log = "log",
    }
}

/// Something that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its name.
    pub id: CriterionId,
    /// What its values are counted in, such as `MiB`.
    pub unit: String,
    /// The worst that is still acceptable: worth nothing.
    pub floor: f64,
    /// Where more brings no further benefit: worth one.
    pub goal: f64,
    /// How values between them are spaced.
    pub spacing: Spacing,
    /// How much the way from floor to goal matters, the top criterion having 100.
    pub points: f64,
    /// What `compare` measures of it, if anything.
    pub metric: Option<Metric>,
    /// How many of the metric's own unit are one of the criterion's, if it is one of its units.
    pub factor: Option<f64>,
    /// Why these numbers, in the words of who wrote them.
    pub why: Option<String>,
    /// The sentence of the comparison that is about it.
    pub claim: Option<ClaimId>,
}

impl Criterion {
    /// The criterion that counts languages and boundaries.
    pub const PARTS: &str = "parts";

    /// Whether it counts languages and boundaries instead of asking evidence.
    pub fn counts_parts(&self) -> bool {
        self.id.as_str() == Self::PARTS
    }

    /// Whether less is better.
    pub fn less_is_better(&self) -> bool {
        self.goal < self.floor
    }

    /// What a value is worth, 0 to 1: good enough is good enough.
    pub fn worth(&self, value: f64) -> f64 {
        let on_scale = |x: f64| match self.spacing {
            Spacing::Linear => x,
            Spacing::Log => x.max(f64::MIN_POSITIVE).ln(),
        };
        let (floor, goal) = (on_scale(self.floor), on_scale(self.goal));
        ((on_scale(value) - floor) / (goal - floor)).clamp(0.0, 1.0)
    }
}

/// A key at which two decisions differ, as `--what-if` takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// Such as `criteria.delivery.points`.
    pub key: String,
    /// What stood there; none if it was not there.
    pub was: Option<String>,
    /// What stands there now; none if it is not there any more.
    pub is: Option<String>,
}

impl Decision {
    /// The criterion of that name.
    pub fn criterion(&self, id: &CriterionId) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| &criterion.id == id)
    }

    /// What is known of a criterion under an option, at a component: what is
    /// said of that component, else what is said of all.
    pub fn evidence_at(
        &self,
        criterion: &CriterionId,
        option: &SideName,
        component: &PartId,
    ) -> Option<usize> {
        let of = |wanted: Option<&PartId>| {
            self.evidence.iter().position(|evidence| {
                &evidence.criterion == criterion
                    && &evidence.option == option
                    && evidence.component.as_ref() == wanted
            })
        };
        of(Some(component)).or_else(|| of(None))
    }

    /// How concentrated draws of the weights are (docs/decide.md).
    pub fn concentration(&self) -> f64 {
        match self.weights {
            Weights::Considered => 20.0,
            Weights::Rough => 10.0,
        }
    }
}
