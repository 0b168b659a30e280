//! A defect: a class of mistakes, as a user of each language would first write
//! it, and the twin in which it is corrected; and what each tool said of them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{DefectId, Diagnostic, SideName, Suits};

/// Where a mistake may be caught, in the order in which a program gets there.
/// The word is the gate's name everywhere: in TOML, on screens and in JSON.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub enum CatchGate {
    /// The compiler refuses it.
    G0,
    /// What the toolchain's own lints say unasked.
    G1,
    /// Lints that careful projects run.
    G2,
    /// Lints that a project opts into.
    #[serde(rename = "G2+")]
    G2Plus,
    /// A test that does not do what triggers the mistake.
    #[serde(rename = "T-")]
    Quiet,
    /// A test that does, and knows the right answer.
    #[serde(rename = "T+")]
    Trigger,
    /// A run under an instrument: sanitizer, race detector, interpreter.
    G3,
    /// A profile of tasks that can never go on, after the test that triggers.
    G3L,
    /// A plain run, which fails loudly.
    G4,
}

impl CatchGate {
    /// Every gate in its order.
    pub const ALL: &[Self] = &[
        Self::G0,
        Self::G1,
        Self::G2,
        Self::G2Plus,
        Self::Quiet,
        Self::Trigger,
        Self::G3,
        Self::G3L,
        Self::G4,
    ];

    /// The gates at which a mistake counts as caught. A test is none of them:
    /// it catches whatever its author thought of.
    pub const CATCHING: &[Self] =
        &[Self::G0, Self::G1, Self::G2, Self::G2Plus, Self::G3, Self::G3L, Self::G4];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::G0 => "G0",
            Self::G1 => "G1",
            Self::G2 => "G2",
            Self::G2Plus => "G2+",
            Self::Quiet => "T-",
            Self::Trigger => "T+",
            Self::G3 => "G3",
            Self::G3L => "G3L",
            Self::G4 => "G4",
        }
    }

    /// What it is, in a word or two.
    pub fn title(self) -> &'static str {
        match self {
            Self::G0 => "compiler",
            Self::G1 => "default lints",
            Self::G2 => "recommended lints",
            Self::G2Plus => "opt-in lints",
            Self::Quiet => "test without trigger",
            Self::Trigger => "test with trigger",
            Self::G3 => "instrumented run",
            Self::G3L => "leak profile",
            Self::G4 => "plain run",
        }
    }

    /// Whether a program is run there, and not only read.
    pub fn runs(self) -> bool {
        self >= Self::Quiet
    }
}

impl fmt::Display for CatchGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for CatchGate {
    type Err = crate::UnknownName;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|gate| gate.name() == given).ok_or_else(|| {
            crate::UnknownName {
                noun: "gate",
                given: given.to_owned(),
                known: Self::ALL.iter().map(|gate| gate.name()).collect::<Vec<_>>().join(", "),
            }
        })
    }
}

named! {
    /// Which of a defect's programs.
    pub enum DefectVariant ("variant") {
        /// As a user of the language would first write it.
        Bad = "bad",
        /// The mistake in another guise, where the language stops the first.
        Escape = "escape",
        /// Corrected; every gate stays quiet.
        Fixed = "fixed",
    }
}

named! {
    /// How a plain run of a mistake ends that nothing stops.
    pub enum AtRun ("ending") {
        /// With a wrong answer or something left behind, and success.
        Silent = "silent",
        /// Not at all.
        Hang = "hang",
        /// With the right answer: what would be a mistake elsewhere does no harm.
        Right = "right",
    }
}

/// A class of mistakes and the programs that stand for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Defect {
    /// The folder's name.
    pub id: DefectId,
    /// A few words for tables.
    pub title: String,
    /// What kind of class it is, in a word that several share: `concurrency`.
    pub family: String,
    /// What is done wrong and what comes of it.
    pub mistake: String,
    /// Whom the class was chosen to suit.
    pub suits: Suits,
    /// Keys of [`crate::Comparison::sources`]; one or more.
    pub sources: Vec<String>,
    /// Whether it is distilled from one real mistake, which is among the sources.
    pub distilled: bool,
    /// Packages of others that the programs use, by the names of the scaffold.
    pub needs: Vec<String>,
    /// How often a program is run where it is run.
    pub repeats: u32,
    /// Seconds after which a run counts as a hang.
    pub budget_seconds: f64,
    /// Asked without what triggers the mistake.
    pub quiet: Exchange,
    /// Asked with it.
    pub trigger: Exchange,
    /// The second line of a right program: what it leaves behind.
    pub left: Option<String>,
    /// What a reader should know, for instance where the two sides are not alike.
    pub note: Option<String>,
    /// Whether it belongs to `--quick`.
    pub quick: bool,
    /// The programs of every side.
    pub programs: Vec<DefectProgram>,
    /// The defect's folder in the unpacked pack.
    pub folder: PathBuf,
}

/// What a program is asked, and the right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Its one argument.
    pub input: String,
    /// What it should print.
    pub answer: String,
}

/// One program, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct DefectProgram {
    /// Whose.
    pub side: SideName,
    /// Which.
    pub variant: DefectVariant,
    /// What it does, in a line.
    pub about: String,
    /// What is expected of it.
    pub expected: Expectation,
}

/// What is expected of a program.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// The language has no such mistake.
    CannotArise {
        /// Why.
        reason: String,
    },
    /// It is taken through the gates.
    Tried {
        /// Each gate that catches it, with the codes by which it does.
        caught: BTreeMap<CatchGate, Vec<String>>,
        /// How a plain run ends; `None` where it does not come to one, or fails loudly.
        at_run: Option<AtRun>,
        /// Codes of what tools say about something else.
        beside: Vec<String>,
    },
}

/// One program, taken through one tool: a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Caught {
    /// The defect.
    pub defect: DefectId,
    /// Whose program.
    pub side: SideName,
    /// Which of them.
    pub variant: DefectVariant,
    /// The tool's gate.
    pub gate: CatchGate,
    /// The tool's name in its language's file.
    pub tool: String,
    /// The tool's version.
    pub version: String,
    /// SHA-256 over the program, what it is asked, the tool and its version.
    pub key: String,
    /// When it began.
    pub started: Timestamp,
    /// Wall seconds of the tool's command, an equal share for each program it was given, and
    /// of this program's runs.
    pub seconds: f64,
    /// Processor seconds, likewise.
    pub cpu_seconds: f64,
    /// Why nothing can be said: the tool is not there, or failed by itself.
    pub not_run: Option<String>,
    /// What the tool said.
    pub diagnostics: Vec<Diagnostic>,
    /// Every run under it.
    pub runs: Vec<CaughtRun>,
}

/// One run of one program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaughtRun {
    /// How it ended.
    pub ended: RunEnding,
    /// The beginning of what it wrote to standard output.
    pub stdout: String,
    /// The beginning of what it wrote to standard error.
    pub stderr: String,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunEnding {
    /// By itself, with this code.
    Exited(i32),
    /// By this signal.
    Signalled(i32),
    /// Not within its budget; it was ended with all its processes.
    TimedOut,
}

impl Defect {
    /// The program of a side in a variant.
    pub fn program(&self, side: &SideName, variant: DefectVariant) -> Option<&DefectProgram> {
        self.programs.iter().find(|program| &program.side == side && program.variant == variant)
    }

    /// What a right program prints when it is asked with the trigger.
    pub fn right(&self) -> String {
        let left = self.left.iter().map(|line| format!("{line}\n"));
        std::iter::once(format!("{}\n", self.trigger.answer)).chain(left).collect()
    }
}

impl DefectProgram {
    /// Whether there is a program.
    pub fn is_tried(&self) -> bool {
        matches!(self.expected, Expectation::Tried { .. })
    }

    /// The name of its file, given the ending of its language.
    pub fn file(&self, extension: &str) -> String {
        format!("{}.{extension}", self.variant)
    }
}
