//! Same answers before any number: every case is run on every side and the
//! answers are compared; what was agreed on is checked again in each timed run.
//!
//! Where a case says so, a number beside the answer has to be alike too: of two
//! compressors, the one that may write more is faster for no merit of its own.

use std::collections::BTreeMap;
use std::path::Path;

use agree::{Agreement, Answer, Rule};
use launch::{Bytes, LaunchError, Launcher};
use model::{
    Activity, Alike, AnswerRule, Case, CaseId, Profile, SideName, Tier, TrialStatus, Workload,
};

use crate::count::{self, CountError};
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
    /// The numbers beside the answers are further apart than the case allows.
    #[error("case {case} ({profile}, {tier}): {told}: more than {} apart", distance(*.factor))]
    Apart { case: CaseId, profile: Profile, tier: Tier, told: String, factor: f64 },
    /// A side does not tell the number.
    #[error("case {case}, {side}: {reason}")]
    Untold { case: CaseId, side: SideName, reason: Untold },
    #[error(transparent)]
    Launch(#[from] LaunchError),
    #[error("the answer to case {case} cannot be read back: {reason}")]
    Io { case: CaseId, reason: std::io::Error },
}

/// Why there is no number to compare.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Untold {
    #[error("no line on standard error matches `{0}` with a number in its first group")]
    NoMatch(String),
    #[error(transparent)]
    Run(#[from] CountError),
}

fn rule(rule: AnswerRule) -> Rule {
    match rule {
        AnswerRule::Bytes => Rule::Bytes,
        AnswerRule::SortedLines => Rule::SortedLines,
        AnswerRule::Json => Rule::Json,
        AnswerRule::Set => Rule::Set,
    }
}

/// One side's program, to be compared with others of the same workload.
#[derive(Debug, Clone)]
pub(crate) struct Contestant<'a> {
    pub(crate) side: &'a SideName,
    pub(crate) profile: Profile,
    pub(crate) tier: Tier,
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
    for case in workload.cases.iter().filter(|case| case.drive.is_none()) {
        let mut answers: Vec<(String, Vec<u8>)> = Vec::new();
        for contestant in contestants {
            let stdout = answer(launcher, case, inputs, contestant, contained)?;
            answers.push((contestant.label.clone(), stdout));
        }
        let Some((first, others)) = answers.split_first() else { continue };
        for other in others {
            same(workload, case, first, other)?;
        }
        if let Some(alike) = &case.alike {
            alike_enough(launcher, case, alike, inputs, contestants)?;
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

/// A number that a side told.
struct Told<'a> {
    side: &'a SideName,
    number: f64,
    /// What stood before it, such as `compressed-bytes`.
    what: String,
}

/// Has every contestant tell its number, and compares those of one build profile and tier: a tuned
/// program may well compress better, and is not compared with one that is not.
fn alike_enough(
    launcher: &Launcher,
    case: &Case,
    alike: &Alike,
    inputs: &Path,
    contestants: &[Contestant<'_>],
) -> Result<(), Disagreement> {
    let mut builds: BTreeMap<(Profile, Tier), Vec<Told<'_>>> = BTreeMap::new();
    for contestant in contestants {
        let told = told(launcher, case, alike, inputs, contestant);
        let told = told.map_err(|reason| Disagreement::Untold {
            case: case.id.clone(),
            side: contestant.side.clone(),
            reason,
        })?;
        builds.entry((contestant.profile, contestant.tier)).or_default().push(told);
    }
    for ((profile, tier), rivals) in builds {
        let smallest = rivals.iter().map(|told| told.number).fold(f64::INFINITY, f64::min);
        if rivals.iter().any(|told| told.number > smallest * alike.factor) {
            let what = rivals.first().map(|told| told.what.clone()).unwrap_or_default();
            let each: Vec<String> =
                rivals.iter().map(|told| format!("{} {}", told.side, told.number)).collect();
            let (case, factor) = (case.id.clone(), alike.factor);
            let told = format!("{what}{}", each.join(", "));
            return Err(Disagreement::Apart { case, profile, tier, told, factor });
        }
    }
    Ok(())
}

fn told<'a>(
    launcher: &Launcher,
    case: &Case,
    alike: &Alike,
    inputs: &Path,
    contestant: &Contestant<'a>,
) -> Result<Told<'a>, Untold> {
    let pattern = count::compiled(&alike.pattern)?;
    let text = count::stderr(launcher, case, contestant.program, inputs, &alike.env)?;
    let no_match = || Untold::NoMatch(alike.pattern.clone());
    let captures = pattern.captures(&text).ok_or_else(no_match)?;
    let (whole, group) = (captures.get(0), captures.get(1));
    let (whole, group) = whole.zip(group).ok_or_else(no_match)?;
    let number = group.as_str().parse::<f64>().ok();
    // A sign would turn "at most so many times the smallest" around.
    let number = number.filter(|number| number.is_finite() && *number >= 0.0);
    let what = text[whole.start()..group.start()].to_owned();
    Ok(Told { side: contestant.side, number: number.ok_or_else(no_match)?, what })
}

/// A factor in words: `2 %`, or `3 times` where a percentage would be hard to read.
fn distance(factor: f64) -> String {
    if factor < 2.0 {
        let percent = (factor - 1.0) * 100.0;
        // 1.02 is not a sum of powers of two: without rounding it reads 2.0000000000000018.
        format!("{} %", (percent * 100.0).round() / 100.0)
    } else {
        format!("{factor} times")
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
