//! Toolchains of a language beside the installed one: their names, and how to
//! ask for them.

use std::collections::BTreeMap;

use model::{Switch, ToolchainName, Version};

use super::language::{command, placeholders, version};
use crate::document::Sheet;
use crate::shape::{LanguageFile, SwitchEntry};

/// Reads `[switch]`.
pub(super) fn switch(sheet: &mut Sheet, entry: &SwitchEntry) -> Switch {
    let variables = entry.environment.get_ref();
    let install = entry.install.as_ref();
    for word in variables.values().chain(install.iter().flat_map(|words| words.get_ref())) {
        placeholders(sheet, word, &["version", "cache"]);
    }
    if !variables.values().any(|value| value.get_ref().contains("{version}")) {
        sheet.fault(
            entry.environment.span(),
            "every version would be asked for in the same words",
            "write {version} in the value of the variable that selects a toolchain",
        );
    }
    Switch {
        environment: variables
            .iter()
            .map(|(name, value)| (name.clone(), value.get_ref().clone()))
            .collect(),
        install: install.map(|given| command(sheet, given)).unwrap_or_default(),
    }
}

/// Reads `[toolchains]`.
pub(super) fn toolchains(
    sheet: &mut Sheet,
    file: &LanguageFile,
) -> BTreeMap<ToolchainName, Version> {
    let mut named = BTreeMap::new();
    for (name, given) in &file.toolchains {
        let number = version(sheet, given);
        let Some(id) = sheet.id::<ToolchainName>(name) else { continue };
        if id.is_installed() {
            let help = "give it another name, such as newest";
            sheet.fault(name.span(), "\"installed\" is what is on PATH", help);
        }
        named.insert(id, number);
    }
    if let (Some((name, _)), None) = (file.toolchains.first_key_value(), &file.switch) {
        sheet.fault(
            name.span(),
            "toolchains are named, but not how to get at them",
            "add [switch] with the variables that select a version",
        );
    }
    named
}
