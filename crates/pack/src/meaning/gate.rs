//! `[gate.GATE]` of a language: how a single file is taken through it.

use std::collections::BTreeMap;

use model::{Gate, GateRecipe};

use super::language::{command, placeholders};
use crate::document::Sheet;
use crate::shape::{Command, GateEntry, Text};

/// Reads every gate of a language.
pub(super) fn gates(
    sheet: &mut Sheet,
    entries: &BTreeMap<Text, GateEntry>,
) -> BTreeMap<Gate, GateRecipe> {
    let mut gates = BTreeMap::new();
    for (word, entry) in entries {
        let recipe = gate(sheet, word, entry);
        let Some(gate) = sheet.word::<Gate>(word) else { continue };
        let compiled = entries.keys().any(|known| known.get_ref() == Gate::Compile.name());
        if matches!(gate, Gate::Lint | Gate::Run) && !compiled {
            let help = "add [gate.compile]: what does not compile is not stopped here";
            sheet.fault(word.span(), format!("the gate {gate} comes after compile"), help);
        }
        gates.insert(gate, recipe);
    }
    gates
}

fn gate(sheet: &mut Sheet, word: &Text, entry: &GateEntry) -> GateRecipe {
    let given = entry.command.iter().flat_map(|words| words.get_ref());
    for word in given {
        placeholders(sheet, word, &["file", "out", "args"]);
    }
    let then = entry.then.iter().flat_map(|words| words.get_ref());
    for word in then {
        placeholders(sheet, word, &["out"]);
    }
    match (&entry.command, &entry.then) {
        (Some(command), _) => takes_file_and_arguments(sheet, command),
        (None, Some(_)) => {}
        (None, None) => sheet.fault(
            word.span(),
            format!("the gate {} does nothing", word.get_ref()),
            "give it a command, or say with `then` what is run when the tool is done",
        ),
    }
    GateRecipe {
        command: entry.command.as_ref().map(|c| command(sheet, c)).unwrap_or_default(),
        defaults: entry.defaults.clone(),
        then: entry.then.as_ref().map(|c| command(sheet, c)).unwrap_or_default(),
    }
}

fn takes_file_and_arguments(sheet: &mut Sheet, command: &Command) {
    let words = || command.get_ref().iter().map(|word| word.get_ref().as_str());
    if words().next().is_none() {
        return;
    }
    if !words().any(|word| word.contains("{file}")) {
        let help = "write \"{file}\" where the tool wants its file";
        sheet.fault(command.span(), "the command does not name the program it is about", help);
    }
    if !words().any(|word| word == "{args}") {
        let help = "write \"{args}\", a word by itself, where the tool wants its arguments";
        sheet.fault(command.span(), "a check's own arguments would be lost", help);
    }
}
