//! A program that has one processor or none to itself shows little of its tail
//! and of the most it can do: what is seen there is a condition, not a verdict.

use model::service::{FEWEST_FOR_A_TAIL, processors_for_server};
use model::{Comparison, RunFacts, Verdict};

use crate::judgement::{Evidence, Subject};

/// The verdict as far as the machine allows it, and the condition if it was cut.
pub(crate) fn at_most(
    verdict: Verdict,
    comparison: &Comparison,
    rows: &[Evidence],
    facts: &RunFacts,
) -> (Verdict, Option<String>) {
    let settled = matches!(verdict, Verdict::Holds | Verdict::DoesNotHold | Verdict::NoDifference);
    let needs = |row: &Evidence| match &row.subject {
        Subject::Metric(metric) | Subject::Slope { metric, .. } => metric.needs_processors(),
        Subject::Fact { .. } => false,
    };
    let of_machine = processors_for_server(facts.run.environment.machine.cores);
    let had = rows.iter().filter(|row| needs(row));
    let had =
        had.map(|row| limited(comparison, row).map_or(of_machine, |most| most.min(of_machine)));
    let Some(had) = had.min().filter(|had| settled && *had < FEWEST_FOR_A_TAIL) else {
        return (verdict, None);
    };
    let why = format!(
        "seen with {had} processor for the program, beside that of the generator; a tail or a capacity \
         is settled with {FEWEST_FOR_A_TAIL} or more"
    );
    (Verdict::Depends, Some(why))
}

/// Whole processors of a case that is limited from outside.
fn limited(comparison: &Comparison, row: &Evidence) -> Option<u32> {
    let workload = comparison.workloads.get(&row.workload)?;
    let case = workload.cases.iter().find(|case| Some(&case.id) == row.case.as_ref())?;
    let share = case.drive.as_ref()?.processors?;
    Some(share.ceil().max(1.0) as u32)
}
