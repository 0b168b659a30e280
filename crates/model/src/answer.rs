//! Answers as they were compared, and programs as they were found or built.

use serde::{Deserialize, Serialize};

use crate::{CaseId, SideName};

named! {
    /// What of an answer is compared.
    pub enum Aspect ("aspect of an answer") {
        /// The exit code, or how else a run ended.
        Exit = "exit",
        /// Standard output.
        Output = "output",
        /// A file that was written.
        File = "file",
        /// The size of the output.
        Size = "size",
        /// What the other sides read back.
        Decoded = "decoded",
        /// How a run ends when nobody reads its output.
        ClosedPipe = "closed-pipe",
    }
}

named! {
    /// What came of comparing one side's answer with the first side's.
    pub enum AnswerOutcome ("outcome") {
        /// The same, or the first side's own.
        Same = "same",
        /// Another one.
        Differs = "differs",
        /// There is none to compare.
        Missing = "missing",
    }
}

/// One aspect of one side's answer to one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The case.
    pub case: CaseId,
    /// Whose answer.
    pub side: SideName,
    /// What was compared.
    pub aspect: Aspect,
    /// What came of it.
    pub outcome: AnswerOutcome,
    /// Where they part first, or why there is none; several lines for a difference.
    pub told: Option<String>,
}

/// A side's program as it was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramSeen {
    /// Whose.
    pub side: SideName,
    /// SHA-256 of the file that is started.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The toolchain that built it, if Evenhand had it built: `rust 1.95.0`.
    pub toolchain: Option<String>,
    /// What is in it, by its profile, in words.
    pub content: Option<String>,
    /// Whether it carries debug information or symbols, as its file tells;
    /// `None`: not an ELF file.
    pub stripped: Option<bool>,
}
