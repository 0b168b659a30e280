//! What is said while programs are measured.

use lab::{Event, Weighed};
use model::{AnswerOutcome, Answered, RunFacts, Scale};

use crate::keeper::Tells;
use crate::progress::Progress;

/// Tells the first answer that differs, and where the primary metrics stand.
pub(super) struct Live;

impl Tells for Live {
    fn tell(&mut self, event: Event<'_>, _: &RunFacts, progress: &mut Progress) {
        match event {
            Event::Answered(answered) => progress.first(differs(answered)),
            Event::Weighed(stands) => progress.stands(&weighed(&stands)),
            _ => {}
        }
    }
}

/// The first answer that differs, told at once.
fn differs(answered: &Answered) -> Option<String> {
    if answered.outcome == AnswerOutcome::Same {
        return None;
    }
    let told = answered.told.as_deref().unwrap_or_default();
    let first = told.lines().next().unwrap_or_default();
    Some(format!("  case {}: {} {}: {first}", answered.case, answered.side, answered.aspect))
}

/// Where a cell stands: `cpu: b 0.61x of a (0.55 to 0.67), 14 pairs; about 12 s more`.
fn weighed(weighed: &Weighed<'_>) -> String {
    let cell = weighed.cell;
    let metric = cell.metric.name();
    let stands = match (cell.metric.scale(), weighed.estimate) {
        (_, None) => "not known yet".to_owned(),
        (Scale::Ratio, Some(ratio)) => {
            format!("{} {ratio:.3}x of {}{}", cell.numerator, cell.denominator, ends(weighed))
        }
        (Scale::Difference, Some(d)) => {
            format!("{} {d:+.3} against {}{}", cell.numerator, cell.denominator, ends(weighed))
        }
    };
    format!("{metric}: {stands}, {} pairs; {}", weighed.pairs, time_left(weighed))
}

fn ends(weighed: &Weighed<'_>) -> String {
    match (weighed.low, weighed.high) {
        (Some(low), Some(high)) => format!(" ({low:.3} to {high:.3})"),
        _ => String::new(),
    }
}

fn time_left(weighed: &Weighed<'_>) -> String {
    let budget = weighed.budget_left.as_secs();
    match weighed.left {
        Some(left) if left.is_zero() => "decided".to_owned(),
        Some(left) if left <= weighed.budget_left => {
            format!("about {} s to a verdict", left.as_secs().max(1))
        }
        Some(left) => {
            format!("a verdict would take {} s, {budget} s are left", left.as_secs())
        }
        None => format!("at most {budget} s more"),
    }
}
