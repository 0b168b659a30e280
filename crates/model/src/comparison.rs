//! A comparison: sides, sentences, and the programs that put them to the test.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::decision::Scenario;
use crate::{
    Claim, ClaimId, Defect, DefectId, DimensionId, Drill, DrillId, Experiment, ItemId, Language,
    LanguageId, Probe, ProbeId, SideName, Workload, WorkloadId,
};

/// A whole pack, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The pack's name, such as `rust-vs-go`.
    pub pack: String,
    /// SHA-256 over every file of the pack and its languages, hex.
    pub hash: String,
    /// The page's title.
    pub title: String,
    /// When the text was last read through by its authors.
    pub text_date: Date,
    /// The things compared; two or more.
    pub sides: Vec<Side>,
    /// Kinds of software that the comparison's scope names.
    pub classes: Vec<String>,
    /// Licences that packages in the programs may have, as SPDX writes them;
    /// none: nothing is said about them.
    pub licences: Vec<String>,
    /// Groups of claims, in the order of the page.
    pub dimensions: Vec<Dimension>,
    /// Every claim, in the order of the files.
    pub claims: Vec<Claim>,
    /// Every workload by id.
    pub workloads: BTreeMap<WorkloadId, Workload>,
    /// Every probe by id.
    pub probes: BTreeMap<ProbeId, Probe>,
    /// Every drill by id.
    pub drills: BTreeMap<DrillId, Drill>,
    /// Every defect by id.
    pub defects: BTreeMap<DefectId, Defect>,
    /// Its presets and scenarios of `decide`, by name.
    pub decisions: BTreeMap<String, Scenario>,
    /// The languages of the sides.
    pub languages: BTreeMap<LanguageId, Language>,
    /// Sources by key.
    pub sources: BTreeMap<String, Source>,
    /// The guide in Markdown; `{{claim:ID}}` marks where a claim stands.
    pub prose: String,
}

/// One of the things compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The name in tables and JSON.
    pub name: SideName,
    /// As people write it.
    pub title: String,
    /// The language whose toolchain builds this side.
    pub language: LanguageId,
}

/// A group of claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// The part of a claim's id before the slash.
    pub id: DimensionId,
    /// A heading.
    pub title: String,
}

/// Where a sentence comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The key in TOML.
    pub key: String,
    /// The document.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where it is, as a citation.
    pub url: String,
    /// When we last compared our sentence with it.
    pub checked: Option<Date>,
    /// Days after which it should be read again.
    pub max_age_days: Option<u32>,
}

impl Comparison {
    /// The claim of that id.
    pub fn claim(&self, id: &ClaimId) -> Option<&Claim> {
        self.claims.iter().find(|claim| &claim.id == id)
    }

    /// Every workload, probe, drill and defect.
    pub fn experiments(&self) -> Vec<Experiment> {
        let workloads = self.workloads.keys().cloned().map(Experiment::Workload);
        let probes = self.probes.keys().cloned().map(Experiment::Probe);
        let drills = self.drills.keys().cloned().map(Experiment::Drill);
        let defects = self.defects.keys().cloned().map(Experiment::Defect);
        workloads.chain(probes).chain(drills).chain(defects).collect()
    }

    /// Whether there is such an experiment.
    pub fn has(&self, experiment: &Experiment) -> bool {
        match experiment {
            Experiment::Workload(id) => self.workloads.contains_key(id),
            Experiment::Probe(id) => self.probes.contains_key(id),
            Experiment::Drill(id) => self.drills.contains_key(id),
            Experiment::Defect(id) => self.defects.contains_key(id),
        }
    }

    /// Every check of a probe or step of a drill, with its side; none for a
    /// workload or a defect.
    pub fn items_of(&self, experiment: &Experiment) -> Vec<(Experiment, &SideName, &ItemId)> {
        let with = |(side, item)| (experiment.clone(), side, item);
        match experiment {
            Experiment::Workload(_) | Experiment::Defect(_) => Vec::new(),
            Experiment::Probe(id) => {
                let checks = self.probes.get(id).into_iter().flat_map(|probe| &probe.checks);
                checks.map(|check| with((&check.side, &check.id))).collect()
            }
            Experiment::Drill(id) => {
                let steps = self.drills.get(id).into_iter().flat_map(|drill| &drill.steps);
                steps.map(|step| with((&step.side, &step.id))).collect()
            }
        }
    }

    /// The side of that name.
    pub fn side(&self, name: &SideName) -> Option<&Side> {
        self.sides.iter().find(|side| &side.name == name)
    }
}
