//! What is known and what is not, and what would tell most.

use std::collections::BTreeMap;

use decide::{Next, OutcomeKind};
use model::decision::{Basis, EvidenceKind};

use super::super::input::DecisionInput;
use super::super::rows::NextRow;
use super::{listed, title};

/// As many as somebody will do.
const MOST: usize = 2;

/// What knowing more would save, with the commands that measure it.
pub(super) fn next(input: &DecisionInput<'_>) -> Vec<NextRow> {
    let decision = input.decision;
    let of = |next: &Next| NextRow {
        criterion: decision.criteria[next.criterion].id.clone(),
        component: (decision.components.len() > 1)
            .then(|| decision.components[next.component].id.clone()),
        saves: (next.saves / input.recommendation.regret).clamp(0.0, 1.0),
        commands: commands(input, next),
    };
    input.recommendation.next.iter().map(of).collect()
}

/// What measures a criterion at a component.
fn commands(input: &DecisionInput<'_>, next: &Next) -> Vec<String> {
    let decision = input.decision;
    let criterion = &decision.criteria[next.criterion];
    let component = &decision.components[next.component];
    let Some(metric) = criterion.metric else { return Vec::new() };
    if let Some(workload) = &component.workload {
        let mut commands = vec![
            format!("evenhand compare --new {workload} ./spike"),
            "(cd spike && evenhand compare)".to_owned(),
        ];
        commands.extend(read_as_own(input, next, workload.as_str()));
        return commands;
    }
    let asked = decision.evidence.iter().enumerate().filter(|(_, known)| {
        known.criterion == criterion.id
            && known.component.as_ref().is_none_or(|at| at == &component.id)
    });
    let mut named: Vec<String> =
        asked.filter_map(|(index, _)| input.commands.get(index).cloned().flatten()).collect();
    named.dedup();
    if named.is_empty() {
        let sides = decision.options.iter().map(|option| format!("--side {option}=./{option}"));
        let sides = sides.collect::<Vec<_>>().join(" ");
        named.push(format!("evenhand compare {sides} --metric {metric} --write"));
    }
    named
}

/// The command that decides with a spike in place of what was taken until then.
fn read_as_own(input: &DecisionInput<'_>, next: &Next, contract: &str) -> Option<String> {
    let decision = input.decision;
    let (criterion, component) =
        (&decision.criteria[next.criterion].id, &decision.components[next.component].id);
    let known = decision.evidence.iter().find(|known| {
        &known.criterion == criterion
            && known.component.as_ref().is_none_or(|at| at == component)
            && matches!(known.basis, Basis::Ratio { .. })
            && known.basis.run().is_some()
    })?;
    let at = known.component.as_ref().map(|at| format!("@{at}")).unwrap_or_default();
    let key = format!("evidence.{criterion}.{}{at}", known.option);
    Some(format!(
        "evenhand decide {} --what-if {key}.kind=own --what-if {key}.run={contract}",
        input.file
    ))
}

/// Whether any of it was measured, or is known.
pub(super) fn measured(input: &DecisionInput<'_>) -> bool {
    let known = |basis: &Basis| basis.kind() == EvidenceKind::Fact;
    input.found.evidence.iter().chain(&input.found.edges).any(Option::is_some)
        || input.decision.evidence.iter().any(|evidence| known(&evidence.basis))
}

/// The criteria of which to know more would tell most.
pub(super) fn most(input: &DecisionInput<'_>) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for next in &input.recommendation.next {
        let name = input.decision.criteria[next.criterion].id.to_string();
        if !named.contains(&name) {
            named.push(name);
        }
    }
    named.truncate(MOST);
    named
}

/// `4 estimates of your own, 2 ratios that others published`.
pub(super) fn evidence(input: &DecisionInput<'_>) -> String {
    let mut kinds: BTreeMap<EvidenceKind, usize> = BTreeMap::new();
    let (mut guesses, mut oldest) = (0, None);
    for (index, known) in input.decision.evidence.iter().enumerate() {
        let measured = input.found.of(index);
        let named = known.basis.run().is_some();
        if named && measured.is_none() {
            guesses += 1;
            continue;
        }
        *kinds.entry(known.basis.kind()).or_default() += 1;
        oldest = oldest.max(measured.map(|measured| measured.age_days));
    }
    let mut said: Vec<String> =
        kinds.into_iter().map(|(kind, count)| counted(count, kind_words(kind))).collect();
    if guesses > 0 {
        said.push(counted(guesses, ("guess in place of a run", "guesses in place of runs")));
    }
    let age = oldest.map(|days| format!("; the oldest run is {days} days old")).unwrap_or_default();
    format!("{}{age}", listed(&said))
}

fn counted(count: usize, (one, several): (&str, &str)) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn kind_words(kind: EvidenceKind) -> (&'static str, &'static str) {
    match kind {
        EvidenceKind::Own => ("value from your own runs", "values from your own runs"),
        EvidenceKind::PackSameKind => {
            ("ratio of programs of this kind", "ratios of programs of this kind")
        }
        EvidenceKind::PackOther => {
            ("ratio of programs of another kind", "ratios of programs of other kinds")
        }
        EvidenceKind::Documented => ("ratio that others published", "ratios that others published"),
        EvidenceKind::Estimate => ("estimate", "estimates"),
        EvidenceKind::Fact => ("known value", "known values"),
    }
}

/// Whether an option is taken by one that is not ruled out.
fn matters(input: &DecisionInput<'_>, option: &model::SideName) -> bool {
    let at = input.decision.options.iter().position(|known| known == option);
    let left = input.recommendation.options.iter().filter(|rated| rated.worth.is_some());
    left.into_iter().any(|rated| at.is_some_and(|at| rated.of.contains(&at)))
}

/// What is not known: nothing at all, a run that is not there, a question nobody could answer.
pub(super) fn unknown(input: &DecisionInput<'_>) -> Vec<String> {
    let decision = input.decision;
    let mut said = Vec::new();
    let unweighed = [OutcomeKind::ByConstraint, OutcomeKind::NoOption];
    if unweighed.contains(&input.recommendation.outcome.kind) {
        return decision.open.iter().map(|question| format!("“{question}”")).collect();
    }
    for (index, known) in decision.evidence.iter().enumerate() {
        let Some(run) = known.basis.run().filter(|_| input.found.of(index).is_none()) else {
            continue;
        };
        if !matters(input, &known.option) {
            continue;
        }
        let until = match &known.basis {
            Basis::Ratio { ratio: Some(_), .. } | Basis::Value { until: Some(_), .. } => {
                "; until then your guess is taken"
            }
            _ => "; until then anything from floor to goal is",
        };
        let place = known.component.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
        let command = input.commands.get(index).cloned().flatten();
        let command = command.map(|command| format!(": `{command}`")).unwrap_or_default();
        said.push(format!(
            "{}{place} with {}: no run “{}” in the store{command}{until}",
            known.criterion,
            title(input, &known.option),
            run.name
        ));
    }
    for (index, edge) in decision.edges.iter().enumerate() {
        let run = edge.cost.as_ref().and_then(|cost| cost.run.as_ref());
        let Some(run) = run.filter(|_| input.found.of_edge(index).is_none()) else { continue };
        said.push(format!(
            "the boundary of {} and {}: no run “{}” in the store: `evenhand compare --contract \
             {}/evenhand.toml`; until then your guess is taken",
            edge.from, edge.to, run.name, run.name
        ));
    }
    for (criterion, option, component) in super::unknown_that_matters(input) {
        let (of, under) = (&decision.criteria[*criterion].id, &decision.options[*option]);
        let place =
            component.map(|at| format!(" of {}", decision.components[at].id)).unwrap_or_default();
        let said_above = decision.evidence.iter().any(|known| {
            &known.criterion == of && &known.option == under && known.basis.run().is_some()
        });
        if !said_above {
            said.push(format!(
                "{of}{place} with {}: nothing, so anything from floor to goal",
                title(input, under)
            ));
        }
    }
    said.extend(decision.open.iter().map(|question| format!("“{question}”")));
    said
}
