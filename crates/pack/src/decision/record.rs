//! The machine-readable part of a decision's record: the TOML of the fence that
//! `decide --adr` writes under Confirmation.

use std::path::Path;
use std::sync::Arc;

use model::decision::{Record, Watch, WatchKind};
use serde::Deserialize;
use toml::value::Datetime;

use crate::document::{Document, Guide, Sheet};
use crate::fault::{Fault, Faults};
use crate::shape::Text;
use crate::spanned::Spanned;

const GUIDE: Guide = Guide {
    page: "docs/decide.md",
    missing: "`evenhand decide FILE --adr DIR` writes one",
    hyphens: true,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RecordFile {
    decision: Text,
    hash: String,
    decided: Spanned<Datetime>,
    expires: Spanned<Datetime>,
    outcome: String,
    choice: Option<String>,
    #[serde(default)]
    watch: Vec<WatchEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WatchEntry {
    kind: Text,
    of: String,
    option: Option<Text>,
    component: Option<Text>,
    was: Option<f64>,
    at: Option<f64>,
    others: Option<f64>,
    #[serde(default)]
    to: Vec<String>,
}

/// Reads the machine-readable part of a record.
///
/// # Errors
/// When there is none, or it is not in its form.
pub fn record(path: &Path) -> Result<Record, Faults> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let one = |fault: Fault| Faults(vec![fault]);
    let whole = Document::open_by(&GUIDE, path, name.clone()).map_err(one)?;
    let Some(at) = whole.text.find(Record::FENCE) else {
        let help = "write it with `evenhand decide FILE --adr DIR`, and keep what stands under Confirmation";
        return Err(one(whole.fault(None, "this is no record of a decision", help)));
    };
    let begin = whole.text[at..].find('\n').map_or(whole.text.len(), |line| at + line + 1);
    let end = whole.text[begin..].find("\n```").map_or(whole.text.len(), |end| begin + end + 1);
    // Blank lines in place of what stands before, so that faults name lines of the record.
    let mut text: String = whole.text[..begin].chars().filter(|c| *c == '\n').collect();
    text.push_str(&whole.text[begin..end]);
    let document = Document::new(&GUIDE, name, Arc::from(text));
    let file: RecordFile = document.decode().map_err(one)?;
    let mut sheet = Sheet::new(&document);
    let record = meaning(&mut sheet, &file);
    let faults = sheet.finish();
    match record {
        Some(record) if faults.is_empty() => Ok(record),
        _ => Err(Faults(faults)),
    }
}

fn meaning(sheet: &mut Sheet, file: &RecordFile) -> Option<Record> {
    let watches = file.watch.iter().filter_map(|entry| watch(sheet, entry)).collect();
    Some(Record {
        decision: file.decision.get_ref().clone(),
        hash: file.hash.clone(),
        decided: super::evidence::day(sheet, &file.decided)?,
        expires: super::evidence::day(sheet, &file.expires)?,
        outcome: file.outcome.clone(),
        choice: file.choice.clone(),
        watches,
    })
}

fn watch(sheet: &mut Sheet, entry: &WatchEntry) -> Option<Watch> {
    let kind: WatchKind = sheet.word(&entry.kind)?;
    Some(Watch {
        kind,
        of: entry.of.clone(),
        option: entry.option.as_ref().and_then(|option| sheet.id(option)),
        component: entry.component.as_ref().and_then(|component| sheet.id(component)),
        was: entry.was,
        at: entry.at,
        others: entry.others,
        to: entry.to.clone(),
    })
}
