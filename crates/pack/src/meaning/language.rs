//! languages/ID.toml.

use std::collections::BTreeMap;
use std::path::Path;

use model::{
    BuildRecipe, CleanCache, Detect, DiagnosticForm, Language, LanguageId, Licences, Need, Profile,
    SourceForm, Version,
};

use super::gate::gates;
use super::project::{self, project};
use super::toolchain::{switch, toolchains};
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::{
    CleanCacheEntry, Command, DetectEntry, LanguageFile, NeedEntry, RecipeEntry, SourceFormEntry,
};
use crate::spanned::Spanned;

const OF_A_BUILD: &[&str] = &["program", "out", "target", "arch", "project", "binary"];
const OF_AN_ARTEFACT: &[&str] = &["program", "out", "target", "arch"];
const OF_A_CONTAINER: &[&str] = &["memory-90", "workers"];
const OF_A_NEED: &[&str] = &["stdout", "target", "arch"];

/// Reads a language for its meaning; `folder` is the one its file stands in.
pub(crate) fn language(
    sheet: &mut Sheet,
    id: LanguageId,
    file: &LanguageFile,
    folder: &Path,
) -> Language {
    let profiles: BTreeMap<Profile, BuildRecipe> = file
        .profile
        .iter()
        .filter_map(|(word, entry)| Some((sheet.word(word)?, recipe(sheet, entry))))
        .collect();
    if file.profile.is_empty() {
        sheet.fault_of_file(
            format!("\"{id}\" has no profile to build with"),
            "add at least [profile.release-practice] with command, artefact and content",
        );
    }
    Language {
        id,
        name: file.name.clone(),
        detect: detect(sheet, &file.detect),
        minimum: version(sheet, &file.minimum),
        hint: file.hint.clone(),
        manifest: file.manifest.clone(),
        environment: file.environment.clone(),
        unset: file.unset.clone(),
        offline: file.offline.clone(),
        fetch: file.fetch.clone(),
        dependencies: file.dependencies.clone(),
        licences: file.licences.as_ref().and_then(|entry| {
            let command = command(sheet, &entry.command);
            Some(Licences { command, form: sheet.word(&entry.form)? })
        }),
        profiles,
        project: project(sheet, file),
        clean_cache: file.clean_cache.as_ref().map(|entry| clean_cache(sheet, entry)),
        sees: file.sees.as_ref().map(|path| {
            let project = folder.join(path.get_ref());
            if !project.join(&file.manifest).is_file() {
                sheet.fault(
                    path.span(),
                    format!("there is no {} in \"{}\"", file.manifest, path.get_ref()),
                    "name the folder of a project beside the language's file, or leave out `sees`",
                );
            }
            project
        }),
        switch: file.switch.as_ref().map(|entry| switch(sheet, entry)),
        toolchains: toolchains(sheet, file),
        gates: gates(sheet, &file.gate),
        diagnostics: file
            .diagnostics
            .as_ref()
            .and_then(|word| sheet.word(word))
            .unwrap_or(DiagnosticForm::Lines),
        corpus: None,
        source: file.source.as_ref().map(|entry| source(sheet, entry)),
        container_env: container(sheet, file),
    }
}

fn container(sheet: &mut Sheet, file: &LanguageFile) -> BTreeMap<String, String> {
    let given = || file.container.iter().flat_map(|entry| &entry.env);
    for (_, value) in given() {
        placeholders(sheet, value, OF_A_CONTAINER);
    }
    given().map(|(name, value)| (name.clone(), value.get_ref().clone())).collect()
}

fn source(sheet: &mut Sheet, entry: &SourceFormEntry) -> SourceForm {
    if entry.extensions.get_ref().is_empty() {
        let help = "name the endings of source files without the dot: [\"c\", \"h\"]";
        sheet.fault(entry.extensions.span(), "no file counts as source", help);
    }
    if entry.comment.get_ref().trim().is_empty() {
        let help = "write what begins a line that is all comment, such as \"//\"";
        sheet.fault(entry.comment.span(), "every line would be a comment", help);
    }
    SourceForm {
        extensions: entry.extensions.get_ref().clone(),
        comment: entry.comment.get_ref().clone(),
        tests: entry.tests.clone(),
        tests_after: entry.tests_after.clone(),
    }
}

pub(super) fn version(sheet: &mut Sheet, given: &Spanned<String>) -> Version {
    given.get_ref().parse().unwrap_or_else(|_| {
        sheet.fault(
            given.span(),
            format!("\"{}\" is not a version", given.get_ref()),
            "write numbers and dots, such as 1.95 or 1.26.8",
        );
        Version { major: 0, minor: 0, patch: 0 }
    })
}

fn detect(sheet: &mut Sheet, entry: &DetectEntry) -> Detect {
    if let Some(file) = &entry.released_file {
        placeholders(sheet, file, &["stdout"]);
    }
    Detect {
        command: command(sheet, &entry.command),
        version: sheet.expression(&entry.version, 1),
        released_command: entry
            .released_command
            .as_ref()
            .map(|given| command(sheet, given))
            .unwrap_or_default(),
        released_file: entry.released_file.as_ref().map(|file| file.get_ref().clone()),
        released: entry.released.as_ref().map(|given| sheet.expression(given, 1)),
    }
}

fn recipe(sheet: &mut Sheet, entry: &RecipeEntry) -> BuildRecipe {
    let known = with_target(OF_A_BUILD, entry.target.is_some());
    for word in entry.command.get_ref() {
        placeholders(sheet, word, &known);
        project::stands_alone(sheet, word);
    }
    placeholders(sheet, &entry.artefact, &with_target(OF_AN_ARTEFACT, entry.target.is_some()));
    if let Some(target) = &entry.target {
        placeholders(sheet, target, &["arch"]);
    }
    for part in ["{program}", "{out}"] {
        if !entry.artefact.get_ref().contains(part) {
            sheet.fault(
                entry.artefact.span(),
                format!("the artefact's path does not contain {part}"),
                "{out} is the folder for products and {program} the program's name: \
                 every build needs its own place",
            );
        }
    }
    BuildRecipe {
        command: command(sheet, &entry.command),
        environment: entry.environment.clone(),
        artefact: entry.artefact.get_ref().clone(),
        target: entry.target.as_ref().map(|target| target.get_ref().clone()),
        needs: entry.needs.as_ref().map(|need| needs(sheet, need, entry.target.is_some())),
        content: entry.content.clone(),
    }
}

fn needs(sheet: &mut Sheet, entry: &NeedEntry, has_target: bool) -> Need {
    let known = with_target(OF_A_NEED, has_target);
    for word in entry.command.get_ref().iter().chain([&entry.file, &entry.hint]) {
        placeholders(sheet, word, &known);
    }
    Need {
        command: command(sheet, &entry.command),
        file: entry.file.get_ref().clone(),
        hint: entry.hint.get_ref().clone(),
    }
}

fn clean_cache(sheet: &mut Sheet, entry: &CleanCacheEntry) -> CleanCache {
    CleanCache {
        variable: entry.variable.clone(),
        list_standard: command(sheet, &entry.list_standard),
        build_standard: command(sheet, &entry.build_standard),
        flags: entry
            .flags
            .iter()
            .filter_map(|(word, flags)| Some((sheet.word(word)?, flags.clone())))
            .collect(),
    }
}

pub(super) fn command(sheet: &mut Sheet, given: &Command) -> Vec<String> {
    let words: Vec<String> = given.get_ref().iter().map(|word| word.get_ref().clone()).collect();
    if words.first().is_none_or(|program| program.trim().is_empty()) {
        sheet.fault(
            given.span(),
            "the command is empty",
            "name a program and its arguments: [\"make\", \"all\"]",
        );
    }
    words
}

/// `{target}` stands for nothing in a recipe that has no target.
fn with_target(known: &[&'static str], has_target: bool) -> Vec<&'static str> {
    known.iter().copied().filter(|name| has_target || *name != "target").collect()
}

/// Faults every `{word}` that would be passed on as it stands.
pub(super) fn placeholders(sheet: &mut Sheet, given: &Spanned<String>, known: &[&str]) {
    let mut rest = given.get_ref().as_str();
    while let Some((_, after)) = rest.split_once('{') {
        let Some((word, tail)) = after.split_once('}') else { return };
        rest = tail;
        if known.contains(&word) {
            continue;
        }
        let span = sheet.within(given.span(), &format!("{{{word}}}"));
        let help = choices(word, "placeholders here", known.iter().copied());
        sheet.fault(span, format!("unknown placeholder {{{word}}}"), help);
    }
}
