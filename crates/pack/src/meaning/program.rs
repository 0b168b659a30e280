//! The programs of a workload: one a side and tier, with a manifest and, for
//! incremental builds, an edit that fits.

use std::path::{Path, PathBuf};

use model::{Edit, Metric, Program, Side, Tier, WorkloadId};

use super::{Ground, stays_inside};
use crate::document::Sheet;
use crate::shape::{EditEntry, ProgramEntry, WorkloadFile};

/// Reads the programs of a workload that has `metrics` of its artefacts.
pub(super) fn programs(
    sheet: &mut Sheet,
    ground: &Ground,
    id: &WorkloadId,
    file: &WorkloadFile,
    metrics: &[Metric],
    folder: &Path,
) -> Vec<Program> {
    let base = sources(sheet, file, folder);
    let mut programs: Vec<Program> = Vec::new();
    for entry in &file.program {
        let Some(program) = program(sheet, ground, entry, metrics, &base) else { continue };
        if programs.iter().any(|known| known.side == program.side && known.tier == program.tier) {
            sheet.fault(
                entry.side.span(),
                format!("there are two {} programs of side \"{}\"", program.tier, program.side),
                "give one of the two another tier, or remove it",
            );
        }
        programs.push(program);
    }
    for side in &ground.sides {
        if !file.program.iter().any(|entry| entry.side.get_ref() == side.name.as_str()) {
            no_program(sheet, id, side, file);
        }
    }
    programs
}

/// Where the programs' folders are: the workload's own, or a template that
/// several workloads share.
fn sources(sheet: &mut Sheet, file: &WorkloadFile, workload: &Path) -> PathBuf {
    let Some(entry) = &file.generate else { return workload.to_owned() };
    let name = entry.template.get_ref();
    let template = workload.join("../../generators").join(name);
    if sheet.name(&entry.template, "the name of a template") && !template.is_dir() {
        sheet.fault(
            entry.template.span(),
            format!("there is no template \"{name}\""),
            format!("make generators/{name}/ with a folder of templates for each side"),
        );
    }
    std::fs::canonicalize(&template).unwrap_or(template)
}

fn no_program(sheet: &mut Sheet, id: &WorkloadId, side: &Side, file: &WorkloadFile) {
    let name = &side.name;
    let at = file.program.last().map_or(file.title.span(), |entry| entry.side.span());
    sheet.fault(
        at,
        format!("workload \"{id}\" has no program for side \"{name}\""),
        format!("add workloads/{id}/{name}/ and a `[[program]]` with side = \"{name}\""),
    );
}

fn program(
    sheet: &mut Sheet,
    ground: &Ground,
    entry: &ProgramEntry,
    metrics: &[Metric],
    workload: &Path,
) -> Option<Program> {
    let side = ground.side(sheet, &entry.side)?;
    let tier = match &entry.tier {
        Some(word) => sheet.word(word)?,
        None => Tier::Idiomatic,
    };
    if let Some(path) = &entry.folder
        && !stays_inside(sheet, path)
    {
        return None;
    }
    let name = entry
        .folder
        .as_ref()
        .map_or_else(|| default_folder(side, tier), |path| path.get_ref().clone());
    let folder = workload.join(&name);
    let there = has_manifest(sheet, ground, entry, side, &name, &folder);
    edit_is_there(sheet, entry, metrics, side);
    let edit = entry.edit.as_ref().filter(|_| there).and_then(|edit| fitting(sheet, edit, &folder));
    Some(Program { side: side.name.clone(), language: side.language.clone(), tier, folder, edit })
}

/// The headline program has the side's own name, the others their tier behind it.
fn default_folder(side: &Side, tier: Tier) -> String {
    match tier {
        Tier::Idiomatic => side.name.to_string(),
        Tier::Std | Tier::Tuned => format!("{}-{tier}", side.name),
    }
}

fn has_manifest(
    sheet: &mut Sheet,
    ground: &Ground,
    entry: &ProgramEntry,
    side: &Side,
    name: &str,
    folder: &Path,
) -> bool {
    let Some(language) = ground.languages.get(&side.language) else { return false };
    let manifest = &language.manifest;
    let message = if !folder.is_dir() {
        format!("the program's folder {name}/ is missing")
    } else if !folder.join(manifest).is_file()
        && !folder.join(format!("{manifest}.jinja")).is_file()
    {
        format!("there is no {manifest} in {name}/")
    } else {
        return true;
    };
    sheet.fault(
        entry.side.span(),
        message,
        format!("put a {} project into {name}/, or name its folder: folder = \"…\"", language.name),
    );
    false
}

fn edit_is_there(sheet: &mut Sheet, entry: &ProgramEntry, metrics: &[Metric], side: &Side) {
    let incremental = metrics
        .iter()
        .find(|metric| matches!(metric, Metric::BuildIncremental | Metric::BuildIncrementalCpu));
    if let (Some(metric), None) = (incremental, &entry.edit) {
        sheet.fault(
            entry.side.span(),
            format!("{metric} is measured, but the program of \"{}\" has no edit", side.name),
            "add edit = { file = \"…\", find = \"…\", replace = \"… {n}\" }: a small change",
        );
    }
}

/// The edit, if its text stands in the file exactly once.
fn fitting(sheet: &mut Sheet, entry: &EditEntry, folder: &Path) -> Option<Edit> {
    if !stays_inside(sheet, &entry.file) {
        return None;
    }
    let (find, replace) = (entry.find.get_ref(), entry.replace.get_ref());
    let file = folder.join(entry.file.get_ref());
    let template = folder.join(format!("{}.jinja", entry.file.get_ref()));
    let Ok(text) = std::fs::read_to_string(file).or_else(|_| std::fs::read_to_string(template))
    else {
        sheet.fault(
            entry.file.span(),
            format!("cannot read \"{}\"", entry.file.get_ref()),
            "name a text file of the program, relative to its folder",
        );
        return None;
    };
    let once = "the edit is made by this text: choose one that stands there once";
    match if find.is_empty() { 0 } else { text.matches(find.as_str()).count() } {
        1 => {}
        0 => sheet.fault(entry.find.span(), "the text to find is not in the file", once),
        n => sheet.fault(entry.find.span(), format!("the text stands in the file {n} times"), once),
    }
    if !replace.contains("{n}") {
        sheet.fault(
            entry.replace.span(),
            "every build after the first would meet a source that was built before",
            "write {n} somewhere in it: it becomes the number of the change",
        );
    }
    Some(Edit {
        file: PathBuf::from(entry.file.get_ref()),
        find: find.clone(),
        replace: replace.clone(),
    })
}
