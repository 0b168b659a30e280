//! From evenhand.lock to a [`Lock`].

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use model::SideName;
use toml::value::Datetime;

use super::terms::Terms;
use super::write::VERSION;
use super::{Lock, Locked, Recorded};
use crate::contract::name::named;
use crate::document::{Document, Guide, Sheet};
use crate::fault::Faults;
use crate::shape::{LockFile, LockedGuardEntry, LockedMetricEntry, RecordedEntry, Text};
use crate::spanned::Spanned;

const GUIDE: Guide = Guide {
    hyphens: true,
    page: "docs/contract-format.md",
    missing: "`evenhand compare --write` writes it beside evenhand.toml",
};

const REWRITE: &str = "`evenhand compare --write` writes the file anew";

pub(super) fn lock(path: &Path) -> Result<Lock, Faults> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let one = |fault| Faults(vec![fault]);
    let document = Document::open_by(&GUIDE, path, name).map_err(one)?;
    let file: LockFile = document.decode().map_err(one)?;
    let mut sheet = Sheet::new(&document);
    let lock = meaning(&mut sheet, &file);
    let faults = sheet.finish();
    if faults.is_empty() { Ok(lock) } else { Err(Faults(faults)) }
}

fn meaning(sheet: &mut Sheet, file: &LockFile) -> Lock {
    let version = *file.version.get_ref();
    if version != VERSION {
        let message = format!("the lock is of version {version}, and this reads {VERSION}");
        sheet.fault(
            file.version.span(),
            message,
            "use the Evenhand that wrote it, or write it anew",
        );
    }
    sheet.no_duplicates("guard", file.guard.iter().map(|entry| &entry.name));
    sheet.no_duplicates("metric", file.metric.iter().map(|entry| &entry.name));
    let mut recorded: Vec<Recorded> = Vec::new();
    for entry in &file.recorded {
        let Some(read) = record(sheet, entry) else { continue };
        let same = |known: &Recorded| known.guard == read.guard && known.machine == read.machine;
        if recorded.iter().any(same) {
            let message = "this guard was recorded twice on this kind of machine";
            sheet.fault(entry.guard.span(), message, REWRITE);
        }
        recorded.push(read);
    }
    let mut lock = Lock {
        guards: file.guard.iter().map(|entry| guard(sheet, entry)).collect(),
        metrics: file.metric.iter().map(|entry| metric(sheet, entry)).collect(),
        recorded,
    };
    lock.guards.sort_by(|one, other| one.name.cmp(&other.name));
    lock.metrics.sort_by(|one, other| one.name.cmp(&other.name));
    lock.recorded
        .sort_by(|one, other| (&one.guard, &one.machine).cmp(&(&other.guard, &other.machine)));
    lock
}

fn guard(sheet: &mut Sheet, entry: &LockedGuardEntry) -> Locked {
    let terms = [
        ("metric", &entry.metric),
        ("case", &entry.case),
        ("side", &entry.side),
        ("limit", &entry.limit),
        ("margin", &entry.margin),
        ("floor", &entry.floor),
        ("max-age", &entry.max_age),
    ];
    locked(sheet, &entry.name, &terms, &entry.sha256)
}

fn metric(sheet: &mut Sheet, entry: &LockedMetricEntry) -> Locked {
    let terms = [("margin", &entry.margin), ("floor", &entry.floor)];
    locked(sheet, &entry.name, &terms, &entry.sha256)
}

fn locked(
    sheet: &mut Sheet,
    name: &Text,
    terms: &[(&'static str, &Text)],
    sha256: &Text,
) -> Locked {
    let digest = sha256.get_ref();
    if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        sheet.fault(sha256.span(), "that is no SHA-256 in 64 hex digits", REWRITE);
    }
    let terms = terms.iter().map(|(key, words)| (*key, words.get_ref().clone())).collect();
    Locked { name: name.get_ref().clone(), terms: Terms(terms), sha256: digest.clone() }
}

fn record(sheet: &mut Sheet, entry: &RecordedEntry) -> Option<Recorded> {
    let ratio = finite(sheet, &entry.ratio);
    let low = entry.low.as_ref().map(|given| finite(sheet, given));
    let high = entry.high.as_ref().map(|given| finite(sheet, given));
    let mut values = BTreeMap::new();
    for (name, given) in &entry.values {
        let value = finite(sheet, given);
        values.extend(named::<SideName>(sheet, name, "side").map(|name| (name, value)));
    }
    Some(Recorded {
        guard: entry.guard.get_ref().clone(),
        machine: entry.machine.get_ref().clone(),
        ratio,
        low,
        high,
        values,
        date: date(sheet, &entry.date)?,
        pairs: entry.pairs,
    })
}

fn finite(sheet: &mut Sheet, given: &Spanned<f64>) -> f64 {
    let value = *given.get_ref();
    if !value.is_finite() {
        sheet.fault(given.span(), format!("{value} is no value that was seen"), REWRITE);
    }
    value
}

fn date(sheet: &mut Sheet, given: &Spanned<Datetime>) -> Option<Date> {
    let date = given.get_ref().to_string().parse().ok();
    if date.is_none() || given.get_ref().time.is_some() {
        sheet.fault(given.span(), "that is no day", "write it as 2026-11-22");
    }
    date
}
