//! A program that has one processor or none to itself shows little of its tail
//! and of the most it can do: what is seen there is a condition, not a verdict.

use model::service::{FEWEST_FOR_A_TAIL, processors_for_server};
use model::{RunFacts, Verdict};

use crate::judgement::{Evidence, Subject};

/// The verdict as far as the machine allows it, and the condition if it was cut.
pub(crate) fn at_most(
    verdict: Verdict,
    rows: &[Evidence],
    facts: &RunFacts,
) -> (Verdict, Option<String>) {
    let settled = matches!(verdict, Verdict::Holds | Verdict::DoesNotHold | Verdict::NoDifference);
    let needs = |row: &Evidence| match &row.subject {
        Subject::Metric(metric) | Subject::Slope { metric, .. } => metric.needs_processors(),
        Subject::Fact { .. } => false,
    };
    let had = processors_for_server(facts.run.environment.machine.cores);
    if !settled || had >= FEWEST_FOR_A_TAIL || !rows.iter().any(needs) {
        return (verdict, None);
    }
    let why = format!(
        "seen with {had} processor for the program, beside that of the generator; a tail or a capacity \
         is settled with {FEWEST_FOR_A_TAIL} or more"
    );
    (Verdict::Depends, Some(why))
}
