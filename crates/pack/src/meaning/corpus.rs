//! languages/ID/corpus.toml.

use std::collections::BTreeMap;
use std::path::Path;

use model::{CatchGate, CorpusForm, CorpusTool, Finding, Kit, ToolForm};

use super::language::{command, placeholders};
use super::stays_inside;
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::{Command, CorpusFile, CorpusToolEntry, FindingEntry, KitEntry, Text};

/// Most times that a tool may be slower than a plain run.
const MOST_SLOW: f64 = 100.0;

const OF_A_KIT: &[&str] = &["kits", "scaffold", "version", "cache", "arch"];
const OF_A_COMMAND: &[&str] = &["all", "out", "kits", "programs", "arch"];
const OF_A_TOOL: &[&str] = &["all", "out", "kits", "arch"];
const OF_A_RUN: &[&str] = &["all", "out", "kits", "executable", "name", "trigger", "arch"];

/// Reads a corpus form for its meaning; `folder` is the language's own.
pub(crate) fn corpus(sheet: &mut Sheet, file: &CorpusFile, folder: &Path) -> CorpusForm {
    stays_inside(sheet, &file.source);
    for word in file.environment.values() {
        placeholders(sheet, word, &["kits"]);
    }
    for word in file.each.get_ref() {
        placeholders(sheet, word, &["name"]);
    }
    let tools: Vec<CorpusTool> =
        file.tool.iter().filter_map(|entry| tool(sheet, file, entry)).collect();
    if tools.first().is_none_or(|tool| tool.gate != CatchGate::G0) {
        let help =
            "begin with a [[tool]] with gate = \"G0\": what does not compile goes no further";
        sheet.fault_of_file("nothing compiles the programs", help);
    }
    for (at, entry) in file.tool.iter().enumerate() {
        let alike = |old: &CorpusToolEntry| {
            old.name.get_ref() == entry.name.get_ref() && old.gate.get_ref() == entry.gate.get_ref()
        };
        if file.tool[..at].iter().any(alike) {
            let help = "give one of them another name: what they say is kept by it";
            sheet.fault(entry.name.span(), "two tools of this name at one gate", help);
        }
    }
    CorpusForm {
        extension: file.extension.clone(),
        scaffold: folder.join("corpus"),
        source: file.source.get_ref().clone(),
        each: command(sheet, &file.each),
        environment: plain(&file.environment),
        kits: file.kit.iter().map(|(name, entry)| (name.clone(), kit(sheet, entry))).collect(),
        tools,
    }
}

fn kit(sheet: &mut Sheet, entry: &KitEntry) -> Kit {
    let words = entry.check.iter().chain(&entry.make).flat_map(|words| words.get_ref());
    for word in words.chain(entry.environment.values()) {
        placeholders(sheet, word, OF_A_KIT);
    }
    Kit {
        version: entry.version.clone(),
        environment: plain(&entry.environment),
        check: entry.check.as_ref().map(|given| command(sheet, given)).unwrap_or_default(),
        make: entry.make.iter().map(|given| command(sheet, given)).collect(),
        hint: entry.hint.clone(),
    }
}

fn tool(sheet: &mut Sheet, file: &CorpusFile, entry: &CorpusToolEntry) -> Option<CorpusTool> {
    let stands = gate(sheet, &entry.gate);
    let form = match &entry.form {
        Some(word) => sheet.word(word),
        None => Some(ToolForm::Lines),
    };
    filled(sheet, entry.command.as_ref(), OF_A_COMMAND);
    filled(sheet, entry.run.as_ref(), OF_A_RUN);
    for value in entry.environment.values() {
        placeholders(sheet, value, OF_A_TOOL);
    }
    if let Some(path) = &entry.executable {
        placeholders(sheet, path, &["all", "out", "name", "arch"]);
    }
    if let (Some(ToolForm::Lines), None, true) = (form, &entry.line, entry.run.is_none()) {
        let help = "add line = '…' with groups name and text, or another form";
        sheet.fault(entry.name.span(), "nothing says how its lines are read", help);
    }
    if let Some(0) = entry.most_runs {
        let help = "write 1 or more, or remove most_runs";
        sheet.fault(entry.name.span(), "no program would be run", help);
    }
    if let Some(name) = entry.kit.as_ref().filter(|kit| !file.kit.contains_key(kit.get_ref())) {
        let help = choices(name.get_ref(), "kits", file.kit.keys().map(String::as_str));
        sheet.fault(name.span(), format!("unknown kit \"{}\"", name.get_ref()), help);
    }
    if entry.command.is_none() && entry.run.is_none() {
        let help = "give it a command, or say with `run` how a program is run";
        sheet.fault(entry.name.span(), "the tool does nothing", help);
    }
    let run = entry.run.as_ref().map(|given| command(sheet, given)).unwrap_or_default();
    if let Some(gate) = stands.filter(|gate| gate.runs() == run.is_empty()) {
        let help = "gates from T- on run programs, those before only read them";
        sheet.fault(entry.gate.span(), format!("{gate} and `run` do not go together"), help);
    }
    Some(CorpusTool {
        name: entry.name.get_ref().clone(),
        gate: stands?,
        warnings_at: match &entry.warnings_at {
            Some(word) => Some(gate(sheet, word)?),
            None => None,
        },
        command: entry.command.as_ref().map(|given| command(sheet, given)).unwrap_or_default(),
        environment: plain(&entry.environment),
        kit: entry.kit.as_ref().map(|word| word.get_ref().clone()),
        form: form?,
        line: entry.line.as_ref().map(|given| sheet.expression(given, 2)),
        prefix: entry.prefix.clone(),
        executable: entry.executable.as_ref().map(|p| p.get_ref().clone()).unwrap_or_default(),
        run,
        findings: entry.finding.iter().map(|given| finding(sheet, given)).collect(),
        unable: entry.unable.as_ref().map(|given| sheet.telling(given)),
        slow: slow(sheet, entry),
        quick: entry.quick.unwrap_or(true),
        most_runs: entry.most_runs,
    })
}

fn slow(sheet: &mut Sheet, entry: &CorpusToolEntry) -> f64 {
    let Some(given) = &entry.slow else { return 1.0 };
    if !(1.0..=MOST_SLOW).contains(given.get_ref()) {
        let help = format!("write a factor of 1 to {MOST_SLOW}");
        sheet.fault(given.span(), "no run would have such a budget", help);
        return 1.0;
    }
    *given.get_ref()
}

fn finding(sheet: &mut Sheet, entry: &FindingEntry) -> Finding {
    if entry.says.is_none() && entry.exit.is_none() && entry.signal.is_none() {
        let help = "say what shows: says = '…', exit = N or signal = N";
        sheet.fault(entry.code.span(), "every run would show it", help);
    }
    Finding {
        code: entry.code.get_ref().clone(),
        says: entry.says.as_ref().map(|given| sheet.telling(given)),
        exit: entry.exit,
        signal: entry.signal,
    }
}

fn filled(sheet: &mut Sheet, given: Option<&Command>, known: &[&str]) {
    for word in given.iter().flat_map(|words| words.get_ref()) {
        placeholders(sheet, word, known);
    }
}

/// A gate by its name, or a fault.
pub(super) fn gate(sheet: &mut Sheet, given: &Text) -> Option<CatchGate> {
    let found = given.get_ref().parse().ok();
    if found.is_none() {
        let known = CatchGate::ALL.iter().map(|gate| gate.name());
        sheet.unknown(given, "gate", "gates", known);
    }
    found
}

fn plain(given: &BTreeMap<String, Text>) -> BTreeMap<String, String> {
    given.iter().map(|(name, value)| (name.clone(), value.get_ref().clone())).collect()
}
