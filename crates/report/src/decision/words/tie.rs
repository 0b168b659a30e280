//! Options that are as good as each other.

use decide::{Rated, Recommendation};
use model::SideName;

use super::super::document::titled;
use super::super::input::DecisionInput;
use super::{WORD, listed};

pub(super) fn either(input: &DecisionInput<'_>, choice: &str) -> String {
    let (decision, answer) = (input.decision, input.recommendation);
    let tied: Vec<String> =
        answer.outcome.among.iter().map(|option| titled(input, &answer.options[*option])).collect();
    let taken = answer.outcome.choice.map(|choice| &answer.options[choice]);
    let is = |option: &Option<SideName>| {
        taken.is_some_and(|taken| {
            option.as_ref().is_some_and(|option| option.as_str() == taken.name)
        })
    };
    let why = match () {
        () if is(&decision.incumbent) => "which is there already",
        () if is(&decision.team) => "which your people know best",
        () if taken.is_some_and(|taken| ahead(answer, taken) > WORD) => {
            "which comes out a little ahead"
        }
        () => "though only because one has to be named",
    };
    format!("{} are as good as each other for this. Take {choice}, {why}.", listed(&tied))
}

/// By how much an option is worth more than the others that are as good.
fn ahead(answer: &Recommendation, taken: &Rated) -> f64 {
    let tied = answer.outcome.among.iter().map(|option| &answer.options[*option]);
    let others = tied.filter(|other| other.name != taken.name).filter_map(|other| other.worth);
    taken.worth.unwrap_or(0.0) - others.fold(0.0, f64::max)
}
