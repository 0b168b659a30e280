//! What the numbers come to, in one word and a choice.

use model::Decision;
use model::decision::EvidenceKind;

use crate::option::Assignment;
use crate::recommendation::{Outcome, OutcomeKind, Stand};
use crate::utility::Utilities;
use crate::{CHOOSE, LEAN, NEARLY, Terms};

/// Says what it comes to: constraints first, weights only if more than one option is left.
pub(crate) fn outcome(
    decision: &Decision,
    terms: &Terms,
    options: &[Assignment],
    standing: &[Stand],
    utilities: &Utilities,
    may_choose: impl FnOnce(usize) -> bool,
) -> Outcome {
    let left: Vec<usize> =
        (0..options.len()).filter(|option| standing[*option] != Stand::Out).collect();
    match left.as_slice() {
        [] => Outcome::of(OutcomeKind::NoOption),
        [only] if standing[*only] == Stand::In => {
            Outcome::of(OutcomeKind::ByConstraint).choosing(*only)
        }
        [only] => Outcome::of(OutcomeKind::Lean).choosing(*only),
        _ => by_weights(decision, terms, options, standing, utilities, may_choose),
    }
}

fn by_weights(
    decision: &Decision,
    terms: &Terms,
    options: &[Assignment],
    standing: &[Stand],
    utilities: &Utilities,
    may_choose: impl FnOnce(usize) -> bool,
) -> Outcome {
    let ranked = utilities.ranked();
    let safe = |option: usize| utilities.safe(option, terms.delta);
    let proven = |option: &usize| standing[*option] == Stand::In;
    let chosen: Vec<usize> =
        ranked.iter().copied().filter(proven).filter(|option| safe(*option) >= CHOOSE).collect();
    let nearly = |taken: &[usize]| {
        let others = ranked.iter().filter(|option| !taken.contains(option));
        others.copied().filter(|option| safe(*option) >= NEARLY).collect::<Vec<usize>>()
    };
    match chosen.as_slice() {
        [] => {}
        [only] if may_choose(*only) => {
            return Outcome {
                nearly: nearly(&[*only]),
                ..Outcome::of(OutcomeKind::Choose).choosing(*only)
            };
        }
        [_] => {}
        several => {
            let taken = familiar(decision, options, several);
            let either = Outcome::of(OutcomeKind::Either).choosing(taken);
            return Outcome { among: several.to_vec(), nearly: nearly(several), ..either };
        }
    }
    // Where another is as safe, there is nothing to lean to.
    let leaning: Vec<usize> =
        ranked.iter().copied().filter(|option| safe(*option) >= LEAN).collect();
    match (chosen.first().or(ranked.first()), leaning.as_slice()) {
        (Some(first), [only]) if first == only => {
            Outcome { nearly: nearly(&[*only]), ..Outcome::of(OutcomeKind::Lean).choosing(*only) }
        }
        _ => Outcome { nearly: nearly(&[]), ..Outcome::of(OutcomeKind::NotSettled) },
    }
}

/// Whether whatever tells the options apart was published by others: that alone chooses nothing.
pub(crate) fn by_others_alone(decision: &Decision) -> bool {
    let matter = decision.criteria.iter().filter(|criterion| criterion.points > 0.0);
    let mut own = matter.filter(|criterion| {
        let mut known = decision.evidence.iter().filter(|known| known.criterion == criterion.id);
        !criterion.counts_parts()
            && !known.any(|known| known.basis.kind() == EvidenceKind::Documented)
    });
    own.next().is_none()
}

/// Of options that are as good as each other: what is there already, else what
/// its people know, else the one worth most.
fn familiar(decision: &Decision, options: &[Assignment], tied: &[usize]) -> usize {
    let pure = |name: &Option<model::SideName>| {
        let wanted = decision.options.iter().position(|option| Some(option) == name.as_ref())?;
        tied.iter().copied().find(|option| options[*option].only() == Some(wanted))
    };
    pure(&decision.incumbent).or_else(|| pure(&decision.team)).unwrap_or(tied[0])
}
