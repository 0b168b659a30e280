//! What `show` tells of an experiment. The fields are its JSON.

use std::collections::BTreeMap;

use jiff::Timestamp;
use judge::JudgedAttempt;
use model::{
    Attempt, Claim, ClaimId, Comparison, Diagnostic, Experiment, Gate, ItemId, SideName, Suits,
    Tier, ToolchainName, Workload,
};
use serde::Serialize;

/// The version of the JSON.
const SCHEMA: u32 = 1;

/// A probe or drill with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExperimentDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// `probe/ID` or `drill/ID`.
    pub id: Experiment,
    /// A few words.
    pub title: String,
    /// What is tried.
    pub about: String,
    /// The side that it was chosen to suit; null is neither.
    pub suits: Option<SideName>,
    /// The claims that stand on it.
    pub claims: Vec<ClaimId>,
    /// The checks or steps, in the order of the pack.
    pub items: Vec<ItemRow>,
}

/// One check or step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemRow {
    /// Its id, unique on its side.
    pub id: ItemId,
    /// Whose.
    pub side: SideName,
    /// What it does, in a line.
    pub about: String,
    /// Which toolchain was to be asked.
    pub toolchain: ToolchainName,
    /// How far a probe's program is taken; null for a step.
    pub gate: Option<Gate>,
    /// A step's command; null for a check.
    pub command: Option<Vec<String>>,
    /// A change made before the command, as `file: this → that`.
    pub edit: Option<String>,
    /// The program of a check.
    pub program: Option<SourceFile>,
    /// What was expected, in words.
    pub expected: String,
    /// What was seen, in words; if it was not made, why.
    pub seen: String,
    /// Whether it came as expected; null: not made, or cut off.
    pub as_said: Option<bool>,
    /// What was told; null if it was never tried.
    pub told: Option<Told>,
}

/// A source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// Relative to its probe.
    pub file: String,
    /// Its content.
    pub text: String,
}

/// What the tools said, word for word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// The version of the toolchain.
    pub version: String,
    /// When.
    pub at: Timestamp,
    /// How long it took.
    pub seconds: f64,
    /// Typed diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// The beginning of standard output.
    pub stdout: String,
    /// The end of standard error.
    pub stderr: String,
}

/// A workload and who stands on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorkloadDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// `workload/ID`.
    pub id: Experiment,
    /// A few words.
    pub title: String,
    /// What the programs do.
    pub about: String,
    /// The side that it was chosen to suit; null is neither.
    pub suits: Option<SideName>,
    /// Kinds of software that it stands for.
    pub classes: Vec<String>,
    /// The claims that stand on it.
    pub claims: Vec<ClaimId>,
    /// Its programs.
    pub programs: Vec<ProgramRow>,
    /// Its cases with what is measured on each.
    pub cases: BTreeMap<String, Vec<String>>,
    /// What is measured on the programs themselves.
    pub metrics: Vec<String>,
}

/// One program of a workload.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgramRow {
    /// Whose.
    pub side: SideName,
    /// How far it goes.
    pub tier: Tier,
    /// Where its sources are, relative to the workload.
    pub folder: String,
}

/// What a document of `show` is made from.
#[derive(Debug, Clone, Copy)]
pub struct ShowInput<'a> {
    /// The pack.
    pub comparison: &'a Comparison,
    /// Judged checks or steps, in the order of the pack.
    pub judged: &'a [JudgedAttempt],
    /// What was stored of them, the last word last.
    pub attempts: &'a [Attempt],
    /// Words that must not be shown, each with what stands for it.
    pub conceal: &'a [(String, String)],
}

fn suited(suits: &Suits) -> Option<SideName> {
    match suits {
        Suits::Neutral => None,
        Suits::Side(side) => Some(side.clone()),
    }
}

fn standing_on(comparison: &Comparison, experiment: &Experiment) -> Vec<ClaimId> {
    let stands = |claim: &&Claim| claim.experiments().contains(experiment);
    comparison.claims.iter().filter(stands).map(|claim| claim.id.clone()).collect()
}

impl ExperimentDocument {
    /// A probe or drill; `sources` reads the text of a file of the pack. `None` for a workload,
    /// or where the pack has no such experiment.
    pub fn new(
        experiment: &Experiment,
        input: &ShowInput<'_>,
        sources: impl Fn(&std::path::Path) -> Option<String>,
    ) -> Option<Self> {
        let comparison = input.comparison;
        let (title, about, suits) = match experiment {
            Experiment::Workload(_) | Experiment::Defect(_) => return None,
            Experiment::Probe(id) => {
                let probe = comparison.probes.get(id)?;
                (&probe.title, &probe.about, &probe.suits)
            }
            Experiment::Drill(id) => {
                let drill = comparison.drills.get(id)?;
                (&drill.title, &drill.about, &drill.suits)
            }
        };
        Some(Self {
            schema: SCHEMA,
            id: experiment.clone(),
            title: title.clone(),
            about: about.clone(),
            suits: suited(suits),
            claims: standing_on(comparison, experiment),
            items: input.judged.iter().map(|row| input.item(experiment, row, &sources)).collect(),
        })
    }
}

impl ShowInput<'_> {
    fn open(&self, text: &str) -> String {
        crate::conceal::open(text, self.conceal)
    }

    fn item(
        &self,
        experiment: &Experiment,
        row: &JudgedAttempt,
        sources: &impl Fn(&std::path::Path) -> Option<String>,
    ) -> ItemRow {
        let mut item = ItemRow {
            id: row.item.clone(),
            side: row.side.clone(),
            about: row.about.clone(),
            toolchain: row.toolchain.clone(),
            gate: None,
            command: None,
            edit: None,
            program: None,
            expected: row.expected.clone(),
            seen: self.open(&row.seen),
            as_said: row.as_said,
            told: self.told(row),
        };
        match experiment {
            Experiment::Workload(_) | Experiment::Defect(_) => {}
            Experiment::Probe(id) => {
                let probe = self.comparison.probes.get(id);
                let check = probe.and_then(|probe| {
                    let mut checks = probe.checks.iter();
                    checks.find(|check| (&check.id, &check.side) == (&row.item, &row.side))
                });
                item.gate = check.map(|check| check.at);
                item.program = probe.zip(check).and_then(|(probe, check)| {
                    let text = sources(&probe.folder.join(&check.file))?;
                    Some(SourceFile { file: check.file.display().to_string(), text })
                });
            }
            Experiment::Drill(id) => {
                let steps = self.comparison.drills.get(id).map(|drill| drill.steps_of(&row.side));
                let step = steps.and_then(|mut steps| steps.find(|step| step.id == row.item));
                item.command = step.map(|step| step.command.clone());
                item.edit = step.and_then(|step| step.edit.as_ref()).map(|edit| {
                    format!("{}: {} → {}", edit.file.display(), edit.find, edit.replace)
                });
            }
        }
        item
    }

    fn told(&self, row: &JudgedAttempt) -> Option<Told> {
        if row.version.is_empty() {
            return None;
        }
        let attempt = self.attempts.iter().rev().find(|attempt| {
            (&attempt.experiment, &attempt.item, &attempt.side)
                == (&row.experiment, &row.item, &row.side)
                && attempt.version == row.version
        })?;
        let diagnostics = attempt.diagnostics.iter().map(|diagnostic| Diagnostic {
            text: self.open(&diagnostic.text),
            ..diagnostic.clone()
        });
        Some(Told {
            version: attempt.version.clone(),
            at: attempt.started,
            seconds: attempt.seconds,
            diagnostics: diagnostics.collect(),
            stdout: self.open(&attempt.stdout),
            stderr: self.open(&attempt.stderr),
        })
    }
}

impl WorkloadDocument {
    /// A workload.
    pub fn new(comparison: &Comparison, workload: &Workload) -> Self {
        let id = Experiment::Workload(workload.id.clone());
        let programs = workload.programs.iter().map(|program| ProgramRow {
            side: program.side.clone(),
            tier: program.tier,
            folder: program
                .folder
                .strip_prefix(&workload.folder)
                .map_or_else(|_| "generated".to_owned(), |folder| folder.display().to_string()),
        });
        let names = |metrics: &[model::Metric]| metrics.iter().map(ToString::to_string).collect();
        Self {
            schema: SCHEMA,
            title: workload.title.clone(),
            about: workload.about.clone(),
            suits: suited(&workload.suits),
            classes: workload.classes.clone(),
            claims: standing_on(comparison, &id),
            programs: programs.collect(),
            cases: workload.cases.iter().map(|c| (c.id.to_string(), names(&c.metrics))).collect(),
            metrics: names(&workload.metrics),
            id,
        }
    }
}
