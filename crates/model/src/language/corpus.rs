//! How single files of a language become a project, and which tools they are
//! taken through. Read from `languages/ID/corpus.toml`.
//!
//! In commands `{all}` stands for a folder of products that all tools share,
//! `{out}` for one of the tool's own, `{kits}` for the folder of kits, `{name}`
//! for a program's name in the project, `{executable}` for what the command made
//! of it, `{trigger}` for its argument, and a word `{programs}` for the words of
//! [`CorpusForm::each`], a program each.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::CatchGate;

/// How a language's defects are laid out and tried.
#[derive(Debug, Clone, PartialEq)]
pub struct CorpusForm {
    /// The ending of its files.
    pub extension: String,
    /// The folder `corpus` beside the file: `whole/` is copied once, `program/`
    /// for each program, with placeholders filled in.
    pub scaffold: PathBuf,
    /// Where a program's file goes, in its own folder.
    pub source: String,
    /// Words that name one program to a tool.
    pub each: Vec<String>,
    /// Variables of every tool, with `{kits}`.
    pub environment: BTreeMap<String, String>,
    /// What is fetched or built before a tool can be used.
    pub kits: BTreeMap<String, Kit>,
    /// The tools, in the order of their gates.
    pub tools: Vec<CorpusTool>,
}

/// Something beside the installed toolchain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kit {
    /// Its version, in words; empty: that of the installed toolchain.
    pub version: String,
    /// Variables of commands that use it.
    pub environment: BTreeMap<String, String>,
    /// Succeeds where it is there already; empty: what `make` leaves is enough.
    pub check: Vec<String>,
    /// Commands that fetch or build it, in this order.
    pub make: Vec<Vec<String>>,
    /// What to do where that fails.
    pub hint: String,
}

/// One tool at one gate.
#[derive(Debug, Clone, PartialEq)]
pub struct CorpusTool {
    /// As people call it.
    pub name: String,
    /// Where it stands.
    pub gate: CatchGate,
    /// Where its warnings count, if not there: a compiler that also lints.
    pub warnings_at: Option<CatchGate>,
    /// Takes all programs at once; empty: there is nothing to do before they are run.
    pub command: Vec<String>,
    /// Variables of the command and of runs.
    pub environment: BTreeMap<String, String>,
    /// What it needs beside the installed toolchain.
    pub kit: Option<String>,
    /// How it writes what it has to say.
    pub form: ToolForm,
    /// For lines: an expression with groups `name`, `text`, and perhaps `line` and `code`.
    pub line: Option<String>,
    /// Only codes that begin so count, and the others are another tool's.
    pub prefix: Option<String>,
    /// Where the command leaves a program; empty: it is found in what the command says.
    pub executable: String,
    /// Runs one program; empty: it is not run.
    pub run: Vec<String>,
    /// What shows in a run.
    pub findings: Vec<Finding>,
    /// An expression of a tool that failed by itself.
    pub unable: Option<String>,
    /// How many times slower than a plain run it may be.
    pub slow: f64,
    /// Whether `--quick` asks it.
    pub quick: bool,
    /// Most runs of a program; `None`: as many as the defect says.
    pub most_runs: Option<u32>,
}

/// What shows in a run, and the code that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The code.
    pub code: String,
    /// An expression that standard error or output matches.
    pub says: Option<String>,
    /// The exit code; `None`: any.
    pub exit: Option<i32>,
    /// The signal; `None`: any ending.
    pub signal: Option<i32>,
}

named! {
    /// How a tool writes diagnostics of many programs.
    pub enum ToolForm ("form of a tool") {
        /// A JSON object a line, compiler messages and artefacts.
        MessageLines = "message-lines",
        /// Lines that an expression takes apart.
        Lines = "lines",
        /// JSON by package and analyser, as `go vet -json` writes.
        VetJson = "vet-json",
        /// JSON with a list of issues, each with rule, file and line, as gosec writes.
        IssuesJson = "issues-json",
    }
}
