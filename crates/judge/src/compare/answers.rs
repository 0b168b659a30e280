//! Whether every side gives the first side's answers, in runs made for that
//! and in those that are timed.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Activity, AnswerOutcome, Answered, Aspect, CaseId, Contract, RunFacts, Series, SideName, Trial,
    TrialStatus,
};
use stats::{ALPHA, sign};

use super::judged::{AnswersJudged, AnswersVerdict, CaseDiffers};

pub(super) fn judge(contract: &Contract, facts: &RunFacts) -> AnswersJudged {
    let unlike: Vec<&Answered> =
        facts.answers.iter().filter(|one| one.outcome != AnswerOutcome::Same).collect();
    let allowance = |case: &CaseId| contract.allowed(case.as_str());
    let (mut by_case, mut allowed) = (Vec::new(), Vec::<(CaseId, String)>::new());
    for one in in_order_of_cases(contract, unlike) {
        match allowance(&one.case) {
            Some(_) if allowed.iter().any(|(case, _)| case == &one.case) => {}
            Some(allowance) => allowed.push((one.case.clone(), allowance.reason.clone())),
            None => by_case.push(differs(one)),
        }
    }
    let differing: BTreeSet<_> = by_case.iter().map(|one| one.case.clone()).collect();
    let differing = differing.len() as u32;
    by_case.extend(failing(contract, facts));
    let verdict = match (silent(contract, facts), by_case.is_empty(), allowed.is_empty()) {
        // A reason was given for every case there is: nothing is left to ask.
        (Some(_), true, false) => AnswersVerdict::Allowed,
        (Some(_), ..) => AnswersVerdict::NotComparable,
        (None, false, _) => AnswersVerdict::Differ,
        (None, true, false) => AnswersVerdict::Allowed,
        (None, true, true) => AnswersVerdict::Same,
    };
    let cases: BTreeSet<&CaseId> = facts.answers.iter().map(|one| &one.case).collect();
    AnswersJudged {
        verdict,
        cases: cases.len() as u32,
        differing,
        first: by_case.first().cloned(),
        by_case,
        allowed,
    }
}

/// Why nothing may be told, in a line; `None`: the answers let it pass.
pub(super) fn objection(
    contract: &Contract,
    facts: &RunFacts,
    judged: &AnswersJudged,
) -> Option<String> {
    match judged.verdict {
        AnswersVerdict::Same | AnswersVerdict::Allowed => None,
        AnswersVerdict::NotComparable => Some(match silent(contract, facts) {
            Some(Silent::Side(side)) => format!("{side} gave no answer to any case"),
            Some(Silent::All) | None => "no answers were compared".to_owned(),
        }),
        AnswersVerdict::Differ => judged.first.as_ref().map(|first| match &first.case {
            Some(case) if judged.differing > 0 => {
                let of = format!("{} of {} cases", judged.differing, judged.cases);
                format!(
                    "answers differ in {of}, first in {case}: {} of {}",
                    first.aspect, first.side
                )
            }
            _ => first.told.clone(),
        }),
    }
}

/// Who gave no answer at all.
enum Silent<'a> {
    /// One side.
    Side(&'a SideName),
    /// Nothing was compared.
    All,
}

fn silent<'a>(contract: &'a Contract, facts: &RunFacts) -> Option<Silent<'a>> {
    if facts.answers.is_empty() {
        return Some(Silent::All);
    }
    contract.sides.iter().enumerate().find_map(|(index, side)| {
        let mut own = facts.answers.iter().filter(|one| one.side == side.name).peekable();
        // The others' answers were compared with the first side's, told or not.
        let told = index > 0 || own.peek().is_some();
        let none = own.all(|one| one.outcome == AnswerOutcome::Missing);
        (told && none).then_some(Silent::Side(&side.name))
    })
}

fn in_order_of_cases<'a>(contract: &Contract, mut answers: Vec<&'a Answered>) -> Vec<&'a Answered> {
    let place = |id: &CaseId| contract.cases.iter().position(|case| &case.id == id);
    answers.sort_by_key(|one| place(&one.case).unwrap_or(usize::MAX));
    answers
}

fn differs(one: &Answered) -> CaseDiffers {
    let told = one.told.clone().unwrap_or_else(|| match one.outcome {
        AnswerOutcome::Missing => format!("no {} to compare", one.aspect),
        AnswerOutcome::Differs | AnswerOutcome::Same => format!("another {}", one.aspect),
    });
    CaseDiffers { case: Some(one.case.clone()), side: one.side.clone(), aspect: one.aspect, told }
}

/// A block's trials of two sides, the first side's at the front.
type Met<'a> = (Option<&'a Trial>, Option<&'a Trial>);

/// Sides whose timed runs fail more often than the first's, or the first if its
/// fail more often than another's: by the sign e-process over the blocks in
/// which one of the two failed, whatever was looked at in them.
fn failing(contract: &Contract, facts: &RunFacts) -> Vec<CaseDiffers> {
    let Some((first, others)) = contract.sides.split_first() else { return Vec::new() };
    let mut found: Vec<CaseDiffers> = Vec::new();
    for other in others {
        let met = met(contract, facts, (&first.name, &other.name));
        let alone =
            |a: bool, b: bool| met.iter().filter(|(x, y)| failed(x) == a && failed(y) == b).count();
        let (first_alone, other_alone) = (alone(true, false), alone(false, true));
        if sign::ln_e(first_alone + other_alone, other_alone) < -ALPHA.ln() {
            continue;
        }
        let (side, than) = match other_alone > first_alone {
            true => (&other.name, &first.name),
            false => (&first.name, &other.name),
        };
        if found.iter().all(|known| &known.side != side) {
            found.extend(more_often(side, than, &met));
        }
    }
    found
}

fn failed(trial: &Trial) -> bool {
    matches!(trial.status, TrialStatus::Crashed | TrialStatus::WrongAnswer)
}

fn more_often(side: &SideName, than: &SideName, met: &[(&Trial, &Trial)]) -> Option<CaseDiffers> {
    let of = |side: &SideName| -> Vec<&Trial> {
        let own = met.iter().flat_map(|(a, b)| [*a, *b]).filter(|trial| &trial.side == side);
        own.filter(|trial| failed(trial)).collect()
    };
    let (own, others) = (of(side), of(than));
    let one = own.first()?;
    let why = one.detail.as_deref().unwrap_or("no reason was recorded");
    let runs = met.len();
    Some(CaseDiffers {
        case: one.series.case.clone(),
        side: side.clone(),
        aspect: match one.status {
            TrialStatus::WrongAnswer => Aspect::Output,
            _ => Aspect::Exit,
        },
        told: format!(
            "{side} failed in {} of {runs} runs, {than} in {}; the first: {why}",
            own.len(),
            others.len()
        ),
    })
}

/// The blocks in which both sides ran their program, but for cases that may differ.
fn met<'a>(
    contract: &Contract,
    facts: &'a RunFacts,
    (first, other): (&SideName, &SideName),
) -> Vec<(&'a Trial, &'a Trial)> {
    let mut blocks: BTreeMap<(&Series, u32), Met<'_>> = BTreeMap::new();
    let ran = |trial: &&Trial| {
        let run = matches!(
            trial.series.activity,
            Activity::Run | Activity::Memory | Activity::Instructions
        );
        run && trial.replica == 0 && !may_differ(contract, &trial.series)
    };
    for trial in facts.trials.iter().filter(ran) {
        let block = blocks.entry((&trial.series, trial.block)).or_default();
        if &trial.side == first {
            block.0 = Some(trial);
        } else if &trial.side == other {
            block.1 = Some(trial);
        }
    }
    blocks.into_values().filter_map(|(a, b)| Some((a?, b?))).collect()
}

fn may_differ(contract: &Contract, series: &Series) -> bool {
    let cases = contract.cases_of(series);
    !cases.is_empty() && cases.iter().all(|case| contract.allowed(case.id.as_str()).is_some())
}
