//! `[[side]]`: a program and where it comes from.

use std::fs;
use std::path::{Path, PathBuf};

use model::contract::{Origin, Side};
use model::{Language, LanguageId, Profile, ToolchainName, Version};

use super::name::named;
use super::place::{Place, absent, command, words};
use crate::document::Sheet;
use crate::nearest::choices;
use crate::service::variables;
use crate::shape::{Command, ContractFile, ContractSideEntry as SideEntry, Text};

/// Where a program may come from, for sides that do not say.
const FORMS: &str = "write project = \"FOLDER\", program = \"FILE\", command = [\"FILE\", \"ARG\"], \
                     or build = [\"COMMAND\"] with program = \"FILE\"";

/// Reads all sides.
pub(super) fn sides(
    sheet: &mut Sheet,
    place: &Place,
    file: &ContractFile,
    profile: Profile,
) -> Vec<Side> {
    sheet.no_duplicates("side", file.side.iter().map(|side| &side.name));
    match file.side.as_slice() {
        [] => sheet.fault_of_file(
            "there are no sides",
            "add a `[[side]]` with a name for each program that is compared",
        ),
        [only] => sheet.fault(
            only.name.span(),
            format!("\"{}\" is the only side", only.name.get_ref()),
            "a contract needs two sides or more: add another `[[side]]`",
        ),
        _ => {}
    }
    file.side.iter().filter_map(|entry| side(sheet, place, entry, profile)).collect()
}

fn side(sheet: &mut Sheet, place: &Place, entry: &SideEntry, profile: Profile) -> Option<Side> {
    let name = named(sheet, &entry.name, "side");
    misplaced(sheet, entry);
    let origin = origin(sheet, place, entry, profile);
    let mut args = match &entry.command {
        Some(given) => command(sheet, given, "command = [\"FILE\", \"ARG\"]"),
        None => Vec::new(),
    };
    args.drain(..args.len().min(1));
    args.extend(words(sheet, &entry.args));
    let env = variables(sheet, &entry.env);
    let toolchain = entry.toolchain.as_ref().map(|given| given.get_ref().clone());
    Some(Side { name: name?, origin: origin?, args, env, toolchain })
}

/// Faults keys that belong to another kind of side.
fn misplaced(sheet: &mut Sheet, entry: &SideEntry) {
    let of_a_project = [
        ("language", entry.language.as_ref().map(Text::span)),
        ("package", entry.package.as_ref().map(Text::span)),
        ("binary", entry.binary.as_ref().map(Text::span)),
        ("features", entry.features.as_ref().map(|list| list.span())),
        ("toolchain", entry.toolchain.as_ref().map(Text::span)),
    ];
    let of_a_build = [("folder", entry.folder.as_ref().map(Text::span))];
    let project = (entry.project.is_none(), &of_a_project[..], "project = \"FOLDER\"");
    let build = (entry.build.is_none(), &of_a_build[..], "build = [\"COMMAND\"]");
    for (missing, keys, other) in [project, build] {
        for (key, span) in keys.iter().filter(|_| missing) {
            let Some(span) = span.clone() else { continue };
            let message = format!("{key} says nothing without {}", first_word(other));
            sheet.fault(span, message, format!("add {other}, or remove {key}"));
        }
    }
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

fn origin(sheet: &mut Sheet, place: &Place, entry: &SideEntry, profile: Profile) -> Option<Origin> {
    match (&entry.project, &entry.build, &entry.program, &entry.command) {
        (Some(project), None, None, None) => of_project(sheet, place, entry, project, profile),
        (None, Some(build), Some(program), None) => built(sheet, place, entry, build, program),
        (None, None, Some(program), None) => there(sheet, place, program),
        (None, None, None, Some(command)) => there(sheet, place, command.get_ref().first()?),
        (None, Some(build), None, None) => {
            let help = "add program = \"FILE\", relative to the folder of this file";
            sheet.fault(build.span(), "it is not said what the command leaves", help);
            None
        }
        (None, None, None, None) => {
            let name = entry.name.get_ref();
            let message = format!("side \"{name}\" does not say where its program comes from");
            sheet.fault(entry.name.span(), message, FORMS);
            None
        }
        _ => {
            let name = entry.name.get_ref();
            let message = format!("side \"{name}\" says twice where its program comes from");
            sheet.fault(entry.name.span(), message, FORMS);
            None
        }
    }
}

fn there(sheet: &mut Sheet, place: &Place, given: &Text) -> Option<Origin> {
    let word = given.get_ref();
    if is_bare(word) {
        return Some(Origin::Program { path: PathBuf::from(word) });
    }
    let path = place.path(word);
    if path.is_dir() && !word.is_empty() {
        let help =
            "name the program's file; for a folder with a manifest write project = \"FOLDER\"";
        sheet.fault(given.span(), format!("\"{word}\" is a folder"), help);
    } else if !path.is_file() {
        absent(sheet, given, "program");
    } else if !may_run(&path) {
        let help = format!("make it executable: chmod +x {word}");
        sheet.fault(given.span(), format!("\"{word}\" may not be run"), help);
    } else {
        return Some(Origin::Program { path });
    }
    None
}

/// Whether a program is looked up on `PATH`.
fn is_bare(word: &str) -> bool {
    !word.is_empty() && !word.contains(['/', '\0']) && !matches!(word, "." | ".." | "~")
}

#[cfg(unix)]
fn may_run(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn may_run(path: &Path) -> bool {
    fs::metadata(path).is_ok()
}

fn built(
    sheet: &mut Sheet,
    place: &Place,
    entry: &SideEntry,
    build: &Command,
    program: &Text,
) -> Option<Origin> {
    let command = command(sheet, build, "build = [\"make\", \"release\"]");
    let folder = match &entry.folder {
        Some(given) => place.folder(sheet, given, "folder"),
        None => Some(place.folder.clone()),
    };
    let path = place.path(program.get_ref());
    if program.get_ref().is_empty() || path.is_dir() {
        let message = format!("\"{}\" is a folder", program.get_ref());
        let help = "name the file that the command leaves, relative to the folder of this file";
        sheet.fault(program.span(), message, help);
    }
    Some(Origin::Built { folder: folder?, command, program: path })
}

fn of_project(
    sheet: &mut Sheet,
    place: &Place,
    entry: &SideEntry,
    project: &Text,
    profile: Profile,
) -> Option<Origin> {
    let folder = place.folder(sheet, project, "project")?;
    let language = language(sheet, place, entry, project, &folder)?;
    for given in [&entry.package, &entry.binary].into_iter().flatten() {
        if given.get_ref().is_empty() {
            sheet.fault(given.span(), "an empty name", "write the name, or remove the key");
        }
    }
    if !language.profiles.contains_key(&profile) {
        let known = language.profiles.keys().map(|profile| profile.name()).collect::<Vec<_>>();
        sheet.fault(
            project.span(),
            format!("profile {profile} is not described for {}", language.name),
            format!("write profile = … at the top, one of: {}", known.join(", ")),
        );
    }
    toolchain(sheet, entry.toolchain.as_ref(), language);
    let text = |given: &Option<Text>| given.as_ref().map(|text| text.get_ref().clone());
    let features = entry.features.iter().flat_map(|list| list.get_ref());
    Some(Origin::Project {
        language: language.id.clone(),
        folder,
        package: text(&entry.package),
        binary: text(&entry.binary),
        features: features.map(|word| word.get_ref().clone()).collect(),
    })
}

/// The language whose manifest is there, or the one that is said.
fn language<'a>(
    sheet: &mut Sheet,
    place: &'a Place,
    entry: &SideEntry,
    project: &Text,
    folder: &Path,
) -> Option<&'a Language> {
    let all = || place.languages.values();
    if let Some(given) = &entry.language {
        let word = given.get_ref();
        let id: Option<LanguageId> = word.parse().ok();
        let Some(language) = id.and_then(|id| place.languages.get(&id)) else {
            sheet.unknown(given, "language", "languages", all().map(|known| known.id.as_str()));
            return None;
        };
        if !folder.join(&language.manifest).is_file() {
            let message = format!("there is no {} in {}", language.manifest, shown(project));
            sheet.fault(given.span(), message, "name the folder that it stands in");
        }
        return Some(language);
    }
    let here: Vec<&Language> =
        all().filter(|known| folder.join(&known.manifest).is_file()).collect();
    match here.as_slice() {
        [only] => Some(only),
        [] => {
            let known: Vec<String> =
                all().map(|known| format!("{} ({})", known.manifest, known.name)).collect();
            let message = format!("there is no manifest in {}", shown(project));
            sheet.fault(project.span(), message, without_manifest(folder, place, &known));
            None
        }
        several => {
            let manifests: Vec<&str> = several.iter().map(|it| it.manifest.as_str()).collect();
            let ids: Vec<String> =
                several.iter().map(|it| format!("language = \"{}\"", it.id)).collect();
            let message = format!("{} holds {}", shown(project), manifests.join(" and "));
            sheet.fault(project.span(), message, format!("say which: {}", ids.join(" or ")));
            None
        }
    }
}

fn shown(project: &Text) -> String {
    let word = project.get_ref();
    if word.ends_with('/') { word.clone() } else { format!("{word}/") }
}

/// A manifest further up belongs to a package of a larger project.
fn without_manifest(folder: &Path, place: &Place, known: &[String]) -> String {
    let has = |above: &&Path| {
        place.languages.values().any(|language| above.join(&language.manifest).is_file())
    };
    match folder.ancestors().skip(1).take(4).find(has) {
        Some(above) => {
            let up = super::place::relative(above, &place.folder);
            let rest = super::place::relative(folder, above);
            let (up, rest) = (up.display(), rest.display());
            format!(
                "one stands above: write project = \"{up}\" and name the package, such as package = \"./{rest}\""
            )
        }
        None => format!("manifests: {}; anything else: build = [\"COMMAND\"]", known.join(", ")),
    }
}

fn toolchain(sheet: &mut Sheet, given: Option<&Text>, language: &Language) {
    let Some(given) = given else { return };
    let word = given.get_ref();
    let name: Option<ToolchainName> = word.parse().ok();
    let known =
        name.is_some_and(|name| name.is_installed() || language.toolchains.contains_key(&name));
    let begins = word.starts_with(|c: char| c.is_ascii_digit());
    let is_version = begins && word.parse::<Version>().is_ok();
    if word == "installed" || (known && language.switch.is_some()) {
        return;
    }
    if language.switch.is_none() {
        let message = format!("{} does not say how another toolchain is had", language.name);
        let help = format!("remove toolchain, or add [switch] to languages/{}.toml", language.id);
        return sheet.fault(given.span(), message, help);
    }
    if !is_version {
        let names = language.toolchains.keys().map(|name| name.as_str());
        let help = choices(word, "toolchains", names.chain(["installed"]));
        let message = format!("unknown toolchain \"{word}\"");
        sheet.fault(
            given.span(),
            message,
            format!("{help}; or a version such as {}", language.minimum),
        );
    }
}
