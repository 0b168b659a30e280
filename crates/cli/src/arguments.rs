//! The command line. First lines are orders; the long help tells when one would
//! want it.

pub(crate) mod bounds;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod decide;
pub(crate) mod load;
pub(crate) mod serving;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use model::{ClaimId, DefectId, SideName, Verdict};

/// Rust or Go? Every sentence of the comparison, run on your machine
///
/// Evenhand binds each sentence of a comparison to an experiment, a dated source or an open
/// admission; runs the experiments here; and writes the page back with the evidence.
///
/// Exit codes: 0 done · 1 not as expected, or a guard failed · 2 usage or pack fault · 3 nothing could
/// be measured · 4 the programs disagree · 5 evidence is too old · 70 a bug · 130 stopped by Ctrl-C.
#[derive(Debug, Parser)]
#[command(name = "evenhand", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the comparison, or the claims named, and write the page
    Verify(VerifyArguments),
    /// Compare programs: answers first, then what they cost
    ///
    /// Runs every case on every side and compares answers and side effects; only if they are the
    /// same, measures both in pairs of random order until the first metric is decided.
    Compare(Box<compare::CompareArguments>),
    /// Hold a contract against what is seen here, for CI
    ///
    /// Re-uses evidence that is young enough and of the same programs on the same kind of machine, or
    /// measures. A guard fails only beyond its margin and when a second, fresh set of pairs agrees.
    Check(Box<check::CheckArguments>),
    /// Turn requirements and evidence into a recommendation that says what would flip it
    ///
    /// What must hold comes first, then what matters and how much, in your own units; what is not
    /// known counts for nobody. With --new: a preset, and at most ten questions.
    Decide(decide::DecideArguments),
    /// Ask a server at a steady rate, and tell how long its users wait
    ///
    /// Open loop: each request has an instant of its own and counts from it, whether or not it could
    /// be sent, so that a server that stops is seen as its users see it. With --find-capacity: the
    /// highest rate within a bound.
    Load(Box<load::LoadArguments>),
    /// Show a claim, probe, drill, defect, workload or run with all that is known of it
    ///
    /// Of a probe or defect: the programs and what each tool said, word for word. Of a drill: every command and
    /// its output. Of a claim: its evidence in the newest run that has it.
    Show(ShowArguments),
    /// List past runs, and what each says of the claims named
    History(HistoryArguments),
    /// Tell what this machine can measure, and what each missing thing costs
    Doctor(DoctorArguments),
    /// Check a pack for faults, or write one
    #[command(subcommand)]
    Pack(PackCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Check that every file of a pack says something that can be run
    ///
    /// Reads every file, reports every fault with file, line and a way out, makes the inputs and
    /// compares their hashes, and looks at the licences of all packages in the programs. Without a
    /// path, checks the packs inside the program.
    Check(PackCheckArguments),
    /// Write a small complete pack to begin with
    ///
    /// Two sides, a claim of each kind, and a workload, a probe and a drill for them: `pack check`
    /// finds no fault in it, and `verify --pack DIR` runs it.
    New(PackNewArguments),
    /// Add a workload, probe, drill or defect to a pack, to be changed into what it should be
    Add(PackAddArguments),
    /// Write the JSON Schemas of a pack's files, for editors
    Schemas(PackSchemasArguments),
}

#[derive(Debug, Args)]
pub(crate) struct PackNewArguments {
    /// A folder that is empty or not there yet; or a part, as in `pack new defect ID`
    pub(crate) folder: PathBuf,
    /// The id of the part, which is added to the pack here: the same as `pack add PART ID`
    pub(crate) id: Option<String>,
    /// The pack's name; the folder's if not given
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The sides' names, two or more; those of their languages if not given
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) sides: Vec<SideName>,
    /// The sides' languages, in the same order
    #[arg(long, value_name = "A,B", value_delimiter = ',', default_value = "rust,go")]
    pub(crate) languages: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PackAddArguments {
    /// What to add
    #[arg(value_enum)]
    pub(crate) part: PackPart,
    /// Its id: lower-case words joined by hyphens
    pub(crate) id: String,
    /// The pack's folder, which holds comparison.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) pack: PathBuf,
}

/// Parts of a pack that come with templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PackPart {
    /// A job that each side's program does
    Workload,
    /// Programs that a tool takes or stops
    Probe,
    /// Steps of a tool
    Drill,
    /// A class of mistakes, with the programs that make it and their corrected twins
    Defect,
}

#[derive(Debug, Args)]
pub(crate) struct PackSchemasArguments {
    /// Where to write them
    #[arg(default_value = "schemas")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct PackCheckArguments {
    /// The pack's folder, which holds comparison.toml
    pub(crate) path: Option<PathBuf>,
    /// Look at licences without the network: what is not here already is not checked
    #[arg(long)]
    pub(crate) offline: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// A claim (memory/go-collects), probe/ID, drill/ID, workload/ID or the id of a run
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) pack: PackArguments,
    /// Look in this store instead of the platform's data folder
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// The form of the result on standard output; probes and drills have text and json only
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArguments {
    /// Claims to be judged in each run
    pub(crate) claims: Vec<ClaimId>,
    #[command(flatten)]
    pub(crate) pack: PackArguments,
    /// Look in this store instead of the platform's data folder
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// At most so many runs, the newest first
    #[arg(long, default_value_t = 20)]
    pub(crate) most: usize,
    /// Write JSON instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    pub(crate) pack: PackArguments,
    /// Use caches only, never the network
    #[arg(long)]
    pub(crate) offline: bool,
}

/// What is run when no pack is named.
pub(crate) const DEFAULT_PACK: &str = "rust-vs-go";

#[derive(Debug, Clone, Args)]
pub(crate) struct PackArguments {
    /// A pack inside the program, or a folder with comparison.toml
    #[arg(long, value_name = "NAME|DIR", default_value = DEFAULT_PACK)]
    pub(crate) pack: String,
}

impl PackArguments {
    /// The pack as a command line has to name it; `None`: not at all.
    pub(crate) fn on_command_line(&self) -> Option<String> {
        let plain = |c: char| c.is_alphanumeric() || "._-/".contains(c);
        match self.pack.as_str() {
            DEFAULT_PACK => None,
            pack if pack.chars().all(plain) => Some(pack.to_owned()),
            pack => Some(format!("'{}'", pack.replace('\'', r"'\''"))),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// Claims such as footprint/small-runtime; none: all of them
    pub(crate) claims: Vec<ClaimId>,
    /// Run the quick workloads, a few minutes (this is what happens without a flag)
    #[arg(long, conflicts_with = "full")]
    pub(crate) quick: bool,
    /// Run every workload, with a longer budget
    #[arg(long)]
    pub(crate) full: bool,
    /// List the claims and run nothing
    #[arg(long, conflicts_with_all = ["from_store", "full", "quick", "expect"])]
    pub(crate) list: bool,
    /// Try the corpus of mistakes alone: all of it, those named, or with --quick those marked quick
    ///
    /// Takes every program of a defect through compiler, lints, tests, instruments and plain runs, and
    /// tells at which gate each language catches it. With --strict, exits with 1 if something was seen
    /// that a case does not expect, and with 3 if a tool said nothing.
    #[arg(
        long,
        value_name = "ID",
        num_args = 0..,
        conflicts_with_all = ["claims", "full", "list", "expect", "budget", "seed", "realtime"]
    )]
    pub(crate) defects: Option<Vec<DefectId>>,
    /// Spend about this long on trying and measuring, such as 90s, 10m or 1h
    ///
    /// Building the programs comes on top. Whatever the first blocks of each series take, a quarter
    /// of it is kept for more.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) budget: Option<Duration>,
    /// Draw every order from this seed, to lay out a run again; drawn at random if not given
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Keep observations in this folder instead of the platform's data folder
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Use caches only, never the network
    #[arg(long)]
    pub(crate) offline: bool,
    /// Judge the newest stored run again and measure nothing
    #[arg(long, conflicts_with_all = ["full", "quick", "budget", "seed"])]
    pub(crate) from_store: bool,
    #[command(flatten)]
    pub(crate) pack: PackArguments,
    /// Exit with 1 unless every claim named has this verdict; none named: every claim that is run
    #[arg(long, value_name = "VERDICT")]
    pub(crate) expect: Option<Verdict>,
    /// Exit with 3 if a claim that was run is inconclusive
    #[arg(long)]
    pub(crate) strict: bool,
    /// Run timed trials under a real-time priority: less noise in wall time, needs the right to
    #[arg(long)]
    pub(crate) realtime: bool,
    /// The form of the result on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write the result to this file; the ending decides: .html, .json, .md, .edition.md or .txt
    ///
    /// May be given more than once. The page goes to evenhand/<pack>.html unless an .html file is
    /// named here.
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Vec<PathBuf>,
}

/// Forms of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For a pull request
    Markdown,
    /// For programs; see docs/json.md
    Json,
    /// The page
    Html,
    /// The guide in Markdown, a verdict behind every sentence
    Edition,
}

/// Reads `90s`, `10m`, `1h`, `1m30s`, or seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let help = || format!("`{text}` is not a duration such as 90s, 10m or 1h");
    let positive = |seconds: f64| {
        (seconds.is_finite() && seconds > 0.0).then(|| Duration::from_secs_f64(seconds))
    };
    if let Ok(seconds) = text.parse::<f64>() {
        return positive(seconds).ok_or_else(help);
    }
    let span: jiff::SignedDuration = text.parse().map_err(|_| help())?;
    positive(span.as_secs_f64()).ok_or_else(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_budget_is_written_as_people_write_durations() {
        for (text, seconds) in
            [("90s", 90.0), ("10m", 600.0), ("1h", 3600.0), ("1m30s", 90.0), ("45", 45.0)]
        {
            assert_eq!(duration(text), Ok(Duration::from_secs_f64(seconds)), "{text}");
        }
        for bad in ["0", "-5s", "soon", "", "1y", "nan"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
