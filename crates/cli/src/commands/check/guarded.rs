//! Guards judged on evidence, fresh or stored, with a second set where the
//! first shows a failure.

use jiff::Timestamp;
use judge::CompareJudgement;
use judge::{AnswersVerdict, EffectVerdict};
use judge::{GuardJudged, GuardVerdict, RecordedRatio};
use model::{Environment, RunFacts};
use report::check::{CheckDocument, CheckInput, CheckPart, EvidenceFrom};
use report::compare::CompareDocument;

use ::pack::lock::Lock;

use super::evidence::{self, Evidence};
use crate::arguments::check::CheckArguments;
use crate::contest::{Begin, Contest, Seen, VERSION};
use crate::failure::{Exit, Failure};
use crate::{commands, conceal};

/// Pairs below which nothing can be rejected (docs/methodology.md).
const FEWEST_PAIRS: u32 = 7;

/// What came of a contract's guards.
pub(super) struct Guarded {
    /// The contract's name, and with a base the side's.
    pub(super) name: String,
    pub(super) judged: CompareJudgement,
    pub(super) compared: CompareDocument,
    pub(super) guards: Vec<GuardJudged>,
    pub(super) evidence: EvidenceFrom,
    /// Whether a failure was looked for in a second set.
    pub(super) second: bool,
    pub(super) interrupted: bool,
}

/// Guards on stored evidence; what fails there is measured afresh, unless
/// nothing may be measured.
pub(super) fn of_stored(
    contest: &Contest<'_>,
    arguments: &CheckArguments,
    lock: &Lock,
    found: Evidence,
) -> Result<Guarded, Failure> {
    let age_seconds = found.age_seconds;
    let first = judged(contest, lock, found.facts, EvidenceFrom::Stored { age_seconds });
    if arguments.from_store {
        return Ok(first);
    }
    let too_few = |guard: &GuardJudged| {
        guard.verdict == GuardVerdict::Inconclusive && guard.pairs < FEWEST_PAIRS
    };
    if first.guards.iter().any(too_few) {
        return of_fresh(contest, arguments, lock);
    }
    confirmed(contest, arguments, lock, first)
}

/// Guards on what is measured now.
pub(super) fn of_fresh(
    contest: &Contest<'_>,
    arguments: &CheckArguments,
    lock: &Lock,
) -> Result<Guarded, Failure> {
    let begin = if arguments.fresh { Begin::Afresh } else { Begin::Resuming };
    let Seen { facts, interrupted } = contest.run(arguments.seed, begin)?;
    let first = Guarded { interrupted, ..judged(contest, lock, facts, EvidenceFrom::Fresh) };
    confirmed(contest, arguments, lock, first)
}

/// A contract for which there is nothing young enough.
pub(super) fn expired(contest: &Contest<'_>, now: Timestamp) -> Result<Guarded, Failure> {
    let facts = RunFacts::of(evidence::nothing(contest, now)?);
    let nothing =
        judged(contest, &Lock::of(contest.contract, Vec::new()), facts, EvidenceFrom::Expired);
    let guards = nothing
        .guards
        .into_iter()
        .map(|judged| GuardJudged {
            verdict: GuardVerdict::NotJudged,
            why: "no evidence of these programs on this kind of machine is young enough; \
                  leave --from-store away to measure"
                .to_owned(),
            ..judged
        })
        .collect();
    Ok(Guarded { guards, ..nothing })
}

fn judged(contest: &Contest<'_>, lock: &Lock, facts: RunFacts, evidence: EvidenceFrom) -> Guarded {
    let (recorded, known) = recorded(lock, &facts.run.environment);
    let judged = judge::compare(contest.contract, &facts, false);
    Guarded {
        name: contest.contract.name.to_string(),
        compared: commands::compare::document(contest.contract, &facts, &judged, ""),
        judged,
        guards: judge::guards(contest.contract, &facts, &recorded, known),
        evidence,
        second: false,
        interrupted: false,
    }
}

/// A second, fresh set of pairs where the first shows a failure.
fn confirmed(
    contest: &Contest<'_>,
    arguments: &CheckArguments,
    lock: &Lock,
    first: Guarded,
) -> Result<Guarded, Failure> {
    let fails = first.guards.iter().any(|guard| guard.verdict == GuardVerdict::Fails);
    if !fails || first.interrupted {
        return Ok(first);
    }
    // Another order than the first set's, and still one that a seed repeats.
    let seed = arguments.seed.map(|seed| seed.wrapping_add(1));
    let Seen { facts, interrupted } = contest.run(seed, Begin::Afresh)?;
    let again = judged(contest, lock, facts, EvidenceFrom::Fresh);
    let guards = first
        .guards
        .iter()
        .zip(&again.guards)
        .map(|(first, second)| judge::confirm(first, second))
        .collect();
    let Guarded { judged, compared, .. } = again;
    Ok(Guarded { guards, second: true, interrupted, judged, compared, ..first })
}

/// What was recorded on this kind of machine, and whether it was seen at all.
fn recorded(lock: &Lock, environment: &Environment) -> (Vec<RecordedRatio>, bool) {
    let here = evidence::class(environment);
    let ours: Vec<RecordedRatio> = lock
        .recorded_on(&here)
        .map(|recorded| RecordedRatio {
            guard: recorded.guard.clone(),
            ratio: recorded.ratio,
            low: recorded.low,
            high: recorded.high,
        })
        .collect();
    (ours, lock.knows(&here))
}

/// The exit of everything that was checked: the worst.
pub(super) fn exit(arguments: &CheckArguments, all: &[Guarded]) -> Exit {
    let verdicts = || all.iter().flat_map(|one| &one.guards).map(|guard| guard.verdict);
    let unsettled =
        |verdict| matches!(verdict, GuardVerdict::Inconclusive | GuardVerdict::NotJudged);
    match () {
        () if all.iter().any(|one| one.interrupted) => Exit::Interrupted,
        () if all.iter().any(Guarded::disagrees) => Exit::Disagree,
        () if verdicts().any(|verdict| verdict == GuardVerdict::Fails) => Exit::Unexpected,
        () if all.iter().any(|one| one.evidence == EvidenceFrom::Expired) => Exit::Expired,
        () if arguments.strict && verdicts().any(unsettled) => Exit::NothingMeasured,
        () => Exit::Done,
    }
}

impl Guarded {
    fn part(&self) -> CheckPart<'_> {
        CheckPart {
            name: &self.name,
            compared: &self.compared,
            guards: &self.guards,
            evidence: self.evidence,
            second_set: self.second,
            interrupted: self.interrupted,
        }
    }

    fn disagrees(&self) -> bool {
        let answers = self.judged.answers.verdict;
        let unlike = |verdict| verdict == EffectVerdict::Differs;
        self.evidence != EvidenceFrom::Expired
            && (matches!(answers, AnswersVerdict::Differ | AnswersVerdict::NotComparable)
                || self.judged.effects.iter().any(|effect| unlike(effect.verdict)))
    }
}

/// What was checked, as it is shown.
pub(super) fn document(arguments: &CheckArguments, all: &[Guarded], exit: Exit) -> CheckDocument {
    let parts: Vec<CheckPart<'_>> = all.iter().map(Guarded::part).collect();
    CheckDocument::new(&CheckInput {
        parts: &parts,
        base: arguments.base.as_deref(),
        exit: exit as u8,
        version: VERSION,
        command: &commands::as_given(),
        conceal: &conceal::words(),
    })
}
