//! drills/ID/drill.toml.

use std::path::Path;

use model::{Drill, DrillId, DrillStep, Edit, StepExpectation};

use super::language::command;
use super::probe::{toolchain, unique_a_side};
use super::{Ground, stays_inside};
use crate::document::Sheet;
use crate::files;
use crate::nearest::choices;
use crate::shape::{DrillFile, EditEntry, StepEntry};

/// Reads a drill for its meaning; `folder` is its own.
pub(crate) fn drill(
    sheet: &mut Sheet,
    ground: &Ground,
    id: DrillId,
    file: &DrillFile,
    folder: &Path,
) -> Drill {
    if file.step.is_empty() {
        sheet.fault(
            file.title.span(),
            format!("drill \"{id}\" has no step"),
            "add a `[[step]]` for each command, with the side whose tool it is",
        );
    }
    projects_have_a_side(sheet, ground, file, folder);
    unique_a_side(sheet, "step", file.step.iter().map(|step| (&step.side, &step.id)));
    Drill {
        id,
        title: file.title.get_ref().clone(),
        about: file.about.clone(),
        suits: ground.suits(sheet, file.suits.as_ref()),
        folder: folder.to_owned(),
        steps: file.step.iter().filter_map(|entry| step(sheet, ground, entry)).collect(),
        quick: file.quick.unwrap_or(true),
    }
}

/// A project in a folder of another name would never be copied.
fn projects_have_a_side(sheet: &mut Sheet, ground: &Ground, file: &DrillFile, folder: &Path) {
    let files = files::list(folder).unwrap_or_default();
    let mut folders: Vec<&str> =
        files.iter().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    folders.dedup();
    for name in folders {
        let named = ground.sides.iter().any(|side| side.name.as_str() == name);
        if named || ground.sides.is_empty() {
            continue;
        }
        let known = ground.sides.iter().map(|side| side.name.as_str());
        sheet.fault(
            file.title.span(),
            format!("the drill's folder \"{name}\" is named after no side"),
            format!("call it as the side whose project it is; {}", choices(name, "sides", known)),
        );
    }
}

fn step(sheet: &mut Sheet, ground: &Ground, entry: &StepEntry) -> Option<DrillStep> {
    let id = sheet.id(&entry.id);
    let expect: Option<StepExpectation> = sheet.word(&entry.expect);
    let toolchain = toolchain(sheet, ground, &entry.side, entry.toolchain.as_ref());
    let side = ground.side_name(sheet, &entry.side);
    let says = entry.says.as_ref().map(|given| sheet.telling(given));
    if let Some(made) = &entry.makes {
        stays_inside(sheet, made);
    }
    if let (Some(StepExpectation::Fails), None) = (expect, &entry.says) {
        sheet.fault(
            entry.expect.span(),
            format!("step \"{}\" does not say why it fails", entry.id.get_ref()),
            "add says = '…': a command that fails for another reason must not count",
        );
    }
    ways_to_get(sheet, entry);
    Some(DrillStep {
        id: id?,
        side: side?,
        about: entry.about.clone(),
        edit: entry.edit.as_ref().and_then(|given| edit(sheet, given)),
        command: command(sheet, &entry.command),
        expect: expect?,
        says,
        silent: entry.silent,
        makes: entry.makes.as_ref().map(|path| path.get_ref().clone()),
        environment: entry.environment.clone(),
        toolchain: toolchain?,
        needs: entry.needs.iter().map(|program| program.get_ref().clone()).collect(),
        hint: entry.hint.as_ref().map(|hint| hint.get_ref().clone()),
        network: entry.network,
    })
}

/// A step that is not made for want of a program says how to get it.
fn ways_to_get(sheet: &mut Sheet, entry: &StepEntry) {
    match (entry.needs.first(), &entry.hint) {
        (Some(program), None) => sheet.fault(
            program.span(),
            format!("nothing says how to get {}", program.get_ref()),
            "add hint = \"…\": it is told where the program is missing",
        ),
        (None, Some(hint)) => sheet.fault(
            hint.span(),
            "a hint without a need",
            "name the programs that have to be on PATH: needs = [\"…\"]",
        ),
        _ => {}
    }
}

/// Whether the text is there is seen when the step comes: an earlier one may
/// have put it there.
fn edit(sheet: &mut Sheet, given: &EditEntry) -> Option<Edit> {
    if given.find.get_ref().is_empty() {
        let help = "write text that stands in the file exactly once at this step";
        sheet.fault(given.find.span(), "nothing is looked for", help);
    }
    stays_inside(sheet, &given.file).then(|| Edit {
        file: given.file.get_ref().into(),
        find: given.find.get_ref().clone(),
        replace: given.replace.get_ref().clone(),
    })
}
