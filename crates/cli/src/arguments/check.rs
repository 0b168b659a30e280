//! The command line of `evenhand check`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use model::{Metric, SideName};

use super::bounds::metric;
use super::duration;

#[derive(Debug, Args)]
#[command(after_long_help = EXIT_CODES)]
pub(crate) struct CheckArguments {
    /// A contract written by `evenhand compare --write`, with its lock beside it
    #[arg(default_value = "evenhand.toml")]
    pub(crate) file: PathBuf,
    /// Compare every project of the contract with itself as of this revision
    ///
    /// Checked out beside the repository for as long as it takes, and built the same way. Fails if
    /// what is there now costs more, beyond the contract's margins.
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,
    /// With --base: these sides only
    #[arg(long, value_name = "SIDES", value_delimiter = ',', requires = "base")]
    pub(crate) side: Vec<SideName>,
    /// With --base: these metrics instead of the contract's, such as instructions
    ///
    /// One program of one language may be held to its instructions, which hardly vary: counted by
    /// perf or, where the machine has no counters, by valgrind.
    #[arg(long, value_name = "METRICS", value_delimiter = ',', value_parser = metric, requires = "base")]
    pub(crate) metric: Vec<Metric>,
    /// Measure, even if there is evidence that is young enough
    #[arg(long, conflicts_with = "from_store")]
    pub(crate) fresh: bool,
    /// Judge stored evidence and measure nothing; without any that is young enough exit with 5
    ///
    /// There is then one set of pairs, and a guard that fails in it fails.
    #[arg(long, conflicts_with_all = ["base", "budget"])]
    pub(crate) from_store: bool,
    /// Use evidence as old as this, instead of what each guard says
    #[arg(long, value_name = "DAYS")]
    pub(crate) max_age: Option<u32>,
    /// Spend about this long on each set of pairs
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) budget: Option<Duration>,
    /// Draw every order from this seed; drawn at random if not given
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Exit with 3 if a guard is inconclusive or cannot be judged
    #[arg(long)]
    pub(crate) strict: bool,
    /// Keep observations in this folder instead of the platform's data folder
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Use caches only, never the network
    #[arg(long)]
    pub(crate) offline: bool,
    /// The form of the result on standard output
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// Write the result to this file too; the ending decides: .json, .md, .xml (JUnit) or .txt
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Vec<PathBuf>,
}

const EXIT_CODES: &str =
    "A guard fails only if what was measured lies wholly beyond its limit and \
margin, and a second, fresh set of pairs says so too. What is inconclusive is no failure, and is \
said.

Exit codes: 0 every guard holds, or nothing shows that one does not · 1 a guard failed · 2 usage, or
the contract is not the one its lock was written for · 3 nothing could be measured · 4 the programs
disagree on answers or side effects · 5 with --from-store: the evidence is too old · 130 stopped.";

/// Forms of a check's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For a terminal, 80 columns
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For programs; see docs/json.md
    Json,
    /// For CI systems: JUnit's XML
    Junit,
}
