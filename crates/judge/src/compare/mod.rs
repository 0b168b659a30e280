//! A comparison of the user's own programs: answers first, then side effects,
//! then metrics, as the contract says.
//!
//! Takes a [`Contract`] and the facts of one run of it; gives a
//! [`CompareJudgement`]. Programs that do not do the same are not compared by
//! their numbers, unless the caller insists. What has to hold is judged by
//! [`crate::guards`].

mod answers;
mod effects;
mod family;
mod judged;
mod metrics;
mod remarks;
mod unpaired;

use model::{Contract, RunFacts};

use crate::self_check;

pub use judged::{
    AnswersJudged, AnswersVerdict, CaseDiffers, CompareJudgement, EffectJudged, EffectVerdict,
    MetricJudged, MetricVerdict, Withheld,
};
pub(crate) use metrics::scale;
pub use unpaired::{Apart, unpaired};

/// Judges what was seen of a contract's sides. With `anyway`, metrics are told
/// also of programs that do not do the same, each marked with the reason.
pub fn compare(contract: &Contract, facts: &RunFacts, anyway: bool) -> CompareJudgement {
    let answers = answers::judge(contract, facts);
    let effects = effects::judge(contract, facts);
    let why = objections(contract, facts, &answers, &effects);
    let withheld = !why.is_empty() && !anyway;
    let rows = match withheld {
        true => Vec::new(),
        false => {
            let marked = (!why.is_empty()).then(|| why.join("; "));
            metrics::judge(contract, facts, marked.as_deref())
        }
    };
    CompareJudgement {
        remarks: remarks::of(contract, facts, &answers, &effects, &rows),
        answers,
        effects,
        metrics: rows.into_iter().filter_map(|row| row.row.ok()).collect(),
        self_check: self_check::of(facts),
        withheld: withheld.then_some(Withheld { why }),
    }
}

/// Why numbers of these programs should not be believed; empty: they may be.
pub(crate) fn why_not(contract: &Contract, facts: &RunFacts) -> Vec<String> {
    let answers = answers::judge(contract, facts);
    objections(contract, facts, &answers, &effects::judge(contract, facts))
}

fn objections(
    contract: &Contract,
    facts: &RunFacts,
    answers: &AnswersJudged,
    effects: &[EffectJudged],
) -> Vec<String> {
    let mut why: Vec<String> = answers::objection(contract, facts, answers).into_iter().collect();
    why.extend(effects::objections(effects));
    why
}
