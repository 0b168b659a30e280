//! Sentences that are put into numbers: what `decide` makes of the presets and
//! scenarios that they name.

use decide::{Terms, decide};
use judge::Judgement;
use model::decision::{Found, Scenario};
use model::{Comparison, Verdict};
use report::decision::illustration;

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
    let answer = decide(&scenario.decision, &Found::default(), &Terms::default());
    let titles = comparison.sides.iter().map(|side| (side.name.clone(), side.title.clone()));
    illustration(scenario, &answer, &titles.collect())
}
