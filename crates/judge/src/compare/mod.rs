//! A comparison of the user's own programs: answers first, then side effects,
//! then metrics, as the contract says.
//!
//! Takes a [`Contract`] and the facts of one run of it; gives a
//! [`CompareJudgement`]. Programs that do not do the same are not compared by
//! their numbers, unless the caller insists. What has to hold is judged in
//! [`crate::guard`].

mod judged;

use model::{Contract, RunFacts};

pub use judged::{
    AnswersJudged, AnswersVerdict, CaseDiffers, CompareJudgement, EffectJudged, EffectVerdict,
    MetricJudged, MetricVerdict, Withheld,
};

/// Judges what was seen of a contract's sides. With `anyway`, metrics are told
/// also of programs that do not do the same, each marked with the reason.
pub fn compare(_contract: &Contract, facts: &RunFacts, _anyway: bool) -> CompareJudgement {
    CompareJudgement {
        answers: AnswersJudged {
            verdict: AnswersVerdict::NotComparable,
            cases: 0,
            differing: 0,
            first: None,
            by_case: Vec::new(),
            allowed: Vec::new(),
        },
        effects: Vec::new(),
        metrics: Vec::new(),
        self_check: crate::self_check::of(facts),
        withheld: None,
        remarks: Vec::new(),
    }
}
