//! What a tool says of many programs at once, as diagnostics by program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use launch::tool::ToolOutcome;
use model::{CorpusTool, Diagnostic, Level, ToolForm};
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

use crate::diagnostics::{of_message, shortened};

/// Diagnostics and products by the name of the program.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) diagnostics: BTreeMap<String, Vec<Diagnostic>>,
    pub(super) executables: BTreeMap<String, PathBuf>,
    /// Why a program could not be looked at.
    pub(super) unread: BTreeMap<String, String>,
    /// Whether the tool told of something that it could not do.
    pub(super) is_broken: bool,
}

impl Said {
    pub(super) fn by(tool: &CorpusTool, outcome: &ToolOutcome) -> Self {
        let mut said = Self::default();
        match tool.form {
            ToolForm::MessageLines => {
                outcome.stdout_text().lines().for_each(|line| said.message(line));
            }
            ToolForm::Lines => {
                let level = if outcome.ended.is_success() { Level::Warning } else { Level::Error };
                said.lines(tool, &both(outcome), level);
            }
            ToolForm::VetJson => said.vet(&both(outcome)),
            ToolForm::IssuesJson => said.issues(&outcome.stdout_text()),
        }
        if let Some(prefix) = &tool.prefix {
            let counts = |diagnostic: &Diagnostic| {
                diagnostic.code.as_ref().is_some_and(|code| code.starts_with(prefix))
            };
            said.diagnostics.values_mut().for_each(|of_one| of_one.retain(counts));
        }
        said
    }

    fn add(&mut self, name: &str, diagnostic: Diagnostic) {
        let of_one = self.diagnostics.entry(name.to_owned()).or_default();
        if !of_one.contains(&diagnostic) {
            of_one.push(diagnostic);
        }
    }

    /// Where there is no message it tells of a product.
    fn message(&mut self, line: &str) {
        let Ok(message) = serde_json::from_str::<Message>(line) else { return };
        let Some(name) = message.manifest_path.parent().and_then(folder_name) else { return };
        // Tests are built together with the program that they may start: they are what is run.
        let is_test = message.profile.is_some_and(|profile| profile.test);
        if let Some(executable) = message.executable
            && (is_test || !self.executables.contains_key(&name))
        {
            self.executables.insert(name.clone(), executable);
        }
        if let Some(diagnostic) = message.message.and_then(|told| of_message(&told.to_string())) {
            self.add(&name, diagnostic);
        }
    }

    fn lines(&mut self, tool: &CorpusTool, text: &str, level: Level) {
        // The pack reader has compiled the expression before.
        let Some(pattern) = tool.line.as_ref().and_then(|line| Regex::new(line).ok()) else {
            return;
        };
        for found in pattern.captures_iter(text) {
            let group = |name| found.name(name).map(|group| group.as_str());
            let (Some(name), Some(text)) = (group("name"), group("text")) else { continue };
            let diagnostic = Diagnostic {
                level,
                code: group("code").map(str::to_owned),
                line: group("line").and_then(|line| line.parse().ok()),
                text: shortened(text),
            };
            self.add(name, diagnostic);
        }
    }

    /// One object after another, with lines of other words between them.
    fn vet(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            rest = &rest[at..];
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
            let value = values.next().and_then(Result::ok);
            let read = values.byte_offset().max(1);
            rest = rest.get(read..).unwrap_or_default();
            for (package, analysers) in value.iter().flat_map(objects) {
                for (code, told) in objects(analysers) {
                    if let Some(error) = told.get("error").and_then(Value::as_str) {
                        self.could_not(package, &format!("{code}: {error}"));
                    }
                    let told = told.as_array().into_iter().flatten();
                    told.for_each(|diagnostic| self.posn(code, diagnostic));
                }
            }
        }
    }

    /// An analyser failed on a package, whose last part is the program's name.
    fn could_not(&mut self, package: &str, why: &str) {
        let package = package.split(' ').next().unwrap_or_default();
        let name = package.rsplit('/').next().unwrap_or_default();
        self.unread.insert(name.to_owned(), shortened(why));
        self.is_broken = true;
    }

    fn posn(&mut self, code: &str, told: &Value) {
        let text = |key| told.get(key).and_then(Value::as_str).unwrap_or_default();
        let mut parts = text("posn").rsplitn(3, ':');
        let (_column, line, file) = (parts.next(), parts.next(), parts.next());
        // A test of the scaffold is not what was asked about.
        let Some(file) = file.map(Path::new).filter(|file| !is_test(file)) else { return };
        let Some(name) = file.parent().and_then(folder_name) else { return };
        let diagnostic = Diagnostic {
            level: Level::Warning,
            code: Some(code.to_owned()),
            line: line.and_then(|line| line.parse().ok()),
            text: shortened(text("message")),
        };
        self.add(&name, diagnostic);
    }

    fn issues(&mut self, text: &str) {
        let Ok(told) = serde_json::from_str::<BTreeMap<String, Value>>(text) else { return };
        let under = |ending: &str| {
            told.iter().find(|(key, _)| key.ends_with(ending)).map(|(_, value)| value.clone())
        };
        for (file, _) in under("errors").iter().flat_map(objects) {
            if let Some(name) = Path::new(file).parent().and_then(folder_name) {
                self.could_not(&name, "the tool could not read it");
            }
        }
        let issues = under("Issues").and_then(|value| serde_json::from_value(value).ok());
        for issue in issues.unwrap_or_else(Vec::<Issue>::new) {
            let file = Path::new(&issue.file);
            let Some(name) = file.parent().and_then(folder_name) else { continue };
            let diagnostic = Diagnostic {
                level: Level::Warning,
                code: Some(issue.rule_id),
                line: issue.line.split('-').next().and_then(|line| line.parse().ok()),
                text: shortened(&issue.details),
            };
            if !is_test(file) {
                self.add(&name, diagnostic);
            }
        }
    }
}

#[derive(Deserialize)]
struct Message {
    manifest_path: PathBuf,
    executable: Option<PathBuf>,
    profile: Option<BuildProfile>,
    message: Option<Value>,
}

#[derive(Deserialize)]
struct BuildProfile {
    test: bool,
}

#[derive(Deserialize)]
struct Issue {
    rule_id: String,
    details: String,
    file: String,
    line: String,
}

fn both(outcome: &ToolOutcome) -> String {
    [outcome.stdout_text(), outcome.stderr_text()].join("\n")
}

fn objects(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn is_test(file: &Path) -> bool {
    file.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("_test"))
}

fn folder_name(folder: &Path) -> Option<String> {
    Some(folder.file_name()?.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests;
