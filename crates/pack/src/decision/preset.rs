//! Presets and scenarios: decisions that a pack brings, in `decisions/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use model::decision::{Ask, AskKind, Happened, Preset, Scenario};
use model::{Claim, Decision, Workload, WorkloadId};

use super::{GUIDE, Read, amend, evidence, of_document};
use crate::document::{Document, Sheet};
use crate::fault::{Fault, Faults};
use crate::shape::{AskEntry, DecisionFile, ScenarioEntry};

/// Ten questions with the first, which preset it is to be; nobody answers more.
pub const MOST_ASKS: usize = 9;

/// The presets of a pack, by name.
///
/// # Errors
/// Every fault of every file.
pub fn presets(pack: &Path) -> Result<Vec<Preset>, Faults> {
    let all = read_all(&pack.join("decisions/presets"))?;
    Ok(all.into_iter().filter_map(|read| read.preset).collect())
}

/// The scenarios of a pack, by name.
///
/// # Errors
/// Every fault of every file.
pub fn scenarios(pack: &Path) -> Result<Vec<Scenario>, Faults> {
    let all = read_all(&pack.join("decisions/scenarios"))?;
    Ok(all.into_iter().filter_map(|read| read.scenario).collect())
}

/// Presets and scenarios of a pack, by name.
pub(crate) fn all(pack: &Path) -> Result<BTreeMap<String, Scenario>, Faults> {
    let presets = presets(pack)?.into_iter().map(|preset| Scenario {
        id: preset.id,
        title: preset.title,
        happened: None,
        decision: preset.decision,
    });
    let mut all = BTreeMap::new();
    for scenario in scenarios(pack)?.into_iter().chain(presets) {
        let id = scenario.id.clone();
        if all.insert(id.clone(), scenario).is_some() {
            return Err(Faults(vec![Fault {
                file: format!("decisions/scenarios/{id}.toml"),
                span: None,
                source: "".into(),
                message: format!("there is a preset \"{id}\" too"),
                help: "give the scenario another name: claims name both alike".to_owned(),
            }]));
        }
    }
    Ok(all)
}

/// Claims and workloads that decisions name and that are not there.
pub(crate) fn dangling(
    decisions: &BTreeMap<String, Scenario>,
    claims: &[Claim],
    workloads: &BTreeMap<WorkloadId, Workload>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (id, scenario) in decisions {
        let decision = &scenario.decision;
        let cited = decision.criteria.iter().filter_map(|criterion| criterion.claim.as_ref());
        let cited = cited.chain(decision.facts.iter().filter_map(|fact| fact.claim.as_ref()));
        for claim in cited.filter(|id| !claims.iter().any(|claim| claim.id == **id)) {
            faults.push(names_nothing(id, "claim", claim.as_str()));
        }
        let begun = decision.components.iter().filter_map(|part| part.workload.as_ref());
        let runs =
            decision.evidence.iter().filter_map(|known| known.basis.run()?.workload.as_ref());
        for workload in begun.chain(runs).filter(|id| !workloads.contains_key(*id)) {
            faults.push(names_nothing(id, "workload", workload.as_str()));
        }
    }
    faults
}

fn names_nothing(decision: &str, noun: &str, name: &str) -> Fault {
    Fault {
        file: format!("decisions/*/{decision}.toml"),
        span: None,
        source: "".into(),
        message: format!("there is no {noun} \"{name}\""),
        help: format!("name a {noun} of the pack, or remove it"),
    }
}

/// Every decision of a folder; none if there is no folder.
fn read_all(folder: &Path) -> Result<Vec<Read>, Faults> {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for path in files(folder).map_err(|error| unreadable(folder, &error))? {
        let within: Vec<_> = path.iter().rev().take(3).map(|part| part.to_string_lossy()).collect();
        let name = within.into_iter().rev().collect::<Vec<_>>().join("/");
        let read = Document::open_by(&GUIDE, &path, name).map_err(|fault| Faults(vec![fault]));
        match read.and_then(|document| of_document(&document)) {
            Ok(read) => all.push(read),
            Err(more) => faults.extend(more.0),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(Faults(faults)) }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    Ok(paths)
}

fn unreadable(folder: &Path, error: &io::Error) -> Faults {
    Faults(vec![Fault {
        file: folder.display().to_string(),
        span: None,
        source: "".into(),
        message: format!("cannot read the folder: {error}"),
        help: "make it readable".to_owned(),
    }])
}

/// What makes a file a preset, if it is one.
pub(super) fn preset(
    sheet: &mut Sheet,
    file: &DecisionFile,
    id: &str,
    decision: Option<&Decision>,
) -> Option<Preset> {
    let Some(entry) = &file.preset else {
        if let Some(first) = file.ask.first() {
            let help = "remove it; what is to be asked stands in a preset";
            sheet.fault(first.question.span(), "only a preset asks", help);
        }
        return None;
    };
    if let Some(over) = file.ask.get(MOST_ASKS) {
        let help = format!("ask at most {MOST_ASKS}: what matters less keeps the preset's numbers");
        sheet.fault(
            over.question.span(),
            format!("a preset asks {} questions", file.ask.len()),
            help,
        );
    }
    let text = sheet.document.text.to_string();
    let asks: Vec<Ask> = file.ask.iter().filter_map(|entry| ask(sheet, entry, &text)).collect();
    let decision = Decision { preset: Some(id.to_owned()), ..decision?.clone() };
    let (title, reasoning) = (entry.title.clone(), entry.reasoning.trim().to_owned());
    Some(Preset { id: id.to_owned(), title, reasoning, asks, decision, text })
}

fn ask(sheet: &mut Sheet, entry: &AskEntry, text: &str) -> Option<Ask> {
    let kind: AskKind = sheet.word(&entry.kind)?;
    for key in [Some(&entry.set), entry.none_removes.as_ref()].into_iter().flatten() {
        if let Err(error) = amend::present(text, key.get_ref()) {
            let help = "name a key of this preset, such as criteria.delivery.points";
            sheet.fault(key.span(), error.to_string(), help);
        }
    }
    if (kind == AskKind::Choice) == entry.choices.is_empty() {
        let help = "write choices = [\"…\", …] for kind = \"choice\", and for no other";
        sheet.fault(entry.kind.span(), "a choice has words to choose from", help);
    }
    Some(Ask {
        question: entry.question.get_ref().clone(),
        set: entry.set.get_ref().clone(),
        kind,
        choices: entry.choices.clone(),
        none_removes: entry.none_removes.as_ref().map(|key| key.get_ref().clone()),
    })
}

/// What makes a file a scenario, if it is one.
pub(super) fn scenario(
    sheet: &mut Sheet,
    file: &DecisionFile,
    id: &str,
    decision: Option<&Decision>,
) -> Option<Scenario> {
    let entry = file.scenario.as_ref()?;
    let happened = happened(sheet, entry);
    let (id, title) = (id.to_owned(), entry.title.clone());
    Some(Scenario { id, title, happened, decision: decision?.clone() })
}

fn happened(sheet: &mut Sheet, entry: &ScenarioEntry) -> Option<Happened> {
    let chose = entry.chose.as_ref()?;
    let (Some(who), Some(source), Some(read)) = (&entry.who, &entry.source, &entry.read) else {
        let help = "add who, source and read: whose decision, where they say so, when you read it";
        sheet.fault(chose.span(), "where this is from is not said", help);
        return None;
    };
    Some(Happened {
        who: who.clone(),
        chose: chose.get_ref().clone(),
        source: source.clone(),
        read: evidence::day(sheet, read)?,
        differs: entry.differs.clone(),
    })
}
