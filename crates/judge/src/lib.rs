//! Evidence to verdicts: pure and total.
//!
//! Takes a [`model::Comparison`], the facts of one run and the day on which
//! ages are judged; gives a [`Judgement`]. Of the user's own programs the same
//! is done by [`compare()`] and [`guards`]. Estimates are made by `stats`;
//! nothing is stored, printed or measured here.

mod age;
mod all;
mod attempt;
mod cell;
mod check;
mod claim;
mod compare;
mod count;
mod defect;
mod fact;
mod guard;
mod judgement;
mod lineup;
mod lint;
mod processors;
mod rule;
mod self_check;
mod slope;
mod step;
mod taken;
mod text;
mod wording;

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{
    Claim, ClaimId, ClaimKind, Comparison, Experiment, Note, NoteKind, RunFacts, SideName,
    Standing, Trial, TrialStatus, Verdict, WorkloadId,
};

pub use compare::{
    AnswersJudged, AnswersVerdict, Apart, CaseDiffers, CompareJudgement, EffectJudged,
    EffectVerdict, MetricJudged, MetricVerdict, Withheld, compare, unpaired,
};
pub use defect::{
    ClassFound, Ending, GateCost, JudgedDefect, JudgedProgram, NamedClasses, Shows, Skipped,
    TestSeen, ToolSaid, Word, class_wording, defects, gate_costs,
};
pub use guard::{GuardJudged, GuardVerdict, RecordedRatio, base_guards, confirm, guards};
pub use judgement::{
    Coverage, Evidence, Finding, JudgedAttempt, JudgedClaim, Judgement, SelfCheck, Subject,
};
pub use lineup::{LinedUp, Lineup};
pub use taken::taken;

/// Judges the claims of a run's plan by what was seen, as of a day; if any are
/// `wanted`, those and no others, whether the run has them or not.
pub fn judge(
    comparison: &Comparison,
    facts: &RunFacts,
    wanted: &[ClaimId],
    as_of: Date,
) -> Judgement {
    let cells = claim::JudgedCells::of(facts);
    let claims: Vec<JudgedClaim> = comparison
        .claims
        .iter()
        .filter(|claim| match wanted {
            [] => facts.run.plan.claims.contains(&claim.id),
            wanted => wanted.contains(&claim.id),
        })
        .map(|claim| claim::judge(comparison, claim, facts, &cells, as_of))
        .collect();
    Judgement {
        coverage: coverage(comparison, &claims),
        self_check: self_check::of(facts),
        lineups: lineup::of(comparison, facts),
        defects: defects(comparison, &facts.caught, &facts.run.plan.defects),
        gate_costs: gate_costs(comparison, &facts.caught),
        remarks: remarks(comparison, facts, as_of),
        claims,
        as_of,
    }
}

/// The interval of a rate: Wilson's, for `shown` of `runs`.
pub fn rate_interval(shown: u32, runs: u32, level: f64) -> (f64, f64) {
    stats::proportion::wilson(u64::from(shown), u64::from(runs), level)
}

/// The checks or steps of a probe or drill by themselves, whatever claim
/// stands on them; without facts, what would be tried.
pub fn attempts(
    comparison: &Comparison,
    facts: Option<&RunFacts>,
    experiment: &Experiment,
) -> Vec<JudgedAttempt> {
    attempt::by_themselves(comparison, experiment, facts)
}

/// The claims without any judgement; empty `wanted`: all.
pub fn list(comparison: &Comparison, wanted: &[ClaimId], as_of: Date) -> Judgement {
    let claims: Vec<JudgedClaim> = comparison
        .claims
        .iter()
        .filter(|claim| wanted.is_empty() || wanted.contains(&claim.id))
        .map(unjudged)
        .collect();
    Judgement {
        coverage: coverage(comparison, &claims),
        claims,
        self_check: Vec::new(),
        lineups: Vec::new(),
        defects: Vec::new(),
        gate_costs: Vec::new(),
        remarks: Vec::new(),
        as_of,
    }
}

fn unjudged(claim: &Claim) -> JudgedClaim {
    JudgedClaim {
        id: claim.id.clone(),
        verdict: None,
        reason: claim.not_yet.clone().unwrap_or_default(),
        conditions: Vec::new(),
        experiments: claim.experiments(),
        evidence: Vec::new(),
        attempts: Vec::new(),
        classes: Vec::new(),
    }
}

fn coverage(comparison: &Comparison, claims: &[JudgedClaim]) -> Coverage {
    let mut coverage = Coverage { claims: claims.len() as u32, ..Coverage::default() };
    for judged in claims {
        let Some(claim) = comparison.claim(&judged.id) else { continue };
        coverage.contested += u32::from(claim.standing == Standing::Contested);
        match (claim.kind, judged.verdict) {
            (ClaimKind::Documented, _) => coverage.documented += 1,
            (ClaimKind::Judgement, _) => coverage.judgement += 1,
            (_, None | Some(Verdict::NotRun | Verdict::NotComparable)) => coverage.not_run += 1,
            (_, Some(_)) => coverage.run += 1,
        }
    }
    coverage
}

/// What a reader should know beside the verdicts.
fn remarks(comparison: &Comparison, facts: &RunFacts, as_of: Date) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    if facts.run.pack_hash != comparison.hash {
        remarks.push(
            "these facts were collected with another edition of the pack; claims whose cells \
             have changed since are not run"
                .to_owned(),
        );
    }
    for note in facts.notes.iter().filter(|note| !is_overcome(note, facts)) {
        let workload = note.workload.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
        remarks.push(format!("{workload}{}", cell::blame(note)));
    }
    remarks.extend(failures(facts));
    for source in comparison.sources.values() {
        if let Some(days) = claim::overdue(source, as_of) {
            remarks.push(format!(
                "{} was last compared with our text {days} days ago, which is too long",
                source.title
            ));
        }
    }
    remarks
}

/// What went wrong in trials of a program, whether or not their pairs were needed.
fn failures(facts: &RunFacts) -> Vec<String> {
    let mut programs: BTreeMap<(&WorkloadId, &SideName), Vec<&Trial>> = BTreeMap::new();
    for trial in &facts.trials {
        programs.entry((&trial.series.workload, &trial.side)).or_default().push(trial);
    }
    let told = |((workload, side), trials): ((&WorkloadId, &SideName), Vec<&Trial>)| {
        let failed = trials.iter().filter(|trial| trial.status != TrialStatus::Done);
        let (count, first) = (failed.clone().count(), failed.min_by_key(|trial| trial.started)?);
        let why = match (first.status, &first.detail) {
            (TrialStatus::TimedOut, _) => "still running at its deadline",
            (_, Some(detail)) => detail,
            (_, None) => "no reason was recorded",
        };
        let of = trials.len();
        Some(format!("{workload}: {side}: {count} of {of} trials failed, the first: {why}"))
    };
    programs.into_iter().filter_map(told).collect()
}

/// Whether what a note says was in the way is not any more: a run that was gone
/// on with may have had what its first part lacked.
fn is_overcome(note: &Note, facts: &RunFacts) -> bool {
    let (Some(workload), Some(side)) = (&note.workload, &note.side) else { return false };
    matches!(note.kind, NoteKind::Need | NoteKind::BuildFailed | NoteKind::CaseFailed)
        && facts.trials.iter().any(|trial| {
            &trial.series.workload == workload
                && &trial.side == side
                && note.profile.is_none_or(|profile| profile == trial.series.profile)
        })
}
