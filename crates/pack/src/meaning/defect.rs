//! defects/ID/defect.toml.

use std::collections::BTreeMap;
use std::path::Path;

use model::{
    AtRun, CatchGate, Defect, DefectId, DefectProgram, DefectVariant, Exchange, Expectation, Side,
    Unit,
};

use super::Ground;
use super::corpus::gate;
use crate::document::Sheet;
use crate::nearest::choices;
use crate::quantity::Quantity;
use crate::shape::{DefectFile, DefectProgramEntry, Text};
use crate::spanned::Spanned;

/// Most runs of a program under one tool.
const MOST_REPEATS: u32 = 200;
/// Seconds; a hang costs as much, many times over.
const LONGEST_BUDGET: f64 = 60.0;
/// Seconds after which a run counts as a hang where nothing else is said.
const BUDGET: f64 = 5.0;

/// Reads a defect for its meaning; `folder` is its own.
pub(crate) fn defect(
    sheet: &mut Sheet,
    ground: &Ground,
    id: DefectId,
    file: &DefectFile,
    folder: &Path,
) -> Defect {
    let programs: Vec<DefectProgram> =
        file.program.iter().filter_map(|entry| program(sheet, ground, entry, folder)).collect();
    for side in &ground.sides {
        has_its_programs(sheet, file, side, &programs);
    }
    sources(sheet, ground, file);
    let budget = file.budget.as_ref().and_then(|given| seconds(sheet, given));
    Defect {
        id,
        title: file.title.get_ref().clone(),
        family: file.family.get_ref().clone(),
        mistake: file.mistake.clone(),
        suits: ground.suits(sheet, file.suits.as_ref()),
        sources: file.sources.get_ref().iter().map(|key| key.get_ref().clone()).collect(),
        distilled: file.distilled,
        needs: file.needs.iter().map(|name| name.get_ref().clone()).collect(),
        repeats: repeats(sheet, file),
        budget_seconds: budget.unwrap_or(BUDGET),
        quiet: exchange(&file.input.quiet, &file.answer.quiet),
        trigger: exchange(&file.input.trigger, &file.answer.trigger),
        left: file.left.clone(),
        note: file.note.clone(),
        quick: file.quick,
        programs,
        folder: folder.to_owned(),
    }
}

fn exchange(input: &Text, answer: &Text) -> Exchange {
    Exchange { input: input.get_ref().clone(), answer: answer.get_ref().clone() }
}

fn seconds(sheet: &mut Sheet, given: &Spanned<Quantity>) -> Option<f64> {
    let found = given
        .get_ref()
        .in_unit(Unit::Seconds)
        .ok()
        .filter(|seconds| *seconds > 0.0 && *seconds <= LONGEST_BUDGET);
    if found.is_none() {
        let help = "write after which time a run is a hang, a minute at most: \"3 s\"";
        sheet.fault(given.span(), "this is no time", help);
    }
    found
}

fn repeats(sheet: &mut Sheet, file: &DefectFile) -> u32 {
    let Some(given) = &file.repeats else { return 1 };
    if !(1..=MOST_REPEATS).contains(given.get_ref()) {
        let help = format!("write 1 to {MOST_REPEATS}; 20 for races");
        sheet.fault(given.span(), "so often no program is run", help);
    }
    *given.get_ref()
}

fn sources(sheet: &mut Sheet, ground: &Ground, file: &DefectFile) {
    if file.sources.get_ref().is_empty() {
        let help = "name a study, an issue, an advisory or the language's own document";
        sheet.fault(file.sources.span(), "nothing says that people make this mistake", help);
    }
    sheet.no_duplicates("source", file.sources.get_ref());
    for key in file.sources.get_ref() {
        if !ground.sources.contains_key(key.get_ref()) {
            let known = ground.sources.keys().map(String::as_str);
            sheet.unknown(key, "source", "sources", known);
        }
    }
}

/// A catch counts only beside a twin that is not caught.
fn has_its_programs(sheet: &mut Sheet, file: &DefectFile, side: &Side, programs: &[DefectProgram]) {
    let of_side: Vec<&DefectProgram> =
        programs.iter().filter(|program| program.side == side.name).collect();
    let one = |variant| of_side.iter().filter(|program| program.variant == variant).count();
    let impossible = of_side.iter().any(|program| !program.is_tried());
    let message = match (one(DefectVariant::Bad), one(DefectVariant::Fixed), impossible) {
        (1, 1, false) if one(DefectVariant::Escape) <= 1 => return,
        (1, 0, true) if of_side.len() == 1 => return,
        (0, ..) => format!("side \"{}\" has no bad program", side.name),
        (_, 0, false) => format!("side \"{}\" has no fixed program", side.name),
        (_, _, true) => format!("side \"{}\" has programs, and none can be", side.name),
        _ => format!("side \"{}\" has a variant twice", side.name),
    };
    let help = "a side has one bad and one fixed program, and at most one escape; or one bad \
                entry with cannot_arise";
    sheet.fault(file.title.span(), message, help);
}

fn program(
    sheet: &mut Sheet,
    ground: &Ground,
    entry: &DefectProgramEntry,
    folder: &Path,
) -> Option<DefectProgram> {
    let side = ground.side(sheet, &entry.side)?;
    let variant: DefectVariant = sheet.word(&entry.variant)?;
    let program = |expected| DefectProgram {
        side: side.name.clone(),
        variant,
        about: entry.about.clone(),
        expected,
    };
    if let Some(reason) = &entry.cannot_arise {
        only_impossible(sheet, entry, variant, reason);
        return Some(program(Expectation::CannotArise { reason: reason.get_ref().clone() }));
    }
    let Some(corpus) = ground.languages.get(&side.language).and_then(|l| l.corpus.as_ref()) else {
        let help = format!("add languages/{}/corpus.toml", side.language);
        sheet.fault(entry.side.span(), format!("{} has no corpus form", side.language), help);
        return None;
    };
    let found = program(expectation(sheet, entry, variant)?);
    let file = found.file(&corpus.extension);
    if !folder.join(&file).is_file() {
        let message = format!("there is no \"{file}\" in the defect's folder");
        sheet.fault(entry.variant.span(), message, "write the program, or remove the entry");
    }
    Some(found)
}

fn only_impossible(
    sheet: &mut Sheet,
    entry: &DefectProgramEntry,
    variant: DefectVariant,
    reason: &Text,
) {
    let more = entry.caught.is_some() || entry.at_run.is_some() || !entry.beside.is_empty();
    if more || variant != DefectVariant::Bad {
        let help = "leave only side, variant = \"bad\" and cannot_arise";
        sheet.fault(reason.span(), "what cannot arise cannot be caught or corrected", help);
    }
}

fn expectation(
    sheet: &mut Sheet,
    entry: &DefectProgramEntry,
    variant: DefectVariant,
) -> Option<Expectation> {
    let caught = caught(sheet, entry);
    let at_run: Option<AtRun> = match &entry.at_run {
        Some(word) => Some(sheet.word(word)?),
        None => None,
    };
    let ends = caught.contains_key(&CatchGate::G0) || caught.contains_key(&CatchGate::G4);
    if variant == DefectVariant::Fixed {
        if let Some(word) =
            entry.at_run.as_ref().map(Text::span).or(entry.caught.as_ref().map(|c| c.span()))
        {
            let help = "remove it: a fixed program is caught nowhere and ends right";
            sheet.fault(word, "this is said of every fixed program", help);
        }
        let (caught, beside) = (BTreeMap::new(), Vec::new());
        return Some(Expectation::Tried { caught, at_run: Some(AtRun::Right), beside });
    }
    match (&entry.at_run, ends) {
        (Some(word), true) => {
            let help = "remove at_run, or the gate";
            let message = "what the compiler refuses or fails loudly ends in no other way";
            sheet.fault(word.span(), message, help);
        }
        (None, false) => {
            let help = format!("say how a plain run ends: at_run = \"silent\"; {}", endings());
            sheet.fault(entry.variant.span(), "neither G0 nor G4 stops this program", help);
        }
        _ => {}
    }
    let beside = entry.beside.iter().map(|code| code.get_ref().clone()).collect();
    Some(Expectation::Tried { caught, at_run, beside })
}

fn endings() -> String {
    choices("", "endings", AtRun::ALL.iter().map(|ending| ending.name()))
}

fn caught(sheet: &mut Sheet, entry: &DefectProgramEntry) -> BTreeMap<CatchGate, Vec<String>> {
    let mut caught = BTreeMap::new();
    for (word, codes) in entry.caught.iter().flat_map(|given| given.get_ref()) {
        let Some(found) = gate(sheet, word) else { continue };
        if !CatchGate::CATCHING.contains(&found) {
            let help = "a test catches what its author thought of; leave it out";
            sheet.fault(word.span(), format!("{found} catches nothing by itself"), help);
            continue;
        }
        if codes.is_empty() {
            let help = format!("name what is said: {} = [\"…\"]", word.get_ref());
            sheet.fault(word.span(), "a catch without a code could be about anything", help);
        }
        let codes = codes.iter().map(|code| code.get_ref().clone()).collect();
        caught.insert(found, codes);
    }
    caught
}
