//! Toolchains beside the installed one: which version a name stands for, and
//! what has to be set for the language's commands to be of that version.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Mutex;

use model::{Language, SideName, ToolchainName, Version};

use crate::toolchain::{Tools, fill};

/// A toolchain that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) version: String,
    /// Variables that select it.
    pub(crate) environment: BTreeMap<String, String>,
}

/// The toolchains asked for so far; each is fetched once.
#[derive(Debug, Default)]
pub(crate) struct Switchboard {
    chosen: Mutex<HashMap<(SideName, ToolchainName), Result<Chosen, String>>>,
}

impl Switchboard {
    /// The toolchain of that name, fetched if need be; or why it cannot be had.
    pub(crate) fn choose(
        &self,
        tools: &Tools<'_>,
        side: &SideName,
        installed: Option<&str>,
        name: &ToolchainName,
        cache: &Path,
    ) -> Result<Chosen, String> {
        let mut known = match self.chosen.lock() {
            Ok(known) => known,
            Err(poisoned) => poisoned.into_inner(),
        };
        let key = (side.clone(), name.clone());
        known.entry(key).or_insert_with(|| fetched(tools, installed, name, cache)).clone()
    }
}

fn fetched(
    tools: &Tools<'_>,
    installed: Option<&str>,
    name: &ToolchainName,
    cache: &Path,
) -> Result<Chosen, String> {
    let language = tools.language;
    if name.is_installed() {
        let version = installed.ok_or_else(|| format!("no {} toolchain", language.name))?;
        return Ok(Chosen { version: version.to_owned(), environment: selecting(language) });
    }
    let version = language.toolchains.get(name).ok_or_else(|| format!("no toolchain {name}"))?;
    of_version(tools, version.to_string(), cache)
}

/// The toolchain that a word asks for, which is a version or one of the
/// language's names for versions, fetched if need be; or why it cannot be had.
pub(crate) fn asked(tools: &Tools<'_>, word: &str, cache: &Path) -> Result<Chosen, String> {
    let language = tools.language;
    let named = language.toolchains.iter().find(|(name, _)| name.as_str() == word);
    let version = match named {
        Some((_, version)) => version.to_string(),
        None => written_version(word).ok_or_else(|| {
            let known = language.toolchains.iter();
            let known = known.map(|(name, version)| format!(", or {name} ({version})"));
            let known: String = known.collect();
            format!("`{word}` is no version; write one such as {}{known}", language.minimum)
        })?,
    };
    of_version(tools, version, cache)
}

/// A version as toolchains tell it: with three numbers if it is only numbers.
fn written_version(word: &str) -> Option<String> {
    let numbers = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let version: Version = numbers.parse().ok()?;
    let plain = numbers.chars().all(|c| c.is_ascii_digit() || c == '.');
    Some(if plain { version.to_string() } else { numbers.to_owned() })
}

fn of_version(tools: &Tools<'_>, version: String, cache: &Path) -> Result<Chosen, String> {
    let language = tools.language;
    let switch = language
        .switch
        .as_ref()
        .ok_or_else(|| format!("{} has no way to switch its toolchain", language.name))?;
    let cache = cache.to_string_lossy();
    let words = [("version", version.as_str()), ("cache", &*cache)];
    let environment: BTreeMap<String, String> = switch
        .environment
        .iter()
        .map(|(variable, value)| (variable.clone(), fill(value, &words)))
        .collect();
    let chosen = Chosen { version, environment };
    match reports(tools, &chosen) {
        Ok(()) => Ok(chosen),
        Err(why) if tools.offline || switch.install.is_empty() => {
            Err(format!("{} {} is not here: {why}", language.name, chosen.version))
        }
        Err(_) => {
            install(tools, &switch.install, &chosen)?;
            reports(tools, &chosen)?;
            Ok(chosen)
        }
    }
}

/// The variables by which the language's own environment picks a toolchain.
fn selecting(language: &Language) -> BTreeMap<String, String> {
    let Some(switch) = &language.switch else { return BTreeMap::new() };
    let own = language.environment.iter();
    own.filter(|(variable, _)| switch.environment.contains_key(*variable))
        .map(|(variable, value)| (variable.clone(), value.clone()))
        .collect()
}

fn install(tools: &Tools<'_>, command: &[String], chosen: &Chosen) -> Result<(), String> {
    let words = [("version", chosen.version.as_str())];
    let told = |why: String| {
        let shown = command.iter().map(|word| fill(word, &words)).collect::<Vec<_>>().join(" ");
        format!("{} {} could not be fetched: `{shown}`: {why}", tools.language.name, chosen.version)
    };
    match tools.run(command, &std::env::temp_dir(), &words, &chosen.environment) {
        Ok(outcome) if outcome.ended.is_success() => Ok(()),
        Ok(outcome) => Err(told(outcome.last_lines(2))),
        Err(error) => Err(told(error.to_string())),
    }
}

/// Whether the language's command, so switched, says that it is of the version.
fn reports(tools: &Tools<'_>, chosen: &Chosen) -> Result<(), String> {
    let said = tools.version_in(&chosen.environment)?;
    if said == chosen.version {
        return Ok(());
    }
    Err(format!("asked for {}, the toolchain says it is {said}", chosen.version))
}
