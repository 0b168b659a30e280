//! `[project]` of a language: how a part of a user's project is named in its
//! commands, and what belongs to it.

use model::{LocalPackages, LockFile, ProjectForm};

use super::language::{command, placeholders};
use crate::document::Sheet;
use crate::shape::{Command, LanguageFile, RecipeEntry, Text};

/// Reads `[project]`; without it a language knows projects as wholes.
pub(super) fn project(sheet: &mut Sheet, file: &LanguageFile) -> ProjectForm {
    let Some(entry) = &file.project else { return ProjectForm::default() };
    for variable in &entry.leaves {
        if !file.environment.contains_key(variable.get_ref()) {
            let what = format!("\"{}\" is not set in [environment]", variable.get_ref());
            sheet.fault(variable.span(), what, "only what is set for programs can be left");
        }
    }
    ProjectForm {
        whole: entry.whole.clone(),
        package: naming(sheet, file, entry.package.as_ref(), "package", "{project}"),
        binary: naming(sheet, file, entry.binary.as_ref(), "binary", "{binary}"),
        features: naming(sheet, file, entry.features.as_ref(), "features", "{project}"),
        environment: entry.environment.clone(),
        leaves: entry.leaves.iter().map(|variable| variable.get_ref().clone()).collect(),
        root: entry.root.as_ref().map(|given| command(sheet, given)).unwrap_or_default(),
        lock: entry
            .lock
            .as_ref()
            .map(|lock| LockFile { file: lock.file.clone(), hint: lock.hint.clone() }),
        products: entry.products.clone(),
        local: entry.local.as_ref().map(|local| LocalPackages {
            command: command(sheet, &local.command),
            folder: sheet.expression(&local.folder, 1),
        }),
    }
}

/// Words that name a part, where they come in the commands that build.
fn naming(
    sheet: &mut Sheet,
    file: &LanguageFile,
    given: Option<&Command>,
    part: &str,
    place: &str,
) -> Vec<String> {
    let Some(given) = given else { return Vec::new() };
    for word in given.get_ref() {
        placeholders(sheet, word, &[part]);
    }
    let wanted = format!("{{{part}}}");
    if !given.get_ref().iter().any(|word| word.get_ref().contains(&wanted)) {
        let help = format!("write {wanted} where it is named");
        sheet.fault(given.span(), "every part would be asked for in the same words", help);
    }
    let has_no_place =
        |recipe: &RecipeEntry| !recipe.command.get_ref().iter().any(|word| word.get_ref() == place);
    if let Some((profile, _)) = file.profile.iter().find(|(_, recipe)| has_no_place(recipe)) {
        let what = format!("the profile {} has no place for them", profile.get_ref());
        let help = format!("write \"{place}\", a word by itself, in its command");
        sheet.fault(given.span(), what, help);
    }
    command(sheet, given)
}

/// A placeholder that becomes several words is a word by itself.
pub(super) fn stands_alone(sheet: &mut Sheet, word: &Text) {
    for place in ["{project}", "{binary}"] {
        if word.get_ref().contains(place) && word.get_ref() != place {
            let span = sheet.within(word.span(), place);
            let help = format!("write \"{place}\", a word by itself");
            sheet.fault(span, format!("{place} may become several words"), help);
        }
    }
}
