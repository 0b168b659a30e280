//! `[case.drive]`: what is done to a program while it serves.

use std::collections::BTreeMap;
use std::ops::Range;

use model::Service;
use model::service::{CompanionKind, Drive, DriveKind, Ready, Wire};

use super::external::external;
use super::load::{LOAD, above_zero, load, zero_or_more};
use super::settings::variables;
use super::slo::slo;
use super::told::told;
use crate::contract::{processors_of, quantity, some_bytes};
use crate::document::Sheet;
use crate::shape::{DriveEntry, Text};
use crate::spanned::Spanned;

/// Kinds of drive, whether each is load, and which other keys it has.
pub(crate) const DRIVE_KINDS: &[(&str, bool, &[&str])] = &[
    ("load", true, &["utilisation"]),
    ("capacity", true, &["slo"]),
    ("hold", false, &["connections", "asked_once", "seconds"]),
    ("cold-start", false, &[]),
    ("stop", true, &["stuck"]),
    ("companion", false, &["deadline_seconds", "idle_seconds"]),
    ("external", false, &["command", "count", "errors", "quantiles", "deadline_seconds"]),
];

/// When a companion or command is given up, if nothing is said.
pub(crate) const DEADLINE_SECONDS: f64 = 60.0;

/// Reads one drive of programs that serve like this; `None` after a fault that
/// leaves nothing to be driven.
pub(crate) fn drive(
    sheet: &mut Sheet,
    service: Option<&Service>,
    entry: &DriveEntry,
) -> Option<Drive> {
    let env = variables(sheet, &entry.env);
    let processors = entry
        .processors
        .as_ref()
        .and_then(|given| quantity(sheet, given, "share of processors", processors_of));
    let memory = entry.memory.as_ref();
    let memory = memory.and_then(|given| quantity(sheet, given, "limit of memory", some_bytes));
    let Some(service) = service else {
        let help = "add [service] with a `[[service.request]]`: what the programs are asked";
        sheet.fault(entry.kind.span(), "nothing is said of a service that could be driven", help);
        return None;
    };
    ours(sheet, service, &entry.env);
    let told = told(sheet, service, &entry.told);
    let kind = kind(sheet, service, entry)?;
    Some(Drive { kind, processors, memory, env, told })
}

/// Stands for a drive that could not be read, so that its case is still one
/// that is driven.
pub(crate) fn unread() -> Drive {
    Drive {
        kind: DriveKind::ColdStart,
        // No text reads as this.
        processors: Some(0.0),
        memory: None,
        env: BTreeMap::new(),
        told: Vec::new(),
    }
}

pub(crate) fn is_unread(drive: &Drive) -> bool {
    drive.processors == Some(0.0)
}

/// Faults variables that tell a program where to listen and whom to find.
pub(crate) fn ours(sheet: &mut Sheet, service: &Service, given: &BTreeMap<Text, Text>) {
    let companions = service.companions.iter().map(|companion| &companion.variable);
    for variable in companions.chain([&service.port]) {
        let Some((name, _)) = given.get_key_value(variable.as_str()) else { continue };
        let help = "remove it, or name another one in [service]";
        sheet.fault(name.span(), format!("{variable} is set by the service itself"), help);
    }
}

fn kind(sheet: &mut Sheet, service: &Service, entry: &DriveEntry) -> Option<DriveKind> {
    let word = entry.kind.get_ref().as_str();
    let Some((_, is_load, more)) = DRIVE_KINDS.iter().find(|(kind, ..)| *kind == word) else {
        let known = DRIVE_KINDS.iter().map(|(kind, ..)| *kind);
        sheet.unknown(&entry.kind, "kind of drive", "kinds", known);
        return None;
    };
    keys_fit(sheet, entry, *is_load, more);
    reaches(sheet, service, entry);
    let load = match is_load {
        true => Some(load(sheet, service, entry)),
        false => None,
    };
    Some(match word {
        "load" => DriveKind::Load(load??),
        "capacity" => {
            let bound = bound(sheet, entry);
            steady(sheet, entry);
            let (quantile, bound_seconds) = bound?;
            DriveKind::Capacity { load: load??, quantile, bound_seconds }
        }
        "hold" => hold(sheet, service, entry)?,
        "cold-start" => DriveKind::ColdStart,
        "stop" => {
            let stuck = entry.stuck.as_ref().map_or(0, |given| *given.get_ref());
            DriveKind::Stop { load: load??, stuck }
        }
        "companion" => companion(sheet, service, entry),
        _ => external(sheet, entry)?,
    })
}

/// Every key that was given, but those of any drive.
fn given(entry: &DriveEntry) -> [(&'static str, Option<Range<usize>>); 24] {
    fn at<T>(given: &Option<Spanned<T>>) -> Option<Range<usize>> {
        given.as_ref().map(Spanned::span)
    }
    [
        ("rate", at(&entry.rate)),
        ("schedule", at(&entry.schedule)),
        ("stages", at(&entry.stages)),
        ("burst", entry.burst.as_ref().map(|burst| burst.size.span())),
        ("seconds", at(&entry.seconds)),
        ("warm_up_seconds", at(&entry.warm_up_seconds)),
        ("connections", at(&entry.connections)),
        ("idle", at(&entry.idle)),
        ("slow", at(&entry.slow)),
        ("fresh_connections", at(&entry.fresh_connections)),
        ("timeout_seconds", at(&entry.timeout_seconds)),
        ("leave_after_seconds", at(&entry.leave_after_seconds)),
        ("in_time_seconds", at(&entry.in_time_seconds)),
        ("utilisation", at(&entry.utilisation)),
        ("requests", at(&entry.requests)),
        ("slo", at(&entry.slo)),
        ("asked_once", at(&entry.asked_once)),
        ("stuck", at(&entry.stuck)),
        ("deadline_seconds", at(&entry.deadline_seconds)),
        ("idle_seconds", at(&entry.idle_seconds)),
        ("command", at(&entry.command)),
        ("count", at(&entry.count)),
        ("errors", at(&entry.errors)),
        ("quantiles", at(&entry.quantiles)),
    ]
}

/// Faults keys that belong to drives of another kind.
fn keys_fit(sheet: &mut Sheet, entry: &DriveEntry, is_load: bool, more: &[&str]) {
    let kind = entry.kind.get_ref();
    let known: Vec<&str> = LOAD.iter().filter(|_| is_load).chain(more).copied().collect();
    for (key, span) in given(entry) {
        let Some(span) = span.filter(|_| !known.contains(&key)) else { continue };
        let key = sheet.key(key);
        let help = match known.as_slice() {
            [] => format!("remove it: the kind {kind} takes no keys of its own"),
            known => {
                let known: Vec<String> = known.iter().map(|key| sheet.key(key)).collect();
                format!("the kind {kind} takes: {}", known.join(", "))
            }
        };
        sheet.fault(span, format!("{key} means nothing in a drive of kind {kind}"), help);
    }
}

/// Faults a drive of a kind that cannot reach the programs at all.
fn reaches(sheet: &mut Sheet, service: &Service, entry: &DriveEntry) {
    let kind = entry.kind.get_ref().as_str();
    let asks = !matches!(kind, "companion" | "external");
    let (message, help) = match (&service.ready, service.wire) {
        (Ready::Started, _) if kind != "companion" => (
            "a program that listens on nothing cannot be driven like this",
            "write kind = \"companion\", or ready = \"connect\" in [service]",
        ),
        (_, Wire::Other) if asks => (
            "only a companion or an external driver speaks the service's protocol",
            "write kind = \"external\" or \"companion\", or wire = \"http\" or \"resp\" in [service]",
        ),
        _ if matches!(kind, "load" | "capacity" | "stop") && service.requests.is_empty() => {
            ("there is nothing that could be asked", "add a `[[service.request]]` with an id")
        }
        _ => return,
    };
    sheet.fault(entry.kind.span(), message, help);
}

fn bound(sheet: &mut Sheet, entry: &DriveEntry) -> Option<(f64, f64)> {
    let Some(given) = &entry.slo else {
        let help = "add slo = \"p99<20ms\": the highest rate within it is the capacity";
        sheet.fault(entry.kind.span(), "no bound is given that the rate has to keep", help);
        return None;
    };
    slo(sheet, given)
}

/// The search has a rate of its own in every step.
fn steady(sheet: &mut Sheet, entry: &DriveEntry) {
    let Some(given) = &entry.schedule else { return };
    if matches!(given.get_ref().as_str(), "ramp" | "step" | "burst") {
        let help = "write schedule = \"poisson\" or \"constant\"";
        sheet.fault(given.span(), "the search for the capacity chooses the rates itself", help);
    }
}

fn hold(sheet: &mut Sheet, service: &Service, entry: &DriveEntry) -> Option<DriveKind> {
    let asked_once = entry.asked_once.as_ref();
    if let Some(given) = asked_once.filter(|given| *given.get_ref())
        && service.requests.is_empty()
    {
        let help = "add a `[[service.request]]`, or remove the key";
        sheet.fault(given.span(), "there is nothing that could be asked once", help);
    }
    let Some(connections) = &entry.connections else {
        let help = "add connections = 1000";
        sheet.fault(entry.kind.span(), "it is not said how many connections are held", help);
        return None;
    };
    if *connections.get_ref() == 0 {
        sheet.fault(connections.span(), "no connection is held", "write 1 or more");
    }
    Some(DriveKind::Hold {
        connections: *connections.get_ref(),
        asked_once: asked_once.is_some_and(|given| *given.get_ref()),
        seconds: above_zero(sheet, entry.seconds.as_ref(), super::load::SECONDS),
    })
}

fn companion(sheet: &mut Sheet, service: &Service, entry: &DriveEntry) -> DriveKind {
    let first = service.companions.first().map(|companion| &companion.kind);
    if !matches!(first, Some(CompanionKind::Program { .. })) {
        let help = "put a `[[service.companion]]` with program = \"FOLDER\" before all others";
        sheet.fault(entry.kind.span(), "the first companion is no program that could drive", help);
    }
    DriveKind::Companion {
        deadline_seconds: deadline(sheet, entry),
        idle_seconds: zero_or_more(sheet, entry.idle_seconds.as_ref(), 0.0),
    }
}

pub(super) fn deadline(sheet: &mut Sheet, entry: &DriveEntry) -> f64 {
    above_zero(sheet, entry.deadline_seconds.as_ref(), DEADLINE_SECONDS)
}
