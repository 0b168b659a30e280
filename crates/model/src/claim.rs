//! A sentence of the comparison and what would bear it out or refute it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    CaseId, ClaimId, DefectId, Experiment, FactId, Metric, Profile, SideName, Suits, Tier,
    WorkloadId,
};

named! {
    /// Whether people disagree about a claim.
    pub enum Standing ("standing") {
        /// A measurement could refute it.
        Contested = "contested",
        /// True by the language's definition.
        ByDesign = "by-design",
        /// Scope, sources, judgement: what holds the page together.
        Frame = "frame",
    }
}

named! {
    /// What a claim rests on.
    pub enum ClaimKind ("kind") {
        /// Numbers from workloads.
        Measured = "measured",
        /// Facts of programs and tools: present or absent.
        Static = "static",
        /// A dated source.
        Documented = "documented",
        /// The reader's own estimate.
        Judgement = "judgement",
    }
}

/// One atomic sentence of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// `dimension/slug`.
    pub id: ClaimId,
    /// Which statement of the comparison's catalogue it answers, such as `C29a`.
    pub reference: String,
    /// Whether people disagree about it.
    pub standing: Standing,
    /// What it rests on.
    pub kind: ClaimKind,
    /// The sentence, in prose.
    pub text: String,
    /// Whom the sentence speaks for, if anyone.
    pub suits: Suits,
    /// Keys of [`crate::Comparison::sources`].
    pub sources: Vec<String>,
    /// Criteria of `decide` that it feeds, such as `SIZE`.
    pub feeds: Vec<String>,
    /// Presets and scenarios of `decide` that put it into numbers.
    pub decisions: Vec<String>,
    /// What decides it; `None` for documented claims and judgements.
    pub predicate: Option<Predicate>,
    /// Why no experiment exists yet, for a measured or static claim without
    /// a predicate.
    pub not_yet: Option<String>,
}

/// How the numerator stands to the denominator, margin and floor applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Less than the denominator, beyond the margin.
    Below,
    /// More than the denominator, beyond the margin.
    Above,
    /// Within the margin.
    Inside,
}

impl Relation {
    /// The relation after the two sides have changed places.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::Above => Self::Below,
            Self::Inside => Self::Inside,
        }
    }
}

/// What decides a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// Every cell is expected to show one relation; the rule over several
    /// cells is in docs/verdicts.md.
    Ratio {
        /// The side on top.
        numerator: SideName,
        /// The side below.
        denominator: SideName,
        /// What the sentence claims of every cell.
        expect: Relation,
        /// Where to look.
        cells: Vec<CellSelector>,
    },
    /// One cell that shows the witness is enough; none is inconclusive.
    Exists {
        /// The side on top.
        numerator: SideName,
        /// The side below.
        denominator: SideName,
        /// What a cell must show.
        witness: Witness,
        /// Where to look.
        cells: Vec<CellSelector>,
    },
    /// Facts of the built programs, per side.
    Fact {
        /// What to look at.
        facts: Vec<FactSelector>,
    },
    /// Every check and step of these probes and drills is as expected.
    All {
        /// Probes and drills.
        experiments: Vec<Experiment>,
    },
    /// How many items pass on each side.
    Count {
        /// The side on top.
        numerator: SideName,
        /// The side below.
        denominator: SideName,
        /// What the sentence claims of the counts.
        expect: Relation,
        /// The least difference that counts as one.
        by: u32,
        /// Probes and drills.
        experiments: Vec<Experiment>,
    },
    /// How a metric grows with the size of the case.
    Slope {
        /// The side on top.
        numerator: SideName,
        /// The side below.
        denominator: SideName,
        /// What the sentence claims of the slopes.
        expect: Relation,
        /// Where to look.
        slope: SlopeSelector,
    },
    /// Classes of mistakes that two languages treat otherwise. The corpus is chosen, not sampled:
    /// a class that shows it is enough, and how many do says nothing.
    Classes {
        /// Each has to name a class.
        lists: Vec<ClassList>,
        /// Among these.
        defects: Vec<DefectId>,
        /// Checks, steps and classes that have to come as expected as well.
        experiments: Vec<Experiment>,
    },
    /// Something that holds of the comparison itself.
    Lint(Lint),
}

/// Classes of mistakes with something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassList {
    /// What.
    pub test: ClassTest,
    /// The side that it is said of.
    pub side: SideName,
    /// The other.
    pub other: SideName,
    /// All of these have to be among them; empty: one class is enough, whichever.
    pub of: Vec<DefectId>,
}

named! {
    /// What is said of a class of mistakes, as it is first written in either language.
    pub enum ClassTest ("test of a class") {
        /// The side's compiler refuses it, the other's takes it.
        StoppedOnlyBy = "stopped-only-by",
        /// Something catches it at an earlier gate than on the other side.
        EarlierBy = "earlier-by",
        /// A plain run fails loudly, where on the other side it hangs or is silently wrong.
        LouderBy = "louder-by",
        /// Neither compiler nor default lints say a word and a plain run is silently wrong or hangs,
        /// where the other side's compiler refuses it.
        SilentOnlyOn = "silent-only-on",
        /// Neither compiler nor default lints say a word.
        UnseenBy = "unseen-by",
        /// A plain run fails loudly.
        LoudOn = "loud-on",
        /// What catches it first is an instrument: a race detector, a sanitizer, an interpreter.
        InstrumentOnly = "instrument-only",
        /// The language has no such mistake, or as written it does no harm; on the other side it does.
        HarmlessOn = "harmless-on",
    }
}

/// Cases of growing size, and the metric that grows with them.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeSelector {
    /// The workload.
    pub workload: WorkloadId,
    /// The metric.
    pub metric: Metric,
    /// Two or more, smallest first.
    pub rungs: Vec<Rung>,
    /// What one unit of size is, in a word: `task`.
    pub per: String,
    /// Under this profile.
    pub profile: Profile,
    /// In this tier.
    pub tier: Tier,
    /// Blocks, each with a trial of every rung, declared beforehand.
    pub pairs: u32,
    /// The claim's own margin as a factor, else the metric's.
    pub margin: Option<f64>,
    /// The least difference of the slopes that matters, in the metric's unit
    /// for one unit of size.
    pub floor: f64,
}

/// One case of a slope and its size.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// The case.
    pub case: CaseId,
    /// How many.
    pub size: f64,
}

named! {
    /// What can be looked up in the comparison itself.
    pub enum Lint ("lint") {
        /// Each kind of software that the scope names has a workload.
        EveryClassHasAWorkload = "every-class-has-a-workload",
        /// Nothing adds claims up to a rank or a total.
        NoRanking = "no-ranking",
        /// Dates are worked out from sources and runs, none is typed in the prose.
        NoTypedDates = "no-typed-dates",
    }
}

named! {
    /// What a cell must show to carry an existential claim.
    pub enum Witness ("witness") {
        /// The numerator is shown not to be less, beyond the margin: it is
        /// more, or the two are the same within it.
        NotBelow = "not-below",
        /// The numerator is shown not to be more, beyond the margin.
        NotAbove = "not-above",
    }
}

/// A rectangle of cells: one workload and metric, under some profiles.
#[derive(Debug, Clone, PartialEq)]
pub struct CellSelector {
    /// The workload.
    pub workload: WorkloadId,
    /// The case; `None` for every case that measures the metric.
    pub case: Option<CaseId>,
    /// The metric.
    pub metric: Metric,
    /// Under these profiles.
    pub profiles: Vec<Profile>,
    /// In this tier.
    pub tier: Tier,
    /// The claim's own margin as a factor, else the metric's.
    pub margin: Option<f64>,
    /// The claim's own floor in the metric's unit, else the metric's.
    pub floor: Option<f64>,
    /// Whether `--quick` includes these cells, if it includes the workload.
    pub quick: bool,
    /// Numerator and denominator, where they are not the claim's: other sides or variants.
    pub between: Option<(SideName, SideName)>,
    /// What is claimed of these cells, where it is not what the claim says of all.
    pub expect: Option<Relation>,
}

/// One fact and what it should be on each side.
#[derive(Debug, Clone, PartialEq)]
pub struct FactSelector {
    /// The workload whose programs are looked at.
    pub workload: WorkloadId,
    /// The fact, declared in the workload.
    pub fact: FactId,
    /// What the sentence says of each side.
    pub expect: BTreeMap<SideName, FactExpectation>,
}

named! {
    /// What a count should be.
    pub enum FactExpectation ("expectation") {
        /// One or more.
        Present = "present",
        /// None.
        Absent = "absent",
    }
}

impl Claim {
    /// The part of the id before the slash.
    pub fn dimension(&self) -> &str {
        self.id.as_str().split_once('/').map_or(self.id.as_str(), |(dimension, _)| dimension)
    }

    /// What this claim stands on, each once.
    pub fn experiments(&self) -> Vec<Experiment> {
        let workload = |id: &WorkloadId| Experiment::Workload(id.clone());
        let mut all: Vec<Experiment> = match &self.predicate {
            None | Some(Predicate::Lint(_)) => Vec::new(),
            Some(Predicate::Ratio { cells, .. } | Predicate::Exists { cells, .. }) => {
                cells.iter().map(|cell| workload(&cell.workload)).collect()
            }
            Some(Predicate::Fact { facts }) => {
                facts.iter().map(|fact| workload(&fact.workload)).collect()
            }
            Some(Predicate::All { experiments } | Predicate::Count { experiments, .. }) => {
                experiments.clone()
            }
            Some(Predicate::Classes { defects, experiments, .. }) => {
                let defects = defects.iter().cloned().map(Experiment::Defect);
                defects.chain(experiments.iter().cloned()).collect()
            }
            Some(Predicate::Slope { slope, .. }) => vec![workload(&slope.workload)],
        };
        all.sort();
        all.dedup();
        all
    }
}
