//! A probe: twins of small programs, one of which a tool takes and the other
//! does not.

use std::path::PathBuf;

use crate::{ItemId, ProbeId, SideName, Suits, ToolchainName};

named! {
    /// Where a program may be stopped, in the order in which it gets there.
    pub enum Gate ("gate") {
        /// By the compiler.
        Compile = "compile",
        /// By the linter that comes with the toolchain.
        Lint = "lint",
        /// By its tests.
        Test = "test",
        /// While it runs.
        Run = "run",
    }
}

named! {
    /// What a check says will come of its program.
    pub enum CheckExpectation ("expectation") {
        /// It gets through the gate.
        Passes = "passes",
        /// It gets through, and something is said about it.
        Warned = "warned",
        /// It is stopped at that gate and not before.
        Stopped = "stopped",
    }
}

/// A question that a toolchain answers, with the programs that ask it.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// The folder's name.
    pub id: ProbeId,
    /// A few words for tables.
    pub title: String,
    /// What is tried, one or two sentences.
    pub about: String,
    /// Whom it was chosen to suit.
    pub suits: Suits,
    /// The probe's folder in the unpacked pack.
    pub folder: PathBuf,
    /// The programs and what is expected of each.
    pub checks: Vec<Check>,
    /// Whether it belongs to `--quick`.
    pub quick: bool,
}

/// One program, one gate, one expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Unique on its side; the same on two sides is the same item tried twice.
    pub id: ItemId,
    /// Whose it is.
    pub side: SideName,
    /// What the program does, in a line.
    pub about: String,
    /// The program, relative to the probe's folder.
    pub file: PathBuf,
    /// How far it is taken.
    pub at: Gate,
    /// What is expected there.
    pub expect: CheckExpectation,
    /// A code that has to be among the diagnostics.
    pub code: Option<String>,
    /// An expression that a diagnostic or the output has to match.
    pub says: Option<String>,
    /// Arguments added to the gate's command.
    pub args: Vec<String>,
    /// Which toolchain is asked.
    pub toolchain: ToolchainName,
}
