//! probes/ID/probe.toml.

use std::path::Path;

use model::{Check, CheckExpectation, Gate, Probe, ProbeId, ToolchainName};

use super::{Ground, stays_inside};
use crate::document::Sheet;
use crate::files::belongs;
use crate::nearest::choices;
use crate::shape::{CheckEntry, ProbeFile, Text};

/// Reads a probe for its meaning; `folder` is its own.
pub(crate) fn probe(
    sheet: &mut Sheet,
    ground: &Ground,
    id: ProbeId,
    file: &ProbeFile,
    folder: &Path,
) -> Probe {
    if file.check.is_empty() {
        sheet.fault(
            file.title.span(),
            format!("probe \"{id}\" has no check"),
            "add a `[[check]]` for each program: the one that is stopped, and its twin that passes",
        );
    }
    unique_a_side(sheet, "check", file.check.iter().map(|check| (&check.side, &check.id)));
    twins(sheet, file);
    Probe {
        id,
        title: file.title.get_ref().clone(),
        about: file.about.clone(),
        suits: ground.suits(sheet, file.suits.as_ref()),
        folder: folder.to_owned(),
        checks: file.check.iter().filter_map(|entry| check(sheet, ground, entry, folder)).collect(),
        quick: file.quick.unwrap_or(true),
    }
}

/// The same id on two sides is one item tried twice; on one side it is a slip.
pub(super) fn unique_a_side<'a>(
    sheet: &mut Sheet,
    noun: &str,
    entries: impl Iterator<Item = (&'a Text, &'a Text)>,
) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for (side, id) in entries {
        let pair = (side.get_ref().as_str(), id.get_ref().as_str());
        if seen.contains(&pair) {
            sheet.fault(
                id.span(),
                format!("{noun} \"{}\" is declared twice for side \"{}\"", pair.1, pair.0),
                "give one of the two another id, or remove it",
            );
        }
        seen.push(pair);
    }
}

fn check(sheet: &mut Sheet, ground: &Ground, entry: &CheckEntry, folder: &Path) -> Option<Check> {
    let id = sheet.id(&entry.id);
    let at: Option<Gate> = match &entry.at {
        Some(word) => sheet.word(word),
        None => Some(Gate::Compile),
    };
    let expect: Option<CheckExpectation> = sheet.word(&entry.expect);
    file_is_there(sheet, &entry.file, folder);
    let toolchain = toolchain(sheet, ground, &entry.side, entry.toolchain.as_ref());
    let side = ground.side_name(sheet, &entry.side);
    let says = entry.says.as_ref().map(|given| sheet.telling(given));
    if let Some(expect) = expect {
        told_why(sheet, entry, expect);
    }
    let (at, side) = (at?, side?);
    gate_exists(sheet, ground, entry, at);
    Some(Check {
        id: id?,
        side,
        about: entry.about.clone(),
        file: entry.file.get_ref().into(),
        at,
        expect: expect?,
        code: entry.code.as_ref().map(|code| code.get_ref().clone()),
        says,
        args: entry.args.clone(),
        toolchain: toolchain?,
    })
}

fn file_is_there(sheet: &mut Sheet, file: &Text, folder: &Path) {
    let word = file.get_ref();
    if !stays_inside(sheet, file) {
    } else if !folder.join(word).is_file() {
        sheet.fault(
            file.span(),
            format!("there is no \"{word}\" in the probe's folder"),
            "write the program, or name the file that holds it",
        );
    } else if !belongs(word) {
        sheet.fault(
            file.span(),
            format!("\"{word}\" would be left out of the pack"),
            "give it a name with an extension, not hidden and not below target/",
        );
    }
}

/// A program stopped for another reason would look the same.
fn told_why(sheet: &mut Sheet, entry: &CheckEntry, expect: CheckExpectation) {
    match (expect, &entry.code, &entry.says) {
        (CheckExpectation::Passes, Some(code), _) => sheet.fault(
            code.span(),
            "a program that passes has no diagnostic code",
            "remove code, or expect \"warned\" or \"stopped\"",
        ),
        (CheckExpectation::Warned | CheckExpectation::Stopped, None, None) => sheet.fault(
            entry.expect.span(),
            format!("check \"{}\" does not say why it is {expect}", entry.id.get_ref()),
            "add code = \"…\" or says = '…': being stopped for another reason must not count",
        ),
        _ => {}
    }
}

/// A toolchain that the side's language knows by name.
pub(super) fn toolchain(
    sheet: &mut Sheet,
    ground: &Ground,
    side: &Text,
    given: Option<&Text>,
) -> Option<ToolchainName> {
    let Some(given) = given else { return Some(ToolchainName::installed()) };
    let name: ToolchainName = sheet.id(given)?;
    let side = ground.sides.iter().find(|known| known.name.as_str() == side.get_ref())?;
    let language = ground.languages.get(&side.language)?;
    if name.is_installed() || language.toolchains.contains_key(&name) {
        return Some(name);
    }
    let known = ["installed"].into_iter().chain(language.toolchains.keys().map(|n| n.as_str()));
    let help = choices(name.as_str(), "toolchains", known);
    sheet.fault(given.span(), format!("{} has no toolchain \"{name}\"", language.name), help);
    None
}

fn gate_exists(sheet: &mut Sheet, ground: &Ground, entry: &CheckEntry, at: Gate) {
    let side = ground.sides.iter().find(|side| side.name.as_str() == entry.side.get_ref());
    let Some(language) = side.and_then(|side| ground.languages.get(&side.language)) else { return };
    if !language.gates.contains_key(&at) {
        let known: Vec<&str> = language.gates.keys().map(|gate| gate.name()).collect();
        let others = match known.is_empty() {
            true => String::new(),
            false => format!(", or use one of: {}", known.join(", ")),
        };
        sheet.fault(
            entry.at.as_ref().map_or(entry.id.span(), crate::spanned::Spanned::span),
            format!("{} has no gate {at}", language.name),
            format!("add [gate.{at}] to languages/{}.toml{others}", language.id),
        );
    }
}

/// Beside every program that is stopped or warned about stands one that passes
/// the same gate, so that a tool which refuses everything proves nothing.
fn twins(sheet: &mut Sheet, file: &ProbeFile) {
    let gate = |entry: &CheckEntry| match &entry.at {
        Some(word) => word.get_ref().parse().ok(),
        None => Some(Gate::Compile),
    };
    let expected = |entry: &CheckEntry| entry.expect.get_ref().parse().ok();
    let passing: Vec<(&str, Gate)> = file
        .check
        .iter()
        .filter(|entry| expected(entry) == Some(CheckExpectation::Passes))
        .filter_map(|entry| Some((entry.side.get_ref().as_str(), gate(entry)?)))
        .collect();
    for entry in &file.check {
        let (Some(at), Some(expect)) = (gate(entry), expected(entry)) else { continue };
        let side = entry.side.get_ref().as_str();
        if expect == CheckExpectation::Passes || passing.contains(&(side, at)) {
            continue;
        }
        sheet.fault(
            entry.id.span(),
            format!("check \"{}\" has no twin of side \"{side}\" that passes", entry.id.get_ref()),
            format!(
                "add a check at = \"{at}\" with expect = \"passes\" that differs as little as \
                 possible"
            ),
        );
    }
}
