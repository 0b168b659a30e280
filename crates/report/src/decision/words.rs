//! The answer in plain words, and each of its reasons.

use std::collections::BTreeMap;

use decide::{OutcomeKind, Rated, Recommendation};
use model::decision::{Criterion, Must, Requires};
use model::{ClaimId, Decision, SideName};

use super::document::titled;
use super::input::DecisionInput;
use super::rows::{FlipRow, NextRow, RelaxRow};
use crate::quantity::{about, labelled};

mod flips;
mod next;
mod tie;

/// Differences in worth below this are not worth a word.
const WORD: f64 = 0.005;
/// Nor are those below this if their typical values read alike.
const ALIKE: f64 = 0.02;

/// Everything that is said in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Words {
    pub(crate) summary: String,
    pub(crate) outcome: String,
    /// What the choice gains over its rival, the most first.
    pub(crate) gains: Vec<Difference>,
    /// What it gives up.
    pub(crate) costs: Vec<Difference>,
    /// Who the choice is held against.
    pub(crate) rival: Option<String>,
    /// Who is held against it: what is chosen, or worth most.
    pub(crate) leader: Option<String>,
    /// What the rival would gain.
    pub(crate) rival_gains: Vec<Difference>,
    /// Musts that rule somebody out, or of which nobody knows.
    pub(crate) musts: Vec<String>,
    pub(crate) flips: Vec<FlipRow>,
    pub(crate) next: Vec<NextRow>,
    pub(crate) relax: Option<RelaxRow>,
    /// What the evidence is made of.
    pub(crate) evidence: String,
    /// What is not known.
    pub(crate) unknown: Vec<String>,
    /// The split's boundaries, if one is chosen.
    pub(crate) boundaries: Vec<String>,
    /// Of each criterion under each option: its values.
    pub(crate) values: Vec<Vec<String>>,
    /// What was seen here of each claim that is cited.
    pub(crate) claims: BTreeMap<ClaimId, String>,
}

/// A criterion in which two options differ.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    /// Index of the criterion.
    pub(crate) criterion: usize,
    /// How much of the worth.
    pub(crate) by: f64,
    /// `delivery (13 weeks instead of 22)`.
    pub(crate) words: String,
}

impl Words {
    pub(crate) fn of(input: &DecisionInput<'_>) -> Self {
        let answer = input.recommendation;
        let pair = leader_and_rival(answer);
        let both = pair.and_then(|(leader, rival)| Some((leader, rival?)));
        let (gains, costs) =
            both.map(|(leader, rival)| differences(input, leader, rival)).unwrap_or_default();
        let rival_gains = both.map(|(leader, rival)| differences(input, rival, leader).0);
        let relax = relax(input);
        let next = next::next(input);
        let mut words = Self {
            summary: String::new(),
            outcome: outcome(input),
            gains,
            costs,
            rival: both.map(|(_, rival)| titled(input, rival)),
            leader: pair.map(|(leader, _)| titled(input, leader)),
            rival_gains: rival_gains.unwrap_or_default(),
            musts: musts(input),
            flips: flips::flips(input),
            evidence: next::evidence(input),
            unknown: next::unknown(input),
            boundaries: boundaries(input),
            values: values(input),
            claims: claims(input),
            next,
            relax,
        };
        words.summary = summary(input, &words);
        words
    }
}

/// What is taken or comes first, and the best of the others.
fn leader_and_rival(answer: &Recommendation) -> Option<(&Rated, Option<&Rated>)> {
    let mut left: Vec<&Rated> =
        answer.options.iter().filter(|rated| rated.worth.is_some()).collect();
    left.sort_by(|one, other| other.worth.unwrap_or(0.0).total_cmp(&one.worth.unwrap_or(0.0)));
    let leader = match answer.outcome.choice {
        Some(choice) => answer.options.get(choice)?,
        None => left.first().copied()?,
    };
    Some((leader, left.into_iter().find(|rated| rated.name != leader.name)))
}

/// An option by its sides' titles: `Go (control) + Rust (agent)`.
pub(super) fn option_title(titles: &BTreeMap<SideName, String>, option: &str) -> String {
    let all = option.split(" + ").map(|part| {
        let (name, rest) = part.split_at(part.find(' ').unwrap_or(part.len()));
        let title = name.parse::<SideName>().ok().and_then(|name| titles.get(&name));
        format!("{}{rest}", title.map_or(name, String::as_str))
    });
    all.collect::<Vec<_>>().join(" + ")
}

/// The outcome as a title: `choose Go`.
pub(super) fn outcome_title(outcome: &str, choice: Option<&str>) -> String {
    let choice = choice.unwrap_or_default();
    match outcome {
        "no_option" => "no option is left".to_owned(),
        "by_constraint" => format!("{choice}, by constraint"),
        "either" => format!("either will do; {choice}"),
        "choose" => format!("choose {choice}"),
        "lean" => format!("lean to {choice}, not settled"),
        _ => "not settled".to_owned(),
    }
}

fn outcome(input: &DecisionInput<'_>) -> String {
    let answer = input.recommendation;
    let choice = answer.outcome.choice.map(|choice| titled(input, &answer.options[choice]));
    outcome_title(answer.outcome.kind.name(), choice.as_deref())
}

fn title<'a>(input: &'a DecisionInput<'_>, option: &'a SideName) -> &'a str {
    input.titles.get(option).map_or(option.as_str(), String::as_str)
}

/// `one`, `one and two`, `one, two and three`.
pub(crate) fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

fn summary(input: &DecisionInput<'_>, words: &Words) -> String {
    let answer = input.recommendation;
    let choice = answer.outcome.choice.map(|choice| titled(input, &answer.options[choice]));
    let choice = choice.unwrap_or_default();
    let mut said = match answer.outcome.kind {
        OutcomeKind::NoOption => no_option(words),
        OutcomeKind::ByConstraint => format!(
            "Take {choice}: nothing else meets what must hold. How much anything else matters was \
             not asked.",
        ),
        OutcomeKind::Either => tie::either(input, &choice),
        OutcomeKind::Choose => format!("Take {choice}."),
        OutcomeKind::Lean => lean(input, words, &choice),
        OutcomeKind::NotSettled => not_settled(input),
    };
    let weighed = matches!(
        answer.outcome.kind,
        OutcomeKind::Choose | OutcomeKind::Lean | OutcomeKind::Either
    );
    if weighed {
        said.push_str(&reasons(words));
    }
    let nearly: Vec<String> = answer
        .outcome
        .nearly
        .iter()
        .map(|option| titled(input, &answer.options[*option]))
        .collect();
    if !nearly.is_empty() && matches!(answer.outcome.kind, OutcomeKind::Choose | OutcomeKind::Lean)
    {
        let are = if nearly.len() == 1 { "is" } else { "are" };
        said.push_str(&format!(" {} {are} nearly as good.", listed(&nearly)));
    }
    if weighed && !next::measured(input) {
        said.push_str(" Nothing in this was measured yet.");
    }
    said
}

fn reasons(words: &Words) -> String {
    const MOST: usize = 2;
    let some = |all: &[Difference]| {
        listed(&all.iter().take(MOST).map(|one| one.words.as_str()).collect::<Vec<_>>())
    };
    let Some(rival) = &words.rival else { return String::new() };
    match (words.gains.is_empty(), words.costs.is_empty()) {
        (true, true) => String::new(),
        (false, true) => {
            format!(" Over {rival} it gains {}, and gives up nothing.", some(&words.gains))
        }
        (true, false) => format!(" It gives up {} to {rival}.", some(&words.costs)),
        (false, false) => format!(
            " Over {rival} it gains {}; it gives up {}.",
            some(&words.gains),
            some(&words.costs)
        ),
    }
}

fn no_option(words: &Words) -> String {
    let least =
        words.relax.as_ref().map(|relax| format!(" The least to give up: {}.", relax.words));
    format!(
        "Nothing can be taken: every option fails something that must hold.{}",
        least.unwrap_or_default()
    )
}

fn lean(input: &DecisionInput<'_>, words: &Words, choice: &str) -> String {
    let taken =
        input.recommendation.outcome.choice.map(|choice| &input.recommendation.options[choice]);
    let unproven = taken.is_some_and(|taken| taken.stand == decide::Stand::Unproven);
    let rival = words.rival.as_deref().map(|rival| format!(" than {rival}")).unwrap_or_default();
    match unproven {
        true => format!(
            "Rather {choice}{rival}, if what must hold can be shown of it; nobody knows yet."
        ),
        false => format!("Rather {choice}{rival}, but it is not settled."),
    }
}

fn not_settled(input: &DecisionInput<'_>) -> String {
    let left = input.recommendation.options.iter().filter(|rated| rated.worth.is_some());
    let left: Vec<String> = left.map(|rated| titled(input, rated)).collect();
    let most = next::most(input);
    let told = match most.as_slice() {
        [] => "What matters how much is not clear enough.".to_owned(),
        some => format!("To know more about {} would tell most.", listed(some)),
    };
    let close = input.recommendation.options.iter().filter(|rated| rated.safe >= decide::LEAN);
    let close: Vec<String> = close.map(|rated| titled(input, rated)).collect();
    let who = match (close.len() >= 2, left.as_slice()) {
        (true, _) => {
            format!("{} come out about as good as each other, though not surely", listed(&close))
        }
        (false, [one, other]) => {
            format!("neither {one} nor {other} can be recommended over the other")
        }
        (false, _) => "no option can be recommended over the others".to_owned(),
    };
    format!("On what is known {who}. {told}")
}

/// What the first gains over the second, and what it gives up; the most first.
fn differences(
    input: &DecisionInput<'_>,
    one: &Rated,
    other: &Rated,
) -> (Vec<Difference>, Vec<Difference>) {
    let all = input.decision.criteria.iter().enumerate().filter_map(|(index, criterion)| {
        let by = one.criteria[index].contributes - other.criteria[index].contributes;
        if by.abs() <= WORD {
            return None;
        }
        let (words, reads_alike) = difference(input, criterion, index, one, other);
        let slight = reads_alike && by.abs() < ALIKE;
        (!slight).then_some(Difference { criterion: index, by, words })
    });
    let (mut gains, mut costs): (Vec<_>, Vec<_>) = all.partition(|difference| difference.by > 0.0);
    gains.sort_by(|one, other| other.by.total_cmp(&one.by));
    costs.sort_by(|one, other| one.by.total_cmp(&other.by));
    (gains, costs)
}

/// In words, and whether typical values read alike.
fn difference(
    input: &DecisionInput<'_>,
    criterion: &Criterion,
    index: usize,
    one: &Rated,
    other: &Rated,
) -> (String, bool) {
    let (one, other) = (&one.criteria[index].values, &other.criteria[index].values);
    let components = &input.decision.components;
    let matters = |at: &usize| {
        let apart = (criterion.worth(one[*at].1) - criterion.worth(other[*at].1)).abs();
        components.get(*at).map_or(1.0, |it| it.share * it.relevance_of(&criterion.id)) * apart
    };
    let at =
        (0..one.len()).max_by(|one, other| matters(one).total_cmp(&matters(other))).unwrap_or(0);
    let place =
        match components.get(at).filter(|_| components.len() > 1 && !criterion.counts_parts()) {
            Some(component) => format!(" of {}", component.id),
            None => String::new(),
        };
    let unit = &criterion.unit;
    let (ours, theirs) = (typical(one[at], ""), typical(other[at], ""));
    let with_unit = typical(one[at], unit);
    let alike = ours == theirs;
    let words = match alike {
        true => format!("{}{place} (about {with_unit} either way)", criterion.id),
        false => format!("{}{place} ({with_unit} instead of {theirs})", criterion.id),
    };
    (words, alike)
}

/// A value as exactly as it is known.
pub(crate) fn typical((low, value, high): (f64, f64, f64), unit: &str) -> String {
    if low == high { labelled(value, unit) } else { about(value, unit) }
}

/// What nothing is known of, under options that are not ruled out.
pub(crate) fn unknown_that_matters<'a>(
    input: &'a DecisionInput<'_>,
) -> impl Iterator<Item = &'a (usize, usize, Option<usize>)> {
    let answer = input.recommendation;
    answer.unknown.iter().filter(|(_, option, component)| {
        let taken = |of: &[usize]| match component {
            Some(at) => of.get(*at) == Some(option),
            None => of.contains(option),
        };
        answer.options.iter().any(|rated| rated.worth.is_some() && taken(&rated.of))
    })
}

/// `memory at most 48 MiB, at agent`.
pub(crate) fn requires(decision: &Decision, must: &Must) -> String {
    let unit = |id| decision.criterion(id).map_or("", |criterion| criterion.unit.as_str());
    let what = match &must.requires {
        Requires::Fact { fact, is: true } => fact.to_string(),
        Requires::Fact { fact, is: false } => format!("not {fact}"),
        Requires::AtMost { criterion, limit } => {
            format!("{criterion} at most {}", labelled(*limit, unit(criterion)))
        }
        Requires::AtLeast { criterion, limit } => {
            format!("{criterion} at least {}", labelled(*limit, unit(criterion)))
        }
    };
    match &must.component {
        Some(component) => format!("{what}, at {component}"),
        None => what,
    }
}

/// Of each must: who fails it, and of whom nobody knows.
fn musts(input: &DecisionInput<'_>) -> Vec<String> {
    let (decision, answer) = (input.decision, input.recommendation);
    let told = decision.musts.iter().enumerate().map(|(index, must)| {
        let who = |stand: decide::Stand| {
            let of = answer.options.iter().filter(|rated| rated.musts[index].stand() == stand);
            of.map(|rated| (titled(input, rated), rated.musts[index].value)).collect::<Vec<_>>()
        };
        let unit = must.requires.criterion().and_then(|id| decision.criterion(id));
        let named = |all: Vec<(String, Option<f64>)>| {
            let all = all.into_iter().map(|(title, value)| match (value, unit) {
                (Some(value), Some(criterion)) => {
                    format!("{title} ({})", about(value, &criterion.unit))
                }
                _ => title,
            });
            listed(&all.collect::<Vec<_>>())
        };
        let (out, unproven) = (who(decide::Stand::Out), who(decide::Stand::Unproven));
        let mut said = vec![requires(decision, must)];
        match (out.is_empty(), unproven.is_empty()) {
            (true, true) => said.push("all meet it".to_owned()),
            _ => {
                if !out.is_empty() {
                    said.push(format!("rules out {}", named(out)));
                }
                if !unproven.is_empty() {
                    said.push(format!("not proven of {}", named(unproven)));
                }
            }
        }
        said.join(": ").replacen(": not proven", "; not proven", usize::from(said.len() > 2))
    });
    told.collect()
}

fn relax(input: &DecisionInput<'_>) -> Option<RelaxRow> {
    let (decision, relaxed) = (input.decision, input.recommendation.relax.as_ref()?);
    let returns = &input.recommendation.options[relaxed.returns];
    let each = relaxed.musts.iter().zip(&relaxed.limits).map(|(must, limit)| {
        let must = &decision.musts[*must];
        let criterion = must.requires.criterion().and_then(|id| decision.criterion(id));
        match (limit, criterion) {
            (Some(limit), Some(criterion)) => {
                format!("“{}”, with {} instead", must.id, labelled(*limit, &criterion.unit))
            }
            _ => format!("“{}”", must.id),
        }
    });
    let words =
        format!("{}; then {} would do", listed(&each.collect::<Vec<_>>()), titled(input, returns));
    Some(RelaxRow {
        musts: relaxed.musts.iter().map(|must| decision.musts[*must].id.clone()).collect(),
        limits: relaxed.limits.clone(),
        returns: returns.name.clone(),
        words,
    })
}

/// The boundaries of what is chosen, with what they cost.
fn boundaries(input: &DecisionInput<'_>) -> Vec<String> {
    let (decision, answer) = (input.decision, input.recommendation);
    let Some(chosen) = answer.outcome.choice.map(|choice| &answer.options[choice]) else {
        return Vec::new();
    };
    let told = chosen.boundaries.iter().map(|crossing| {
        let edge = &decision.edges[crossing.edge];
        let head = format!("{} to {} over {}", edge.from, edge.to, edge.over);
        let there = if edge.over.is_there_anyway() { ", there in one language too" } else { "" };
        let costs = match (&edge.cost, crossing.adds) {
            (Some(cost), Some((low, typical, high))) => {
                let unit = decision.criterion(&cost.criterion).map_or("", |of| of.unit.as_str());
                let from = match input.found.of_edge(crossing.edge) {
                    Some(measured) => format!("measured in run {}", measured.run),
                    None => "an estimate, not measured".to_owned(),
                };
                format!(
                    "; crossing it adds {} of {} ({} to {}; {from})",
                    about(typical, unit),
                    cost.criterion,
                    about(low, ""),
                    about(high, "")
                )
            }
            _ if there.is_empty() => "; what crossing it costs is not said".to_owned(),
            _ => String::new(),
        };
        format!("{head}{there}{costs}")
    });
    told.collect()
}

/// `footprint/small-runtime: holds, 2026-11-20`.
fn claims(input: &DecisionInput<'_>) -> BTreeMap<ClaimId, String> {
    let told = input.claims.iter().map(|(id, said)| {
        let verdict = said.verdict.map_or("not run here", |verdict| verdict.name());
        let day = said.day.map(|day| format!(", {day}")).unwrap_or_default();
        (id.clone(), format!("{id}: {verdict}{day}"))
    });
    told.collect()
}

/// `13 weeks (10 to 16)`, of each criterion under each option.
fn values(input: &DecisionInput<'_>) -> Vec<Vec<String>> {
    let of = |rated: &Rated, index: usize| {
        let unit = &input.decision.criteria[index].unit;
        let each = rated.criteria[index].values.iter().enumerate().map(|(at, value)| {
            let text = within(*value, unit);
            match input
                .decision
                .components
                .get(at)
                .filter(|_| rated.criteria[index].values.len() > 1)
            {
                Some(component) => format!("{}: {text}", component.id),
                None => text,
            }
        });
        each.collect::<Vec<_>>().join("; ")
    };
    let criteria = 0..input.decision.criteria.len();
    criteria
        .map(|index| input.recommendation.options.iter().map(|rated| of(rated, index)).collect())
        .collect()
}

/// `13 weeks (10 to 16)`, or without what is the same anyway.
pub(crate) fn within((low, typical, high): (f64, f64, f64), unit: &str) -> String {
    match low == high {
        true => labelled(typical, unit),
        false => format!("{} ({} to {})", about(typical, unit), about(low, ""), about(high, "")),
    }
}
