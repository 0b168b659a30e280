//! One class of mistakes: its programs and what each tool said, word for word.

use jiff::Timestamp;
use judge::JudgedDefect;
use model::{
    CatchGate, Caught, CaughtRun, ClaimId, Comparison, DefectVariant, Diagnostic, SideName,
};
use serde::Serialize;

use super::document::{DefectRow, SCHEMA, Text, VariantRow};
use super::input::{DefectTexts, rows};
use crate::Style;
use crate::conceal;
use crate::layout::{cut, elide, plain};
use crate::screen::Screen;

/// A class with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DefectDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// As in a table of classes.
    pub defect: DefectRow,
    /// The claims that stand on it.
    pub claims: Vec<ClaimId>,
    /// Every program.
    pub programs: Vec<ProgramShown>,
}

/// One program.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgramShown {
    /// Whose.
    pub side: SideName,
    /// Which.
    pub variant: DefectVariant,
    /// Its file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What the tools said of it.
    pub told: Vec<ToolTold>,
}

/// What one tool said of one program.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToolTold {
    /// Its gate.
    pub gate: CatchGate,
    /// Its name.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// When.
    pub at: Timestamp,
    /// Wall milliseconds.
    pub ms: f64,
    /// Why nothing can be said.
    pub not_run: Option<String>,
    /// In the tool's words.
    pub diagnostics: Vec<Diagnostic>,
    /// Every run.
    pub runs: Vec<CaughtRun>,
}

impl DefectDocument {
    /// The class; `None` where the pack has none of that name.
    pub fn new(
        comparison: &Comparison,
        judged: &JudgedDefect,
        caught: &[Caught],
        texts: &DefectTexts,
        conceal: &[(String, String)],
    ) -> Option<Self> {
        let defect =
            rows(comparison, std::slice::from_ref(judged), texts, conceal).into_iter().next()?;
        let stands = |claim: &&model::Claim| {
            claim.experiments().contains(&model::Experiment::Defect(defect.id.clone()))
        };
        let programs = defect.texts.iter().map(|text| shown(text, caught, conceal));
        Some(Self {
            schema: SCHEMA,
            claims: comparison.claims.iter().filter(stands).map(|claim| claim.id.clone()).collect(),
            programs: programs.collect(),
            defect,
        })
    }

    /// As JSON.
    ///
    /// # Errors
    /// Only if a value cannot be written as JSON, which none of ours does.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// For a terminal.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        let (strong, faint) = (style.strong, style.faint);
        let defect = &self.defect;
        screen.line(&format!("{strong}defect/{}{strong:#} · {}", defect.id, defect.title));
        screen.indented(&defect.mistake, 2);
        screen.faintly(&format!("{}, chosen to suit {}", defect.family, suited(&defect.suits)));
        if let Some(note) = &defect.note {
            screen.indented(note, 2);
        }
        for source in &defect.sources {
            screen.hanging(
                "source",
                &format!("{}, {}: {}", source.title, source.publisher, source.url),
            );
        }
        for claim in &self.claims {
            screen.hanging("claim", claim.as_str());
        }
        for surprise in &defect.surprises {
            screen.hanging("unexpected", surprise);
        }
        for row in &defect.variants {
            screen.line("");
            screen.line(&format!(
                "  {strong}{} {}{strong:#} · {}",
                row.side,
                row.variant,
                elide(&row.summary(), 58)
            ));
            screen.indented(row.cannot_arise.as_ref().unwrap_or(&row.about), 4);
            if let Some(program) = self.program(row) {
                program.text(&mut screen, row);
            } else if row.cannot_arise.is_none() {
                screen.line(&format!("    {faint}its file is not there{faint:#}"));
            }
        }
        screen.text
    }

    fn program(&self, row: &VariantRow) -> Option<&ProgramShown> {
        self.programs.iter().find(|one| one.side == row.side && one.variant == row.variant)
    }
}

fn suited(suits: &str) -> &str {
    if suits == "neutral" { "nobody" } else { suits }
}

fn shown(text: &Text, caught: &[Caught], conceal: &[(String, String)]) -> ProgramShown {
    let open = |text: &str| conceal::open(text, conceal);
    let of_it = caught.iter().filter(|row| row.side == text.side && row.variant == text.variant);
    let told = of_it.map(|row| ToolTold {
        gate: row.gate,
        tool: row.tool.clone(),
        version: row.version.clone(),
        at: row.started,
        ms: row.seconds * 1000.0,
        not_run: row.not_run.as_deref().map(open),
        diagnostics: row
            .diagnostics
            .iter()
            .map(|diagnostic| Diagnostic { text: open(&diagnostic.text), ..diagnostic.clone() })
            .collect(),
        runs: row
            .runs
            .iter()
            .map(|run| CaughtRun {
                stdout: open(&run.stdout),
                stderr: open(&run.stderr),
                ..run.clone()
            })
            .collect(),
    });
    let mut told: Vec<ToolTold> = told.collect();
    told.sort_by_key(|told| told.gate);
    ProgramShown {
        side: text.side.clone(),
        variant: text.variant,
        file: text.file.clone(),
        text: text.text.clone(),
        told,
    }
}

/// Lines of a run that are shown.
const LINES: usize = 12;

impl ProgramShown {
    fn text(&self, screen: &mut Screen<'_>, row: &VariantRow) {
        let faint = screen.style.faint;
        screen.line("");
        for (number, line) in (1..).zip(self.text.lines()) {
            screen
                .line(&format!("    {faint}{number:>3}{faint:#}  {}", line.replace('\t', "    ")));
        }
        screen.line("");
        for told in &self.told {
            let cells = row.tools.iter().filter(|cell| cell.tool == told.tool);
            let said: Vec<&str> = cells.map(|cell| cell.said).collect();
            let said =
                if said.contains(&"caught") { "caught" } else { said.first().unwrap_or(&"") };
            screen.line(&format!(
                "    {:<4} {} ({}, {:.0} ms): {said}",
                told.gate,
                elide(&told.tool, 30),
                elide(&told.version, 18),
                told.ms,
            ));
            told.text(screen);
        }
    }
}

impl ToolTold {
    fn text(&self, screen: &mut Screen<'_>) {
        if let Some(why) = &self.not_run {
            screen.indented(why, 9);
        }
        for diagnostic in &self.diagnostics {
            let line = diagnostic.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            let code = diagnostic.code.as_deref().unwrap_or("");
            screen.indented(&format!("{line}{code} {}", diagnostic.text), 9);
        }
        let Some(first) = self.runs.first() else { return };
        let alike = self.runs.iter().filter(|run| run.ended == first.ended).count();
        screen.indented(&format!("{}, {alike} of {} runs", ended(first), self.runs.len()), 9);
        for stream in [&first.stdout, &first.stderr] {
            for line in stream.lines().filter(|line| !line.trim().is_empty()).take(LINES) {
                screen.line(&format!("         | {}", cut(&plain(line), 68)));
            }
        }
    }
}

fn ended(run: &CaughtRun) -> String {
    match run.ended {
        model::RunEnding::Exited(code) => format!("exit {code}"),
        model::RunEnding::Signalled(signal) => format!("signal {signal}"),
        model::RunEnding::TimedOut => "did not end in its budget".to_owned(),
    }
}
