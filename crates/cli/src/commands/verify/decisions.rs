//! Sentences that are put into numbers: what `decide` makes of the presets and
//! scenarios that they name.

use decide::{Terms, decide};
use judge::Judgement;
use model::decision::{Found, Scenario};
use model::{Comparison, Verdict};

/// The judgement with what comes of each decision that a claim names: in the
/// reason of what only the reader can judge, beside the evidence of the rest.
pub(super) fn illustrated(comparison: &Comparison, judgement: &Judgement) -> Judgement {
    let mut judgement = judgement.clone();
    for judged in &mut judgement.claims {
        let Some(claim) = comparison.claim(&judged.id) else { continue };
        let named = claim.decisions.iter().filter_map(|name| comparison.decisions.get(name));
        let said = named.map(|scenario| told(comparison, scenario));
        match judged.verdict {
            None => {}
            Some(Verdict::Judgement) => said.for_each(|said| judged.reason += &format!("; {said}")),
            Some(_) => judged.conditions.extend(said),
        }
    }
    judgement
}

/// Without the store: the same for every reader.
fn told(comparison: &Comparison, scenario: &Scenario) -> String {
    let decision = &scenario.decision;
    let answer = decide(decision, &Found::default(), &Terms::default());
    let titled = |name: &str| {
        let parts = name.split(" + ").map(|part| {
            let (name, rest) = part.split_at(part.find(' ').unwrap_or(part.len()));
            let side = comparison.sides.iter().find(|side| side.name.as_str() == name);
            format!("{}{rest}", side.map_or(name, |side| side.title.as_str()))
        });
        parts.collect::<Vec<_>>().join(" + ")
    };
    let choice = answer.outcome.choice.map(|choice| titled(&answer.options[choice].name));
    let outcome = report::decision::outcome_title(answer.outcome.kind.name(), choice.as_deref());
    let turns = answer.weight_flips.first().map(|flip| {
        let of = &decision.criteria[flip.criterion].id;
        let to = titled(&answer.options[flip.to].name);
        format!("; {to} if {of} had {:.0} points instead of {:.0}", flip.at, flip.stated)
    });
    format!(
        "put into numbers of our own ({}): {outcome}{}; yours go into `evenhand decide`",
        scenario.title,
        turns.unwrap_or_default()
    )
}
