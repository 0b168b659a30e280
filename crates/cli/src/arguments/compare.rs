//! The command line of `evenhand compare`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use model::{AnswerRule, Metric, Profile, SideName};

use super::bounds::{Limits, MarginOf, Named, margin_of, metric, named, percent};
use super::duration;
use super::serving::ServingArguments;

#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct CompareArguments {
    /// Programs, command lines ("jq -c ."), or folders with a project; the first is the denominator
    ///
    /// None: those of ./evenhand.toml. A folder is built by its language's own tool, the same
    /// profile on all sides.
    #[arg(value_name = "PROGRAM|FOLDER")]
    pub(crate) sides: Vec<String>,
    /// Arguments of every run, after --
    #[arg(last = true, value_name = "ARGUMENT")]
    pub(crate) arguments: Vec<String>,
    #[command(flatten)]
    pub(crate) sources: SourceArguments,
    #[command(flatten)]
    pub(crate) running: RunningArguments,
    #[command(flatten)]
    pub(crate) serving: ServingArguments,
    #[command(flatten)]
    pub(crate) answers: AnswerArguments,
    #[command(flatten)]
    pub(crate) measuring: MeasuringArguments,
    #[command(flatten)]
    pub(crate) results: ResultArguments,
    /// Copy a workload of the pack, both sides, cases and guards, as a start of one's own
    #[arg(long, num_args = 2, value_names = ["WORKLOAD", "DIR"], conflicts_with_all = ["sides", "import"])]
    pub(crate) new: Option<Vec<String>>,
    /// Compare results of other tools instead: hyperfine's JSON, `go test -bench`, criterion
    ///
    /// One file with two results or more, or several files. Their runs were not made in pairs: the
    /// result says so, and nothing is concluded from few of them.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "sides")]
    pub(crate) import: Vec<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  evenhand compare jaq gojq -- -c . big.json
  evenhand compare --go ./agent-go --rust ./agent-rs --cases cases/
  evenhand compare ./agent --toolchain 1.26.11,1.27.4 --cases cases/
  evenhand compare ./api-go ./api-rs --rate 2000 --ready /health --find-capacity --slo 'p99<20ms'
  evenhand compare --write            what ./evenhand.toml says, and record it in its lock

Exit codes: 0 done · 2 usage · 3 nothing could be measured · 4 the programs disagree on answers or
side effects · 130 stopped by Ctrl-C; the same command goes on from there.";

impl CompareArguments {
    /// Whether the command line names a program.
    pub(crate) fn name_a_side(&self) -> bool {
        let sources = &self.sources;
        !(self.sides.is_empty() && sources.side.is_empty() && sources.by_language().is_empty())
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is compared")]
pub(crate) struct SourceArguments {
    /// The Go side: a folder with a project
    #[arg(long, value_name = "DIR")]
    pub(crate) go: Option<PathBuf>,
    /// The Rust side: a folder with a project; the numerator beside --go
    #[arg(long, value_name = "DIR")]
    pub(crate) rust: Option<PathBuf>,
    /// One more side, or one with a name of its own; may be given more than once
    #[arg(long, value_name = "NAME=PROGRAM|FOLDER", value_parser = named)]
    pub(crate) side: Vec<Named>,
    /// Build a side, whose value is a folder, by this command
    #[arg(long, value_name = "SIDE=COMMAND", value_parser = named)]
    pub(crate) build: Vec<Named>,
    /// What --build leaves, relative to the folder
    #[arg(long, value_name = "SIDE=PATH", value_parser = named)]
    pub(crate) program: Vec<Named>,
    /// The package of a side's project, such as go=./cmd/agent
    #[arg(long, value_name = "SIDE=PACKAGE", value_parser = named)]
    pub(crate) package: Vec<Named>,
    /// The program of a side's project, where it has several
    #[arg(long, value_name = "SIDE=NAME", value_parser = named)]
    pub(crate) bin: Vec<Named>,
    /// Features or build tags of a side's project, joined by commas
    #[arg(long, value_name = "SIDE=LIST", value_parser = named)]
    pub(crate) features: Vec<Named>,
    /// One project under two toolchains: versions, or names such as installed, previous, newest
    #[arg(long, value_name = "OLD,NEW", value_delimiter = ',', num_args = 1)]
    pub(crate) toolchain: Vec<String>,
    /// How projects are built
    #[arg(long, default_value_t = Profile::ReleasePractice)]
    pub(crate) profile: Profile,
    /// Take programs that are given as text as lines for `sh -c`
    #[arg(long)]
    pub(crate) shell: bool,
    /// Read sides, cases and all else from this contract instead
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sides", "go", "rust", "side"])]
    pub(crate) contract: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "How it is run")]
pub(crate) struct RunningArguments {
    /// A folder of cases: a file is fed to standard input, a folder has `args`, `stdin`, `exit`
    #[arg(long, value_name = "DIR")]
    pub(crate) cases: Option<PathBuf>,
    /// Feed this file to standard input; several: a case each
    #[arg(long, value_name = "FILE")]
    pub(crate) input: Vec<PathBuf>,
    /// Arguments of a run that does next to nothing, such as --version: measures start-up
    #[arg(long, value_name = "ARGUMENTS", allow_hyphen_values = true)]
    pub(crate) start_up: Option<String>,
    /// A variable of every run, with a value or as it is here; runs get no others than `doctor` lists
    #[arg(long, value_name = "NAME[=VALUE]")]
    pub(crate) env: Vec<String>,
    /// Run this before each run, not timed
    #[arg(long, value_name = "COMMAND")]
    pub(crate) prepare: Option<String>,
    /// Run this after each run, not timed
    #[arg(long, value_name = "COMMAND")]
    pub(crate) conclude: Option<String>,
    /// Run in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) cwd: Option<PathBuf>,
    /// Limit every side alike by a control group, such as cpu=500m,memory=256Mi
    #[arg(long, value_name = "LIMITS")]
    pub(crate) limits: Option<Limits>,
    /// End a run that takes longer
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "60s")]
    pub(crate) deadline: Duration,
    /// Give timed runs a real-time priority (SCHED_FIFO)
    ///
    /// They are then not interrupted by other programs, so that wall time comes close to CPU time on
    /// a busy machine. It needs the right to (root or CAP_SYS_NICE), leaves less to everything else
    /// while a run lasts, and is of no use where CPU time is what counts: that is steady without.
    #[arg(long)]
    pub(crate) realtime: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What has to be the same")]
pub(crate) struct AnswerArguments {
    /// How standard output is compared: bytes, sorted-lines, set or json
    #[arg(long, value_name = "RULE", default_value_t = AnswerRule::Bytes)]
    pub(crate) answers: AnswerRule,
    /// Numbers may lie apart by this, relative to the larger, such as 1e-9
    #[arg(long, value_name = "NUMBER")]
    pub(crate) tolerance: Option<f64>,
    /// Replace what a regular expression matches before outputs are compared
    #[arg(long, value_name = "REGEX=>TEXT")]
    pub(crate) normalise: Vec<String>,
    /// The exit code that every run has to end with; otherwise whichever the sides share
    #[arg(long, value_name = "CODE")]
    pub(crate) exit: Option<i32>,
    /// Let exit codes differ
    #[arg(long, conflicts_with = "exit")]
    pub(crate) any_exit: bool,
    /// See also whether the programs end alike when nobody reads on
    #[arg(long)]
    pub(crate) closed_pipe: bool,
    /// The sizes of the outputs may lie apart by this, such as 2%
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(crate) size_within: Option<f64>,
    /// Compare this file too, which the programs write; relative to the working folder
    #[arg(long, value_name = "PATH")]
    pub(crate) file: Vec<PathBuf>,
    /// Have every side read back what every side wrote, with these arguments
    #[arg(long, value_name = "ARGUMENTS", allow_hyphen_values = true)]
    pub(crate) cross_decode: Option<String>,
    /// Do not look at side effects
    #[arg(long)]
    pub(crate) no_effects: bool,
    /// Let a side effect or a case that differs pass, with a reason
    #[arg(long, value_name = "NAME=REASON", value_parser = named)]
    pub(crate) allow: Vec<Named>,
    /// Measure programs that do not do the same; every number is marked
    #[arg(long)]
    pub(crate) anyway: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is measured")]
pub(crate) struct MeasuringArguments {
    /// Metrics, joined by commas: cpu, wall, memory, size, dependencies, build-clean, faults, switches
    #[arg(long, value_name = "METRICS", value_delimiter = ',', value_parser = metric)]
    pub(crate) metric: Vec<Metric>,
    /// A metric of one's own: a regular expression whose first group is a number on standard error
    #[arg(long, value_name = "NAME=REGEX", value_parser = named)]
    pub(crate) own: Vec<Named>,
    /// A metric of one's own: a path in the JSON on standard output, such as stats.rows
    #[arg(long, value_name = "NAME=PATH", value_parser = named)]
    pub(crate) own_json: Vec<Named>,
    /// Metrics of one's own of which more is better
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) more_is_better: Vec<String>,
    /// The metrics that decide when measuring ends, at most three
    #[arg(long, value_name = "METRICS", value_delimiter = ',', value_parser = metric)]
    pub(crate) primary: Vec<Metric>,
    /// From where on a difference matters, such as cpu=2%; 0 drops the floor too
    #[arg(long, value_name = "METRIC=PERCENT", value_parser = margin_of)]
    pub(crate) margin: Vec<MarginOf>,
    /// Tell every measured case by itself
    #[arg(long)]
    pub(crate) each_case: bool,
    /// Spend about this long on measuring
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) budget: Option<Duration>,
    /// Stop after so many pairs, whatever they show
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) pairs: Option<u32>,
    /// Draw every order from this seed; drawn at random if not given
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
pub(crate) struct ResultArguments {
    /// Names the comparison in the store
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Write the comparison down: evenhand.toml with guards, and evenhand.lock
    ///
    /// The guards hold what was seen here: a margin that is loosened later shows in the lock. With a
    /// contract that is there already, records its lock anew and adds --allow to it.
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "evenhand.toml")]
    pub(crate) write: Option<PathBuf>,
    /// Keep observations in this folder instead of the platform's data folder
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Use caches only, never the network
    #[arg(long)]
    pub(crate) offline: bool,
    /// Exit with 3 if a primary metric is inconclusive
    #[arg(long)]
    pub(crate) strict: bool,
    /// The form of the result on standard output
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub(crate) format: CompareFormat,
    /// Write the result to this file too; the ending decides: .html, .json, .csv, .md or .txt
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Vec<PathBuf>,
}

/// Forms of a comparison's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// For a terminal, 80 columns
    Text,
    /// For a pull request
    Markdown,
    /// For programs; see docs/json.md
    Json,
    /// For a spreadsheet, a row a metric
    Csv,
    /// With plots
    Html,
}

/// What is said where no two sides are named.
pub(crate) const NAME_TWO: &str =
    "`evenhand compare A B`, or --go DIR --rust DIR, or a contract in ./evenhand.toml";

/// What is said where a folder's language cannot be told.
pub(crate) const NAME_LANGUAGE: &str =
    "say it with --go DIR or --rust DIR, or `language = …` in a contract";

impl SourceArguments {
    /// The folders that are given by their language, the denominator first.
    pub(crate) fn by_language(&self) -> Vec<(&'static str, &PathBuf)> {
        let given = [("go", &self.go), ("rust", &self.rust)];
        given.into_iter().filter_map(|(name, folder)| Some((name, folder.as_ref()?))).collect()
    }

    /// What a named argument says of a side.
    pub(crate) fn of<'a>(named: &'a [Named], side: &SideName) -> Option<&'a str> {
        named.iter().find(|one| one.name == side.as_str()).map(|one| one.value.as_str())
    }
}
