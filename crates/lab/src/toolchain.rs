//! Toolchains as their language files describe them: detected, asked for their
//! version, and run with the user's own settings plus the file's variables.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use launch::tool::{self, Tool, ToolOutcome};
use launch::{LaunchError, Launcher};
use model::{BuildRecipe, Language, Need, Toolchain, ToolchainState, Version};
use regex::Regex;

/// Starts the tools of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tools<'a> {
    pub(crate) launcher: &'a Launcher,
    pub(crate) language: &'a Language,
    pub(crate) offline: bool,
}

/// How long a command may take that does not build.
const DEADLINE: Duration = Duration::from_secs(600);

/// Words in braces and what they stand for.
pub(crate) type Words<'a> = [(&'a str, &'a str)];

/// `text` with every `{word}` replaced.
pub(crate) fn fill(text: &str, words: &Words<'_>) -> String {
    words.iter().fold(text.to_owned(), |text, (word, meaning)| {
        text.replace(&format!("{{{word}}}"), meaning)
    })
}

impl Tools<'_> {
    /// Runs a command of the language in `directory`, with `added` variables.
    pub(crate) fn run(
        &self,
        command: &[String],
        directory: &Path,
        words: &Words<'_>,
        added: &BTreeMap<String, String>,
    ) -> Result<ToolOutcome, LaunchError> {
        self.run_within(DEADLINE, command, directory, words, added)
    }

    /// The same, for so long.
    pub(crate) fn run_within(
        &self,
        deadline: Duration,
        command: &[String],
        directory: &Path,
        words: &Words<'_>,
        added: &BTreeMap<String, String>,
    ) -> Result<ToolOutcome, LaunchError> {
        let words = [words, &[("arch", std::env::consts::ARCH)]].concat();
        let spelled = self.language.spelled(command);
        let filled: Vec<String> = spelled.iter().map(|word| fill(word, &words)).collect();
        let mut environment = self.language.environment.clone();
        environment.extend(added.clone());
        for value in environment.values_mut() {
            *value = fill(value, &words);
        }
        let tool = Tool { deadline, ..self.tool(&filled, directory, &environment) };
        tool::run(self.launcher, &tool)
    }

    /// Runs a command whose words are filled in, for so long.
    pub(crate) fn run_for(
        &self,
        command: &[String],
        directory: &Path,
        added: &BTreeMap<String, String>,
        deadline: Duration,
    ) -> Result<ToolOutcome, LaunchError> {
        let mut environment = self.language.environment.clone();
        environment.extend(added.clone());
        let tool = Tool { deadline, ..self.tool(command, directory, &environment) };
        tool::run(self.launcher, &tool)
    }

    /// The same without the language's own variables: a tool as its user has it.
    pub(crate) fn run_plainly(
        &self,
        command: &[String],
        directory: &Path,
        environment: &BTreeMap<String, String>,
        deadline: Duration,
    ) -> Result<ToolOutcome, LaunchError> {
        let tool = Tool { deadline, ..self.tool(command, directory, environment) };
        tool::run(self.launcher, &tool)
    }

    fn tool(
        &self,
        command: &[String],
        directory: &Path,
        environment: &BTreeMap<String, String>,
    ) -> Tool {
        let (program, args) = match command.split_first() {
            Some((program, args)) => (program.as_str(), args),
            None => ("", command),
        };
        let mut tool = Tool::of(program, directory).with_args(args);
        let empty = BTreeMap::new();
        let offline = if self.offline { &self.language.offline } else { &empty };
        // What is set for one command goes over what is set for all of them.
        tool.added = [offline, environment]
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        tool.removed = self.language.unset.iter().map(Into::into).collect();
        tool
    }

    /// Whether there is a program of that name on `PATH`.
    pub(crate) fn is_on_path(&self, program: &str) -> bool {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    }

    /// Whether the toolchain can be used.
    pub(crate) fn detect(&self) -> Toolchain {
        Toolchain { language: self.language.name.clone(), state: self.state() }
    }

    fn state(&self) -> ToolchainState {
        let language = self.language;
        let missing =
            |why: String| ToolchainState::Missing { reason: format!("{why}; {}", language.hint) };
        let command = language.detect.command.join(" ");
        let output = match self.ask(&language.detect.command) {
            Ok(output) => output,
            Err(why) => return missing(why),
        };
        let Some(version) = first_group(&language.detect.version, &output) else {
            return missing(format!("`{command}` tells no version"));
        };
        match version.parse::<Version>() {
            Ok(found) if found < language.minimum => ToolchainState::TooOld {
                reason: format!(
                    "{} {version} is older than {}, which the programs need; {}",
                    language.name, language.minimum, language.hint
                ),
                version,
            },
            Ok(_) => ToolchainState::Ready { released: self.released(&output), version },
            Err(error) => missing(format!("`{command}`: {error}")),
        }
    }

    /// The version that the toolchain tells when these variables are set.
    pub(crate) fn version_in(&self, added: &BTreeMap<String, String>) -> Result<String, String> {
        self.told_version(&self.ask_in(&self.language.detect.command, added)?)
    }

    /// The version that the toolchain tells in a folder, which may have a say,
    /// and all that it tells with it.
    pub(crate) fn version_at(&self, folder: &Path) -> Result<(String, String), String> {
        let command = &self.language.detect.command;
        let output = self.ask_at(command, folder, &BTreeMap::new())?;
        Ok((self.told_version(&output)?, output))
    }

    fn told_version(&self, output: &str) -> Result<String, String> {
        let detect = &self.language.detect;
        first_group(&detect.version, output)
            .ok_or_else(|| format!("`{}` tells no version", detect.command.join(" ")))
    }

    /// Standard output of a command that must succeed, or why not.
    fn ask(&self, command: &[String]) -> Result<String, String> {
        self.ask_in(command, &BTreeMap::new())
    }

    fn ask_in(
        &self,
        command: &[String],
        added: &BTreeMap<String, String>,
    ) -> Result<String, String> {
        self.ask_at(command, &std::env::temp_dir(), added)
    }

    /// The same in a folder of its own.
    pub(crate) fn ask_at(
        &self,
        command: &[String],
        directory: &Path,
        added: &BTreeMap<String, String>,
    ) -> Result<String, String> {
        let shown = command.join(" ");
        match self.run(command, directory, &[], added) {
            Ok(outcome) if outcome.ended.is_success() => Ok(outcome.stdout_text()),
            Ok(outcome) => {
                let said = outcome.last_lines(1);
                Err(format!("`{shown}` ended with {}: {said}", outcome.ended))
            }
            Err(LaunchError::Refused(launch::Refusal::ProgramNotFound { program })) => {
                Err(format!("there is no `{program}` on PATH"))
            }
            Err(error) => Err(format!("`{shown}`: {error}")),
        }
    }

    fn released(&self, version_output: &str) -> Option<Date> {
        let detect = &self.language.detect;
        let mut text = version_output.to_owned();
        if !detect.released_command.is_empty() {
            text = self.ask(&detect.released_command).ok()?;
        }
        if let Some(file) = &detect.released_file {
            text = fs::read_to_string(fill(file, &[("stdout", text.trim())])).ok()?;
        }
        first_group(detect.released.as_ref()?, &text)?.parse().ok()
    }

    /// Whether what a recipe needs beyond the toolchain is there; if not, the hint.
    pub(crate) fn missing_need(&self, recipe: &BuildRecipe) -> Option<String> {
        let need: &Need = recipe.needs.as_ref()?;
        let target = recipe.target.as_deref().unwrap_or_default();
        let target = fill(target, &[("arch", std::env::consts::ARCH)]);
        let there = self.ask(&need.command).map(|stdout| {
            let words = [("stdout", stdout.trim()), ("target", target.as_str())];
            Path::new(&fill(&need.file, &words)).exists()
        });
        match there {
            Ok(true) => None,
            Ok(false) => Some(fill(&need.hint, &[("target", &target)])),
            Err(why) => Some(format!("{why}; {}", fill(&need.hint, &[("target", &target)]))),
        }
    }
}

fn first_group(pattern: &str, text: &str) -> Option<String> {
    // The pack reader has compiled the expression before.
    let pattern = Regex::new(pattern).ok()?;
    Some(pattern.captures(text)?.get(1)?.as_str().to_owned())
}

/// A symbol's name as it is written in sources: one compiler mangles, others do not.
pub(crate) fn written_name(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_read_as_its_source_says_it() {
        let mangled = "_ZN5tokio7runtime9scheduler4task3run17h0123456789abcdefE";
        assert_eq!(written_name(mangled), "tokio::runtime::scheduler::task::run");
        assert_eq!(written_name("runtime.gcBgMarkWorker"), "runtime.gcBgMarkWorker");
        assert_eq!(written_name("GC_malloc"), "GC_malloc");
    }
}
