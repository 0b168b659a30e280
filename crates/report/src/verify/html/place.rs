//! The page's apparatus: where it was run, with what, each side against
//! itself, sources, and what the verdicts mean.

use std::collections::BTreeMap;

use model::{Experiment, ToolchainState, Unit, Verdict};
use serde::Serialize;

use super::claim::citation;
use crate::page::day;
use crate::place;
use crate::prose;
use crate::quantity::quantity;
use crate::verify::document::VerifyDocument;
use crate::verify::tone::{Tone, sign};

#[derive(Serialize)]
pub(super) struct RunView {
    id: String,
    date: String,
    stamp: String,
    mode: String,
    seed: String,
    version: String,
    pack_hash: String,
    repeat: String,
    interrupted: bool,
}

pub(super) fn run(document: &VerifyDocument) -> Option<RunView> {
    let run = document.run.as_ref()?;
    Some(RunView {
        id: run.id.to_string(),
        date: run.started.strftime("%-d %B %Y").to_string(),
        stamp: run.started.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        mode: run.mode.to_string(),
        seed: run.seed.to_string(),
        version: run.version.clone(),
        pack_hash: run.pack_hash.chars().take(12).collect(),
        repeat: run.repeat.clone(),
        interrupted: run.end == Some(model::RunEnd::Interrupted),
    })
}

#[derive(Serialize)]
pub(super) struct SideView {
    title: String,
    toolchain: String,
    released: Option<String>,
    trouble: Option<String>,
    sees: Option<String>,
}

pub(super) fn sides(document: &VerifyDocument) -> Vec<SideView> {
    let Some(environment) = &document.environment else { return Vec::new() };
    let side = |(name, title): &(model::SideName, String)| {
        let toolchain = environment.toolchains.get(name)?;
        let (released, trouble) = match &toolchain.state {
            ToolchainState::Ready { released, .. } => (released.map(day), None),
            ToolchainState::Missing { reason } | ToolchainState::TooOld { reason, .. } => {
                (None, Some(reason.clone()))
            }
        };
        let sees = environment.sees.get(name).map(|sees| {
            let limit = sees.memory_limit.map(|limit| quantity(limit as f64, Unit::Bytes));
            let limit = limit.map(|limit| format!(", memory limit {limit}")).unwrap_or_default();
            format!("{} {}{limit}", sees.workers_name, sees.workers)
        });
        Some(SideView {
            title: title.clone(),
            toolchain: place::toolchain(toolchain, document.as_of),
            released,
            trouble,
            sees,
        })
    };
    document.frame.sides.iter().filter_map(side).collect()
}

/// Every profile in which something was seen.
pub(super) fn profiles(document: &VerifyDocument) -> Vec<String> {
    let rows = document.claims.iter().flat_map(|claim| &claim.evidence);
    let mut profiles: Vec<_> = rows.map(|row| row.profile).collect();
    profiles.sort();
    profiles.dedup();
    profiles.into_iter().map(|profile| document.profile_line(profile)).collect()
}

#[derive(Serialize)]
pub(super) struct WorkloadView {
    id: String,
    title: String,
    about: String,
    suits: String,
}

/// Every workload that some claim here stands on.
pub(super) fn workloads(document: &VerifyDocument) -> Vec<WorkloadView> {
    let used = |id: &model::WorkloadId| {
        let mut experiments = document.claims.iter().flat_map(|claim| &claim.experiments);
        experiments.any(|experiment| matches!(experiment, Experiment::Workload(own) if own == id))
    };
    let workloads = document.frame.workloads.iter().filter(|(id, _)| used(id));
    let view = |(id, note): (&model::WorkloadId, &crate::verify::document::WorkloadNote)| {
        let suits = note.suits.as_ref().map(|side| document.side_title(side.as_str()));
        WorkloadView {
            id: id.to_string(),
            title: note.title.clone(),
            about: note.about.clone(),
            suits: suits
                .map_or("chosen to suit neither".to_owned(), |s| format!("chosen to suit {s}")),
        }
    };
    workloads.map(view).collect()
}

#[derive(Serialize)]
pub(super) struct SourceView {
    title: String,
    publisher: String,
    url: Option<String>,
    checked: Option<String>,
    due: Option<String>,
    claims: Vec<String>,
}

/// Every source once, with the claims that rest on it.
pub(super) fn sources(document: &VerifyDocument) -> Vec<SourceView> {
    let mut sources: BTreeMap<&str, SourceView> = BTreeMap::new();
    for claim in &document.claims {
        for source in &claim.sources {
            let view = sources.entry(&source.url).or_insert_with(|| SourceView {
                title: prose::sentence(&source.title),
                publisher: source.publisher.clone(),
                url: citation(&source.url),
                checked: source.checked.map(day),
                due: source.due().map(day),
                claims: Vec::new(),
            });
            view.claims.push(claim.id.to_string());
        }
    }
    sources.into_values().collect()
}

#[derive(Serialize)]
pub(super) struct VerdictView {
    phrase: &'static str,
    sign: &'static str,
    tone: &'static str,
    meaning: &'static str,
}

/// What each verdict means.
pub(super) fn legend() -> Vec<VerdictView> {
    let meaning = |verdict: Verdict| match verdict {
        Verdict::Holds => "the measurement bears the sentence out",
        Verdict::DoesNotHold => "the measurement contradicts the sentence",
        Verdict::NoDifference => "the sides are equal within the margin",
        Verdict::Depends => "true under some of the conditions, which are listed",
        Verdict::Differs => "the sides differ, but perhaps by less than the margin",
        Verdict::Inconclusive => "too few pairs for the noise of this machine",
        Verdict::ByDesign => "true by the language's definition; a program demonstrates it",
        Verdict::Documented => "rests on a dated source, not on a measurement",
        Verdict::Judgement => "cannot be measured here: your own estimate counts",
        Verdict::NotComparable => "the programs do not give the same answers",
        Verdict::NotRun => "no observation, for the reason given",
        Verdict::OutOfDate => "written for an older toolchain and refuted by this one",
    };
    let view = |verdict: &Verdict| VerdictView {
        phrase: verdict.phrase(),
        sign: sign(Some(*verdict)),
        tone: Tone::of(Some(*verdict)).class(),
        meaning: meaning(*verdict),
    };
    Verdict::ALL.iter().map(view).collect()
}
