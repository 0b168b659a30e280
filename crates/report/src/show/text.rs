//! An experiment on a terminal: eighty columns, programs and tools verbatim.

use std::fmt::Write;

use model::ClaimId;

use super::document::{ExperimentDocument, ItemRow, ProgramRow, Told, WorkloadDocument};
use crate::Style;
use crate::layout::wrap;

/// Most lines of one stream of a tool that are shown.
const MOST_LINES: usize = 30;

fn head(text: &mut String, style: &Style, id: &str, title: &str, about: &str, claims: &[ClaimId]) {
    let strong = style.strong;
    let _ = writeln!(text, "{strong}{id}{strong:#}  {title}");
    for line in wrap(about, 2, 2) {
        let _ = writeln!(text, "  {line}");
    }
    let claims: Vec<&str> = claims.iter().map(ClaimId::as_str).collect();
    let stands = if claims.is_empty() { "no claim".to_owned() } else { claims.join(", ") };
    for line in wrap(&format!("what stands on it: {stands}"), 2, 4) {
        let _ = writeln!(text, "  {line}");
    }
}

impl ExperimentDocument {
    /// For a terminal.
    pub fn text(&self, style: &Style) -> String {
        let mut text = String::new();
        head(&mut text, style, &self.id.to_string(), &self.title, &self.about, &self.claims);
        for item in &self.items {
            item.write(&mut text, style);
        }
        text
    }

    /// For programs.
    ///
    /// # Errors
    /// None that can happen: every key is a string.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

impl ItemRow {
    fn write(&self, text: &mut String, style: &Style) {
        let (tone, outcome) = match self.as_said {
            Some(true) => (style.stands, "as expected"),
            Some(false) => (style.falls, "not as expected"),
            None => (style.faint, "not tried"),
        };
        let strong = style.strong;
        let version = self.told.as_ref().map(|told| format!(" {}", told.version));
        let version = version.unwrap_or_default();
        let name = if self.toolchain.is_installed() {
            String::new()
        } else {
            format!(" ({})", self.toolchain)
        };
        let _ = writeln!(
            text,
            "\n{strong}{}{strong:#} · {}{version}{name} · {tone}{outcome}{tone:#}",
            self.id, self.side
        );
        labelled(text, "", &self.about);
        if let Some(edit) = &self.edit {
            labelled(text, "edit", edit);
        }
        if let Some(command) = &self.command {
            labelled(text, "command", &command.join(" "));
        }
        labelled(text, "expected", &self.expected);
        labelled(text, "seen", &self.seen);
        if let Some(program) = &self.program {
            verbatim(text, &program.file, &program.text, usize::MAX);
        }
        if let Some(told) = &self.told {
            told.write(text);
        }
    }
}

impl Told {
    fn write(&self, text: &mut String) {
        let typed: Vec<String> = self
            .diagnostics
            .iter()
            .map(|told| {
                let code = told.code.as_ref().map(|code| format!("[{code}]")).unwrap_or_default();
                let line = told.line.map(|line| format!(" line {line}")).unwrap_or_default();
                format!("{}{code}{line}: {}", told.level, told.text)
            })
            .collect();
        if typed.is_empty() {
            verbatim(text, "standard error", &self.stderr, MOST_LINES);
        } else {
            verbatim(text, "the tool said", &typed.join("\n"), MOST_LINES);
            verbatim(text, "standard error", &self.beyond_diagnostics(), MOST_LINES);
        }
        verbatim(text, "standard output", &self.stdout, MOST_LINES);
    }
}

impl Told {
    /// What standard error holds beside the diagnostics, such as the last
    /// words of a program that compiled with a warning.
    fn beyond_diagnostics(&self) -> String {
        let typed = |line: &&str| {
            line.starts_with('{')
                || line.starts_with("# ")
                || self.diagnostics.iter().any(|told| line.contains(told.text.as_str()))
        };
        let lines = self.stderr.lines().filter(|line| !typed(line));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}

fn labelled(text: &mut String, label: &str, words: &str) {
    for (at, line) in wrap(words, 12, 12).iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        let _ = writeln!(text, "  {label:<9} {line}");
    }
}

/// Text as it is, behind a rule, so that it can be told from ours. What would
/// steer the terminal is left out.
fn verbatim(text: &mut String, title: &str, content: &str, most: usize) {
    let lines: Vec<&str> = content.trim_end().lines().collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "  {title}");
    for line in lines.iter().take(most) {
        let line: String = line.replace('\t', "    ").chars().filter(|c| !c.is_control()).collect();
        let _ = writeln!(text, "  │ {}", line.trim_end());
    }
    if lines.len() > most {
        let _ = writeln!(text, "  … {} more lines: --format json", lines.len() - most);
    }
}

impl WorkloadDocument {
    /// For a terminal.
    pub fn text(&self, style: &Style) -> String {
        let mut text = String::new();
        head(&mut text, style, &self.id.to_string(), &self.title, &self.about, &self.claims);
        let suits = self.suits.as_ref().map_or("neither side".to_owned(), ToString::to_string);
        labelled(&mut text, "suits", &suits);
        if !self.classes.is_empty() {
            labelled(&mut text, "stands for", &self.classes.join(", "));
        }
        let program = |row: &ProgramRow| format!("{} {} in {}", row.side, row.tier, row.folder);
        let programs: Vec<String> = self.programs.iter().map(program).collect();
        if !programs.is_empty() {
            labelled(&mut text, "programs", &programs.join(" · "));
        }
        let cases = self.cases.iter().map(|(case, metrics)| match metrics.as_slice() {
            [] => format!("{case} (compared only)"),
            metrics => format!("{case} ({})", metrics.join(", ")),
        });
        if !self.cases.is_empty() {
            labelled(&mut text, "cases", &cases.collect::<Vec<_>>().join(" · "));
        }
        if !self.metrics.is_empty() {
            labelled(&mut text, "also", &self.metrics.join(", "));
        }
        text
    }

    /// For programs.
    ///
    /// # Errors
    /// None that can happen: every key is a string.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}
