//! What a decision came to, as every format shows it. The fields that are not
//! skipped are the JSON of docs/json.md, in this order; that shape is frozen: a
//! key is only ever added at the end of its object.

use decide::{Rated, Stand};
use jiff::ToSpan;
use jiff::civil::Date;
use model::decision::{Basis, Criterion, Requires};
use schemars::JsonSchema;
use serde::Serialize;

use super::input::DecisionInput;
use super::rows::*;
use super::words::Words;

/// The version of the JSON.
pub const SCHEMA: u32 = 1;

/// What a decision came to.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DecisionDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// What was asked.
    pub question: String,
    /// `no_option`, `by_constraint`, `either`, `choose`, `lean` or `not_settled`.
    pub outcome: &'static str,
    /// What to take; null where nothing is.
    pub choice: Option<String>,
    /// The answer in plain words, for a reader who sees nothing else.
    pub summary: String,
    /// Of `either`: all that are as good as each other.
    pub among: Vec<String>,
    /// Others that are nearly as good in half of the draws.
    pub nearly: Vec<String>,
    /// Every option: those for everything in the decision's order, then splits.
    pub options: Vec<OptionRow>,
    /// What has to hold.
    pub musts: Vec<MustRow>,
    /// What matters.
    pub criteria: Vec<CriterionRow>,
    /// What is known, and what was asked of the store.
    pub evidence: Vec<EvidenceRow>,
    /// What would turn the answer, nearest first by kind: points, values, musts.
    pub flips: Vec<FlipRow>,
    /// What knowing more would save, the most first.
    pub next: Vec<NextRow>,
    /// Where no option is left: the least to give up.
    pub relax: Option<RelaxRow>,
    /// Questions that nobody could answer.
    pub open: Vec<String>,
    /// What is lost on average by choosing now instead of knowing everything, of one.
    pub regret: f64,
    /// Draws.
    pub draws: u32,
    /// What they repeat with.
    pub seed: u64,
    /// How far below the best is nearly as good, of one.
    pub delta: f64,
    /// How concentrated the weights are around the swing points.
    pub concentration: f64,
    /// SHA-256 of the decision's values: comments and order do not count.
    pub hash: String,
    /// The day on which it was decided.
    #[schemars(with = "String")]
    pub decided: Date,
    /// The day from which its reasons have to be looked at again.
    #[schemars(with = "String")]
    pub expires: Date,
    /// Evenhand's version.
    pub version: String,
    #[serde(skip)]
    pub(crate) words: Words,
    #[serde(skip)]
    pub(crate) file: String,
    #[serde(skip)]
    pub(crate) chosen: Option<usize>,
    #[serde(skip)]
    pub(crate) incumbent: Option<String>,
}

impl DecisionDocument {
    /// The view of a recommendation.
    pub fn new(input: &DecisionInput<'_>) -> Self {
        let (decision, answer) = (input.decision, input.recommendation);
        let named = |options: &[usize]| {
            options.iter().map(|option| answer.options[*option].name.clone()).collect::<Vec<_>>()
        };
        let words = Words::of(input);
        Self {
            schema: SCHEMA,
            question: decision.question.clone(),
            outcome: answer.outcome.kind.name(),
            choice: answer.outcome.choice.map(|choice| answer.options[choice].name.clone()),
            summary: words.summary.clone(),
            among: named(&answer.outcome.among),
            nearly: named(&answer.outcome.nearly),
            options: answer.options.iter().map(|rated| option(input, rated)).collect(),
            musts: musts(input),
            criteria: decision.criteria.iter().map(criterion).collect(),
            evidence: evidence(input),
            flips: words.flips.clone(),
            next: words.next.clone(),
            relax: words.relax.clone(),
            open: decision.open.clone(),
            regret: answer.regret,
            draws: u32::try_from(input.terms.draws).unwrap_or(u32::MAX),
            seed: decision.seed,
            delta: input.terms.delta,
            concentration: input.terms.concentration.unwrap_or_else(|| decision.concentration()),
            hash: input.hash.to_owned(),
            decided: input.as_of,
            expires: input.as_of.saturating_add(i64::from(decision.valid_days).days()),
            version: input.version.to_owned(),
            words,
            file: input.file.to_owned(),
            chosen: answer.outcome.choice,
            incumbent: decision.incumbent.as_ref().map(|option| {
                input.titles.get(option).cloned().unwrap_or_else(|| option.to_string())
            }),
        }
    }
}

/// The word for where musts put an option.
pub(super) fn standing(stand: Stand) -> &'static str {
    match stand {
        Stand::In => "in",
        Stand::Unproven => "unproven",
        Stand::Out => "out",
    }
}

fn option(input: &DecisionInput<'_>, rated: &Rated) -> OptionRow {
    let decision = input.decision;
    let components = rated.of.iter().zip(&decision.components).map(|(option, component)| AtRow {
        component: component.id.clone(),
        option: decision.options[*option].clone(),
    });
    let musts = rated.musts.iter().map(|met| MetRow {
        must: decision.musts[met.must].id.clone(),
        standing: standing(met.stand()),
        probability: met.probability,
        value: met.value,
    });
    let criteria =
        rated.criteria.iter().zip(&decision.criteria).map(|(at, criterion)| OfCriterion {
            criterion: criterion.id.clone(),
            worth: at.worth,
            contributes: at.contributes,
            values: at.values.iter().map(|value| (*value).into()).collect(),
        });
    OptionRow {
        name: rated.name.clone(),
        title: titled(input, rated),
        safe: rated.safe,
        standing: standing(rated.stand),
        worth: rated.worth,
        low: rated.interval.map(|(low, _)| low),
        high: rated.interval.map(|(_, high)| high),
        parts: u32::try_from(rated.parts).unwrap_or(u32::MAX),
        components: components.collect(),
        musts: musts.collect(),
        criteria: criteria.collect(),
        boundaries: boundaries(input, rated),
    }
}

fn boundaries(input: &DecisionInput<'_>, rated: &Rated) -> Vec<BoundaryRow> {
    let of = |crossing: &decide::Crossing| {
        let edge = &input.decision.edges[crossing.edge];
        BoundaryRow {
            from: edge.from.clone(),
            to: edge.to.clone(),
            over: edge.over,
            there_anyway: edge.over.is_there_anyway(),
            criterion: edge.cost.as_ref().map(|cost| cost.criterion.clone()),
            adds: crossing.adds.map(ValueRow::from),
            run: input.found.of_edge(crossing.edge).map(|measured| measured.run.clone()),
        }
    };
    rated.boundaries.iter().map(of).collect()
}

/// `Go`, or `Go (control) + Rust (agent)`.
pub(super) fn titled(input: &DecisionInput<'_>, rated: &Rated) -> String {
    super::words::option_title(input.titles, &rated.name)
}

fn criterion(criterion: &Criterion) -> CriterionRow {
    CriterionRow {
        criterion: criterion.id.clone(),
        unit: criterion.unit.clone(),
        floor: criterion.floor,
        goal: criterion.goal,
        scale: criterion.spacing,
        points: criterion.points,
        metric: criterion.metric,
        why: criterion.why.clone(),
        claim: criterion.claim.clone(),
    }
}

fn musts(input: &DecisionInput<'_>) -> Vec<MustRow> {
    let decision = input.decision;
    let all = decision.musts.iter().map(|must| {
        let fact = match &must.requires {
            Requires::Fact { fact, .. } => decision.facts.iter().find(|known| &known.id == fact),
            _ => None,
        };
        MustRow {
            must: must.id.clone(),
            component: must.component.clone(),
            requires: super::words::requires(decision, must),
            why: must.why.clone(),
            source: fact.and_then(|fact| fact.source.clone()),
            claim: fact.and_then(|fact| fact.claim.clone()),
        }
    });
    all.collect()
}

/// What is known in the decision's order, then what is not.
fn evidence(input: &DecisionInput<'_>) -> Vec<EvidenceRow> {
    let decision = input.decision;
    let known = decision.evidence.iter().enumerate().map(|(index, known)| {
        let measured = input.found.of(index);
        let named = known.basis.run().is_some();
        EvidenceRow {
            criterion: known.criterion.clone(),
            option: known.option.clone(),
            component: known.component.clone(),
            kind: Some(known.basis.kind()),
            run: measured.map(|measured| measured.run.clone()),
            day: measured.map(|measured| measured.day).or(known.as_of),
            age_days: measured.map(|measured| measured.age_days),
            pairs: measured
                .map(|measured| u32::try_from(measured.values.len()).unwrap_or(u32::MAX)),
            source: known.source.clone(),
            missing: named && measured.is_none() && !matches!(known.basis, Basis::Exact(_)),
            command: input.commands.get(index).cloned().flatten(),
        }
    });
    let unknown =
        super::words::unknown_that_matters(input).filter_map(|(criterion, option, component)| {
            let (of, under) = (&decision.criteria[*criterion].id, &decision.options[*option]);
            let at = component.map(|component| &decision.components[component].id);
            let said = decision.evidence.iter().any(|known| {
                &known.criterion == of && &known.option == under && known.basis.run().is_some()
            });
            (!said).then(|| EvidenceRow {
                criterion: of.clone(),
                option: under.clone(),
                component: at.cloned(),
                kind: None,
                run: None,
                day: None,
                age_days: None,
                pairs: None,
                source: None,
                missing: true,
                command: None,
            })
        });
    known.chain(unknown).collect()
}
