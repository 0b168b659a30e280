//! The inputs of a workload: shipped files, or data made from a seed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{Input, InputKind};

use super::stays_inside;
use crate::document::Sheet;
use crate::files::belongs;
use crate::nearest::choices;
use crate::shape::{InputEntry, Text};
use crate::spanned::Spanned;

pub(crate) const KINDS: &[(&str, &[&str])] = &[
    ("file", &["path"]),
    ("csv-records", &["rows", "seed"]),
    ("json-records", &["rows", "seed"]),
    ("text-tree", &["files", "bytes", "seed"]),
];

/// Reads the `[input.NAME]` tables.
pub(super) fn inputs(
    sheet: &mut Sheet,
    entries: &BTreeMap<Text, InputEntry>,
    folder: &Path,
) -> BTreeMap<String, Input> {
    let mut inputs = BTreeMap::new();
    for (name, entry) in entries {
        sheet.name(name, "the name of an input");
        let sha256 = hash(sheet, name, entry.sha256.as_ref());
        if let Some(kind) = kind(sheet, name, entry, folder) {
            inputs.insert(name.get_ref().clone(), Input { kind, sha256 });
        }
    }
    inputs
}

fn hash(sheet: &mut Sheet, name: &Text, given: Option<&Text>) -> String {
    let help = "run `evenhand pack check`: it makes the input and prints the right hash";
    let Some(given) = given else {
        sheet.fault(name.span(), format!("input \"{}\" has no sha256", name.get_ref()), help);
        return String::new();
    };
    let word = given.get_ref();
    if word.len() != 64 || !word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f')) {
        sheet.fault(given.span(), "this is not a SHA-256: 64 lower-case hex digits", help);
    }
    word.clone()
}

/// What an input consists of, whatever its hash.
pub(crate) fn kind(
    sheet: &mut Sheet,
    name: &Text,
    entry: &InputEntry,
    folder: &Path,
) -> Option<InputKind> {
    let word = entry.kind.get_ref().as_str();
    let Some((_, wanted)) = KINDS.iter().find(|(kind, _)| *kind == word) else {
        sheet.unknown(&entry.kind, "kind of input", "kinds", KINDS.iter().map(|(kind, _)| *kind));
        return None;
    };
    if !keys_fit(sheet, name, entry, wanted) {
        return None;
    }
    let number = |given: &Option<Spanned<u64>>| given.as_ref().map(|given| *given.get_ref());
    let seed = number(&entry.seed);
    match word {
        "file" => file(sheet, entry.path.as_ref()?, folder),
        "csv-records" => Some(InputKind::CsvRecords { rows: number(&entry.rows)?, seed: seed? }),
        "json-records" => Some(InputKind::JsonRecords { rows: number(&entry.rows)?, seed: seed? }),
        _ => {
            let bytes = bytes(sheet, entry)?;
            Some(InputKind::TextTree { files: number(&entry.files)?, bytes, seed: seed? })
        }
    }
}

/// Whether exactly the wanted keys are there.
fn keys_fit(sheet: &mut Sheet, name: &Text, entry: &InputEntry, wanted: &[&str]) -> bool {
    let given = [
        ("path", entry.path.as_ref().map(Spanned::span)),
        ("rows", entry.rows.as_ref().map(Spanned::span)),
        ("files", entry.files.as_ref().map(Spanned::span)),
        ("bytes", entry.bytes.as_ref().map(Spanned::span)),
        ("seed", entry.seed.as_ref().map(Spanned::span)),
    ];
    let kind = entry.kind.get_ref();
    let mut fit = true;
    for (key, span) in given {
        match span {
            None if wanted.contains(&key) => {
                fit = false;
                sheet.fault(
                    entry.kind.span(),
                    format!("input \"{}\" of kind {kind} has no {key}", name.get_ref()),
                    format!("{kind} needs: {}", wanted.join(", ")),
                );
            }
            Some(span) if !wanted.contains(&key) => {
                let help = choices(key, "keys of this kind", wanted.iter().copied());
                sheet.fault(span, format!("{key} means nothing for an input of kind {kind}"), help);
            }
            _ => {}
        }
    }
    fit
}

fn file(sheet: &mut Sheet, path: &Text, folder: &Path) -> Option<InputKind> {
    if !stays_inside(sheet, path) {
        return None;
    }
    let word = path.get_ref();
    if !folder.join(word).is_file() {
        sheet.fault(
            path.span(),
            format!("there is no file \"{word}\""),
            "name a file of the workload's folder",
        );
    } else if !belongs(word) {
        sheet.fault(
            path.span(),
            format!("\"{word}\" would be left out of the pack"),
            "give it a name with an extension, not hidden and not below target/",
        );
    }
    Some(InputKind::File(PathBuf::from(word)))
}

fn bytes(sheet: &mut Sheet, entry: &InputEntry) -> Option<u64> {
    let given = entry.bytes.as_ref()?;
    let quantity = given.get_ref();
    let value = quantity.plain().map_or_else(|| quantity.in_unit(model::Unit::Bytes), Ok);
    match value {
        Ok(value) if value >= 0.0 => Some(value.round() as u64),
        Ok(_) => {
            sheet.fault(given.span(), "a size below zero", "write a size such as \"32 MiB\"");
            None
        }
        Err(help) => {
            sheet.fault(given.span(), "this is not a size", help);
            None
        }
    }
}
