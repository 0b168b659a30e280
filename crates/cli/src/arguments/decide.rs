//! The command line of `evenhand decide`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::PackArguments;

#[derive(Debug, Args)]
#[command(after_long_help = EXIT_CODES)]
pub(crate) struct DecideArguments {
    /// A decision.toml; two: what the second says otherwise
    #[arg(value_name = "FILE", num_args = 0..=2)]
    pub(crate) files: Vec<PathBuf>,
    /// Begin a decision.toml from a preset by at most ten questions
    ///
    /// Enter keeps what the preset says, ? says that you don't know, back goes back. What was
    /// answered is kept in FILE.answers: the same command goes on from there.
    #[arg(long, value_name = "PRESET", num_args = 0..=1, default_missing_value = "",
          conflicts_with_all = ["presets", "why", "what_if", "adr"])]
    pub(crate) new: Option<String>,
    /// List the presets, each with its reasoning and what it comes to as it stands
    #[arg(long, conflicts_with_all = ["why", "what_if", "adr", "files", "output"])]
    pub(crate) presets: bool,
    /// Tell all that was weighed of one option, such as go
    #[arg(long, value_name = "OPTION")]
    pub(crate) why: Option<String>,
    /// Put another value at a key and tell what changes; may be given more than once
    ///
    /// Such as criteria.delivery.points=40, must.memory.at-most=64 or evidence.cores.go.value=8. The
    /// file stays as it is.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) what_if: Vec<String>,
    /// Write a record (an ADR after MADR 4) into this folder, for `evenhand check`
    #[arg(long, value_name = "DIR")]
    pub(crate) adr: Option<PathBuf>,
    /// The form of the result on standard output
    #[arg(long, value_enum, default_value_t = DecideFormat::Text)]
    pub(crate) format: DecideFormat,
    /// Write the result to this file too; the ending decides: .html, .json, .md or .txt
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Vec<PathBuf>,
    /// Look for runs in this folder instead of the platform's data folder
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Decide as of this day instead of today
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    #[command(flatten)]
    pub(crate) pack: PackArguments,
}

const EXIT_CODES: &str = "The answer is one of: no option (the musts leave nothing) · by constraint \
(they leave one; weights were not asked) · either (take what is there, or what your people know) · \
choose · lean · not settled (what to measure is said).

Exit codes: 0 decided, whatever the answer · 2 usage, or a fault in the file. `evenhand check` on a \
record exits with 1 when one of its reasons has turned and with 5 when they are too old.";

/// Forms of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DecideFormat {
    /// For a terminal, 80 columns
    Text,
    /// An ADR after MADR 4
    Markdown,
    /// For programs; see docs/json.md
    Json,
    /// A page that is one file
    Html,
}
