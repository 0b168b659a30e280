//! Same answers before any number: every case is run on every side and the
//! answers are compared; what was agreed on is checked again in each timed run.

use std::collections::BTreeMap;
use std::path::Path;

use agree::{Agreement, Answer, Rule};
use launch::{Bytes, LaunchError, Launcher};
use model::{Activity, AnswerRule, Case, CaseId, Profile, SideName, TrialStatus, Workload};

use crate::trial::Running;

/// Longest answer that is compared.
const MOST_OUTPUT: Bytes = Bytes::mib(64);

/// What every right answer looks like, by case.
#[derive(Debug, Default)]
pub(crate) struct Agreed {
    fingerprints: BTreeMap<CaseId, [u8; 32]>,
}

/// Something that a side's program left behind and that was ended.
#[derive(Debug)]
pub(crate) struct Contained {
    pub(crate) side: SideName,
    pub(crate) profile: Profile,
    pub(crate) text: String,
}

/// Why a workload is not measured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Disagreement {
    /// Two sides give different answers.
    #[error("case {case}: {difference}")]
    Differ { case: CaseId, difference: String },
    /// A side does not get as far as an answer.
    #[error("case {case}, {side}: {detail}")]
    Failed { case: CaseId, side: SideName, detail: String },
    #[error(transparent)]
    Launch(#[from] LaunchError),
    #[error("the answer to case {case} cannot be read back: {reason}")]
    Io { case: CaseId, reason: std::io::Error },
}

fn rule(rule: AnswerRule) -> Rule {
    match rule {
        AnswerRule::Bytes => Rule::Bytes,
        AnswerRule::SortedLines => Rule::SortedLines,
        AnswerRule::Json => Rule::Json,
    }
}

/// One side's program, to be compared with others of the same workload.
#[derive(Debug, Clone)]
pub(crate) struct Contestant<'a> {
    pub(crate) side: &'a SideName,
    pub(crate) profile: Profile,
    /// The side, and the profile where there are several.
    pub(crate) label: String,
    pub(crate) program: &'a Path,
}

/// Runs every case on every contestant and compares with the first. What had to be contained is
/// added to `contained`, agreement or not.
pub(crate) fn compare(
    launcher: &Launcher,
    workload: &Workload,
    inputs: &Path,
    contestants: &[Contestant<'_>],
    contained: &mut Vec<Contained>,
) -> Result<Agreed, Disagreement> {
    let mut agreed = Agreed::default();
    for case in &workload.cases {
        let mut answers: Vec<(String, Vec<u8>)> = Vec::new();
        for contestant in contestants {
            let stdout = answer(launcher, case, inputs, contestant, contained)?;
            answers.push((contestant.label.clone(), stdout));
        }
        let Some((first, others)) = answers.split_first() else { continue };
        for other in others {
            same(workload, case, first, other)?;
        }
        let fingerprint = agree::fingerprint(rule(workload.answers), &first.1);
        agreed.fingerprints.insert(case.id.clone(), fingerprint);
    }
    Ok(agreed)
}

fn answer(
    launcher: &Launcher,
    case: &Case,
    inputs: &Path,
    contestant: &Contestant<'_>,
    contained: &mut Vec<Contained>,
) -> Result<Vec<u8>, Disagreement> {
    let program = contestant.program;
    let running = Running { launcher, case, program, inputs, padding: 0, realtime: false };
    let ran = running.run(Activity::Run)?;
    contained.extend(ran.contained().map(|text| Contained {
        side: contestant.side.clone(),
        profile: contestant.profile,
        text,
    }));
    if ran.status != TrialStatus::Done {
        let detail = ran
            .detail
            .unwrap_or_else(|| format!("still running after {} s", case.deadline_seconds));
        let (case, side) = (case.id.clone(), contestant.side.clone());
        return Err(Disagreement::Failed { case, side, detail });
    }
    let read = ran.outcome.stdout.read(MOST_OUTPUT);
    read.map_err(|reason| Disagreement::Io { case: case.id.clone(), reason })
}

fn same(
    workload: &Workload,
    case: &Case,
    first: &(String, Vec<u8>),
    other: &(String, Vec<u8>),
) -> Result<(), Disagreement> {
    let answer = |stdout| Answer { stdout, exit: case.exit };
    match agree::agree(rule(workload.answers), &answer(&first.1), &answer(&other.1)) {
        Agreement::Same => Ok(()),
        Agreement::Differ(difference) => Err(Disagreement::Differ {
            case: case.id.clone(),
            difference: difference.describe(&first.0, &other.0),
        }),
    }
}

impl Agreed {
    /// Whether a timed run gave the answer that was agreed on.
    pub(crate) fn is_right(
        &self,
        workload: &Workload,
        case: &Case,
        stdout: &launch::Captured,
    ) -> bool {
        let Some(expected) = self.fingerprints.get(&case.id) else { return false };
        if workload.answers == AnswerRule::Bytes {
            return crate::input::hex(expected) == stdout.sha256;
        }
        stdout
            .read(MOST_OUTPUT)
            .is_ok_and(|bytes| &agree::fingerprint(rule(workload.answers), &bytes) == expected)
    }
}
