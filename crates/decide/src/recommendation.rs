//! What comes out: the outcome, every option, and what would turn it.

use model::Decision;

use crate::column::{Columns, quantile};
use crate::option::Assignment;
use crate::utility::Utilities;

/// What requirements and evidence come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// In one word, with what is chosen.
    pub outcome: Outcome,
    /// Every option: those for everything in the decision's order, then splits.
    pub options: Vec<Rated>,
    /// Swing points that would turn it, nearest first.
    pub weight_flips: Vec<WeightFlip>,
    /// Values that would turn it, one an evidence at most.
    pub evidence_flips: Vec<EvidenceFlip>,
    /// Who returns if a must is dropped.
    pub must_flips: Vec<MustFlip>,
    /// What is lost on average by choosing now instead of knowing everything, of one.
    pub regret: f64,
    /// Measurements and estimates by how much of that they would save.
    pub next: Vec<Next>,
    /// Of what nothing is known: criterion, option, and component where there are several.
    pub unknown: Vec<(usize, usize, Option<usize>)>,
    /// With no option left: the cheapest way to one.
    pub relax: Option<Relaxed>,
}

/// The words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeKind {
    /// The musts leave nothing.
    NoOption,
    /// The musts leave one; weights were not consulted.
    ByConstraint,
    /// Two or more are nearly as good as the best, nearly always.
    Either,
    /// Exactly one is.
    Choose,
    /// One is, often.
    Lean,
    /// None is.
    NotSettled,
}

impl OutcomeKind {
    /// Snake case, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoOption => "no_option",
            Self::ByConstraint => "by_constraint",
            Self::Either => "either",
            Self::Choose => "choose",
            Self::Lean => "lean",
            Self::NotSettled => "not_settled",
        }
    }
}

/// What it comes to. Options are indices into [`Recommendation::options`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The word.
    pub kind: OutcomeKind,
    /// What to take, if anything.
    pub choice: Option<usize>,
    /// Of [`OutcomeKind::Either`]: all that are as good.
    pub among: Vec<usize>,
    /// Others that are nearly as good in half of the draws.
    pub nearly: Vec<usize>,
}

impl Outcome {
    pub(crate) fn of(kind: OutcomeKind) -> Self {
        Self { kind, choice: None, among: Vec::new(), nearly: Vec::new() }
    }

    pub(crate) fn choosing(self, choice: usize) -> Self {
        Self { choice: Some(choice), ..self }
    }
}

/// Where the musts put an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// Every must is met.
    In,
    /// Of one at least nobody knows.
    Unproven,
    /// One at least is not met.
    Out,
}

/// How often a must is met.
#[derive(Debug, Clone, PartialEq)]
pub struct MustMet {
    /// Index into the decision's musts.
    pub must: usize,
    /// Share of the draws; one half of what nobody knows.
    pub probability: f64,
    /// The typical value, in the criterion's unit, where it is furthest from the limit.
    pub value: Option<f64>,
}

impl MustMet {
    /// Where this must puts the option.
    pub fn stand(&self) -> Stand {
        crate::must::of_probability(self.probability)
    }
}

/// An option and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    /// `go`, or `go (control) + rust (agent)`.
    pub name: String,
    /// Index into the decision's options, one a component.
    pub of: Vec<usize>,
    /// Where the musts put it.
    pub stand: Stand,
    /// Every must.
    pub musts: Vec<MustMet>,
    /// The share of draws in which it is nearly as good as the best; 0 if it is out.
    pub safe: f64,
    /// Expected worth, 0 to 1; none if it is out.
    pub worth: Option<f64>,
    /// Where nine draws of ten lie.
    pub interval: Option<(f64, f64)>,
    /// Languages, and boundaries between two of them.
    pub parts: usize,
    /// Edges between two languages: index, and what crossing adds, if it is said.
    pub boundaries: Vec<Crossing>,
    /// Every criterion, in the decision's order.
    pub criteria: Vec<AtComponent>,
}

impl Rated {
    /// Whether it takes more than one language.
    pub fn is_split(&self) -> bool {
        self.of.windows(2).any(|pair| pair[0] != pair[1])
    }
}

/// A boundary of a split.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossing {
    /// Index into the decision's edges.
    pub edge: usize,
    /// What it adds for one operation: 5th percentile, median, 95th, in the criterion's unit.
    pub adds: Option<(f64, f64, f64)>,
}

/// A criterion under an option.
#[derive(Debug, Clone, PartialEq)]
pub struct AtComponent {
    /// What its values are worth on average, 0 to 1, by share and relevance.
    pub worth: f64,
    /// What that contributes by the stated weights.
    pub contributes: f64,
    /// A component's values: 5th percentile, median, 95th, in the criterion's unit.
    pub values: Vec<(f64, f64, f64)>,
}

/// Swing points at which another option becomes as good.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightFlip {
    /// Index into the criteria.
    pub criterion: usize,
    /// What was stated.
    pub stated: f64,
    /// Where it turns.
    pub at: f64,
    /// To which option.
    pub to: usize,
}

/// A value at which another option becomes as good.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceFlip {
    /// Index into the evidence.
    pub evidence: usize,
    /// A component at which it speaks.
    pub component: usize,
    /// What it is now: 5th percentile, median, 95th.
    pub now: (f64, f64, f64),
    /// Where it turns, in the criterion's unit.
    pub at: f64,
    /// To which option.
    pub to: usize,
    /// Whether that lies where the evidence says it may be.
    pub inside: bool,
}

/// A must that keeps options out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MustFlip {
    /// Index into the musts.
    pub must: usize,
    /// Who would not be out without it.
    pub returns: Vec<usize>,
}

/// What knowing a criterion's values would save.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// Index into the criteria.
    pub criterion: usize,
    /// At which component.
    pub component: usize,
    /// How much of the regret, of one.
    pub saves: f64,
}

/// Musts to relax.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxed {
    /// Indices into the musts.
    pub musts: Vec<usize>,
    /// For each: the limit that would do, in the criterion's unit; none of a fact.
    pub limits: Vec<Option<f64>>,
    /// Which option that brings back.
    pub returns: usize,
}

/// Every option with what came of it.
pub(crate) fn rated(
    decision: &Decision,
    options: &[Assignment],
    musts: &[Vec<MustMet>],
    standing: &[Stand],
    utilities: &Utilities,
    columns: &mut Columns,
) -> Vec<Rated> {
    let delta = columns.delta();
    let all = options.iter().enumerate();
    all.map(|(index, option)| Rated {
        name: option.name(decision),
        of: option.of.clone(),
        stand: standing[index],
        musts: musts[index].clone(),
        safe: utilities.safe(index, delta),
        worth: utilities.mean(index),
        interval: utilities.interval(index),
        parts: option.parts(decision),
        boundaries: crossings(decision, option, columns),
        criteria: criteria(
            decision,
            option,
            utilities.worth[index].as_slice(),
            &utilities.stated,
            columns,
        ),
    })
    .collect()
}

fn crossings(decision: &Decision, option: &Assignment, columns: &mut Columns) -> Vec<Crossing> {
    let edges: Vec<usize> = option.boundaries(decision).collect();
    edges
        .into_iter()
        .map(|edge| {
            let costs = decision.edges[edge].cost.is_some();
            Crossing { edge, adds: costs.then(|| spread(&columns.edge(edge))) }
        })
        .collect()
}

fn criteria(
    decision: &Decision,
    option: &Assignment,
    worth: &[f64],
    stated: &[f64],
    columns: &mut Columns,
) -> Vec<AtComponent> {
    let of = |index: usize, columns: &mut Columns| {
        let criterion = &decision.criteria[index];
        let worth = worth.get(index).copied().unwrap_or(0.0);
        let values = match criterion.counts_parts() {
            true => {
                let parts = option.parts(decision) as f64;
                vec![(parts, parts, parts)]
            }
            false => (0..decision.components.len())
                .map(|component| spread(&columns.of_option(index, option, component)))
                .collect(),
        };
        AtComponent { worth, contributes: worth * stated[index], values }
    };
    (0..decision.criteria.len()).map(|index| of(index, columns)).collect()
}

/// 5th percentile, median, 95th.
pub(crate) fn spread(column: &[f64]) -> (f64, f64, f64) {
    (quantile(column, 0.05), quantile(column, 0.5), quantile(column, 0.95))
}
