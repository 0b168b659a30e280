//! drills/ID/drill.toml.

use std::path::Path;

use model::{Drill, DrillId, DrillStep, Edit};

use super::language::command;
use super::probe::{toolchain, unique_a_side};
use super::{Ground, stays_inside};
use crate::document::Sheet;
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

fn step(sheet: &mut Sheet, ground: &Ground, entry: &StepEntry) -> Option<DrillStep> {
    let id = sheet.id(&entry.id);
    let expect = sheet.word(&entry.expect);
    let toolchain = toolchain(sheet, ground, &entry.side, entry.toolchain.as_ref());
    let side = ground.side_name(sheet, &entry.side);
    let says = entry.says.as_ref().map(|given| sheet.expression(given, 0));
    if let Some(made) = &entry.makes {
        stays_inside(sheet, made);
    }
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
        needs: entry.needs.clone(),
        hint: entry.hint.clone(),
        network: entry.network,
    })
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
