//! What a decision of a comparison's own comes to, said beside a claim.

use std::collections::BTreeMap;

use decide::Recommendation;
use model::SideName;
use model::decision::Scenario;

use super::words::{option_title, outcome_title};

/// One sentence: what came of the scenario's numbers, and the first weight that would turn it.
#[must_use]
pub fn illustration(
    scenario: &Scenario,
    answer: &Recommendation,
    titles: &BTreeMap<SideName, String>,
) -> String {
    let title_of = |option: usize| option_title(titles, &answer.options[option].name);
    let choice = answer.outcome.choice.map(title_of);
    let outcome = outcome_title(answer.outcome.kind.name(), choice.as_deref());
    let turns = answer.weight_flips.first().map(|flip| {
        let (of, to) = (&scenario.decision.criteria[flip.criterion].id, title_of(flip.to));
        format!("; {to} if {of} had {:.0} points instead of {:.0}", flip.at, flip.stated)
    });
    format!(
        "put into numbers of our own ({}): {outcome}{}; yours go into `evenhand decide`",
        scenario.title,
        turns.unwrap_or_default()
    )
}
