//! What was seen of defects, as every format shows it. The fields that are not
//! skipped are the JSON of docs/json.md; a key is only ever added at the end of
//! its object.

use model::{CatchGate, DefectId, DefectVariant, Environment, SideName};
use schemars::JsonSchema;
use serde::Serialize;

use crate::verify::{RunHead, SourceRow};

/// The version of the JSON.
pub(super) const SCHEMA: u32 = 1;

/// Classes of mistakes, and where each is caught.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DefectsDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// The classes, in the order of their names.
    pub defects: Vec<DefectRow>,
    /// What each tool cost.
    pub gates: Vec<GateRow>,
    /// The pack's name.
    pub pack: String,
    /// Where it was run.
    pub environment: Environment,
    /// The run.
    pub run: RunHead,
    #[serde(skip)]
    pub(super) frame: Frame,
}

/// What only a reader needs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) version: String,
    /// Side, title.
    pub(super) sides: Vec<(SideName, String)>,
    /// The pack as commands name it, unless they need not.
    pub(super) pack: Option<String>,
}

/// One class of mistakes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DefectRow {
    /// Its id.
    pub id: DefectId,
    /// Whom it was chosen to suit: a side, or neutral. It never steers a result.
    pub suits: String,
    /// Its programs, side by side.
    pub variants: Vec<VariantRow>,
    /// Whether anything was seen that the case does not expect, or not seen that it does.
    pub unexpected: bool,
    /// Gates at which nothing can be said, and why.
    pub skipped: Vec<SkippedRow>,
    /// What was unexpected, in words.
    pub surprises: Vec<String>,
    /// A few words.
    pub title: String,
    /// What kind of class it is.
    pub family: String,
    /// What is done wrong and what comes of it.
    pub mistake: String,
    /// Whether it is distilled from one real mistake.
    pub distilled: bool,
    /// What a reader should know.
    pub note: Option<String>,
    /// That people make this mistake.
    pub sources: Vec<SourceRow>,
    #[serde(skip)]
    pub(super) texts: Vec<Text>,
}

/// The text of one program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) side: SideName,
    pub(crate) variant: DefectVariant,
    pub(crate) file: String,
    pub(crate) text: String,
}

/// One program of a class.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct VariantRow {
    /// The language of its side.
    pub language: String,
    /// bad: as first written; escape: where the mistake returns; fixed.
    pub variant: DefectVariant,
    /// The first gate that the case expects to catch it; null is none.
    pub expected: Option<CatchGate>,
    /// The first gate that did; null is never, or a hang.
    pub caught_at: Option<CatchGate>,
    /// Whether it announces itself: the compiler refuses it, or a plain run fails with a message.
    pub loud: bool,
    /// In which share of runs it was caught there; 0 if it never was.
    pub rate: f64,
    /// Wall milliseconds of the gate that caught it, for this program: its share of the tool's
    /// time, and its runs; null if it never was.
    pub cost_ms: Option<f64>,
    /// The codes by which it was caught there.
    pub codes: Vec<String>,
    /// Wilson's interval of the rate at 95 %; null where nothing is run to catch it.
    pub interval: Option<[f64; 2]>,
    /// Why the language has no such mistake; null where it has.
    pub cannot_arise: Option<String>,
    /// Whether it does no harm as written, and its case says so.
    pub harmless: bool,
    /// How plain runs ended; null where it does not come to one.
    pub ending: Option<EndingRow>,
    /// The test that does not trigger the mistake.
    pub test_without_trigger: Option<TestRow>,
    /// The test that does.
    pub test_with_trigger: Option<TestRow>,
    /// What each tool said.
    pub tools: Vec<CellRow>,
    /// Whose.
    pub side: SideName,
    /// What it does, in a line.
    pub about: String,
}

/// How plain runs ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EndingRow {
    /// With the right answer.
    pub right: u32,
    /// With success and a wrong answer, or something left behind.
    pub silent: u32,
    /// Loudly.
    pub loud: u32,
    /// Not at all.
    pub hang: u32,
}

/// What came of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TestRow {
    /// Runs that passed.
    pub passed: u32,
    /// Runs that failed.
    pub failed: u32,
    /// Runs that did not end.
    pub hung: u32,
}

/// What one tool said of one program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CellRow {
    /// Its gate.
    pub gate: CatchGate,
    /// Its name.
    pub tool: String,
    /// caught, quiet, beside (about something else) or not-run.
    pub said: &'static str,
    /// Codes that count.
    pub codes: Vec<String>,
    /// Codes about something else.
    pub beside: Vec<String>,
    /// Why nothing can be said.
    pub reason: Option<String>,
}

/// A gate at which nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SkippedRow {
    /// The gate.
    pub gate: CatchGate,
    /// Why, with the way out.
    pub reason: String,
    /// The tool.
    pub tool: String,
    /// The language.
    pub language: String,
}

/// One tool over all programs that it was given.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GateRow {
    /// The language.
    pub language: String,
    /// The gate.
    pub gate: CatchGate,
    /// The tool.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// Programs.
    pub programs: u32,
    /// Runs of them.
    pub runs: u32,
    /// Wall milliseconds: the tool's command, and every run one after the other.
    pub wall_ms: f64,
    /// Processor milliseconds.
    pub cpu_ms: f64,
}
