//! A job that each side's program does, with its cases, inputs and facts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::{
    CaseId, Drive, FactId, LanguageId, Metric, Profile, Service, SideName, Tier, Variant,
    WorkloadId,
};

/// Whom a workload or claim was chosen to suit. The label steers the choice,
/// never the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suits {
    /// Nobody in particular.
    Neutral,
    /// One of the sides.
    Side(SideName),
}

/// One job, a program a side, and how to run them.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// The folder's name.
    pub id: WorkloadId,
    /// A few words for tables.
    pub title: String,
    /// What the programs do, one or two sentences.
    pub about: String,
    /// Whom it was chosen to suit.
    pub suits: Suits,
    /// Which of the comparison's kinds of software it stands for.
    pub classes: Vec<String>,
    /// The workload's folder in the unpacked pack.
    pub folder: PathBuf,
    /// One program a side and tier.
    pub programs: Vec<Program>,
    /// Profiles that its programs are built with.
    pub profiles: Vec<Profile>,
    /// Generated or shipped inputs by name.
    pub inputs: BTreeMap<String, Input>,
    /// How answers are compared.
    pub answers: AnswerRule,
    /// Ways of running the programs.
    pub cases: Vec<Case>,
    /// Metrics of the artefact and of its building.
    pub metrics: Vec<Metric>,
    /// Pairs of timed builds, fixed beforehand; used when `metrics` has builds.
    pub build_pairs: u32,
    /// Facts counted in the programs.
    pub facts: Vec<FactProbe>,
    /// Seconds that one run of the slowest case takes, roughly: for planning only.
    pub expected_seconds: f64,
    /// Whether it belongs to `--quick`.
    pub quick: bool,
    /// How its programs serve, if they do.
    pub service: Option<Service>,
    /// Programs under other settings, each a side of its own.
    pub variants: Vec<Variant>,
    /// How its programs come about, if their folders hold templates.
    pub generate: Option<Generate>,
}

/// Programs whose sources are made from templates: a file ending in `.jinja` is
/// rendered once a unit if `{unit}` stands in its path, else once a group of
/// units if `{group}` does, else once; the rest is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generate {
    /// How many units.
    pub units: u32,
}

/// The sources of one side's program.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// Whose it is.
    pub side: SideName,
    /// Which language it is written in.
    pub language: LanguageId,
    /// How far it goes.
    pub tier: Tier,
    /// The folder with the manifest, absolute.
    pub folder: PathBuf,
    /// The change made before an incremental build.
    pub edit: Option<Edit>,
}

/// A small change of the code, another one before each build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Relative to the program's folder.
    pub file: PathBuf,
    /// Text that stands in the file exactly once.
    pub find: String,
    /// What it becomes; `{n}` in it is the number of the change, so that no
    /// build meets a source that was built before.
    pub replace: String,
}

/// One way of running a workload's programs.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Name within the workload.
    pub id: CaseId,
    /// Arguments; `{input:NAME}` stands for an input's path.
    pub args: Vec<String>,
    /// Input fed to standard input.
    pub stdin: Option<String>,
    /// The exit code both must end with.
    pub exit: i32,
    /// What is measured on this case; none: it is only compared.
    pub metrics: Vec<Metric>,
    /// A run that takes longer has timed out.
    pub deadline_seconds: f64,
    /// A number that has to be alike on all sides beside the answer.
    pub alike: Option<Alike>,
    /// How the program is driven while it serves; `None`: it runs to its end.
    pub drive: Option<Drive>,
}

/// A number that each program tells on standard error, such as the size of
/// what it compressed, and how far the sides may lie apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Variables that make the program tell it.
    pub env: BTreeMap<String, String>,
    /// An expression whose first group is the number.
    pub pattern: String,
    /// The largest may be this many times the smallest.
    pub factor: f64,
}

named! {
    /// How two answers are compared.
    pub enum AnswerRule ("answer rule") {
        /// Byte for byte.
        Bytes = "bytes",
        /// As a multiset of lines.
        SortedLines = "sorted-lines",
        /// As JSON values.
        Json = "json",
        /// As a set of lines: how often each stands there does not count.
        Set = "set",
    }
}

/// Bytes that the programs read, either generated from a seed or shipped.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What to make.
    pub kind: InputKind,
    /// SHA-256 of the content (for a tree: of all paths and contents in order).
    pub sha256: String,
}

/// What an input consists of.
#[derive(Debug, Clone, PartialEq)]
pub enum InputKind {
    /// A file of the pack, relative to the workload.
    File(PathBuf),
    /// Access-log records as CSV with a header row.
    CsvRecords {
        /// How many.
        rows: u64,
        /// Where they start.
        seed: u64,
    },
    /// The same records, a JSON object a line.
    JsonRecords {
        /// How many.
        rows: u64,
        /// Where they start.
        seed: u64,
    },
    /// A folder of text files.
    TextTree {
        /// How many files.
        files: u64,
        /// Total size.
        bytes: u64,
        /// Where it starts.
        seed: u64,
    },
}

/// Something to count in each side's program.
#[derive(Debug, Clone, PartialEq)]
pub struct FactProbe {
    /// Name within the workload.
    pub id: FactId,
    /// What is counted, in words.
    pub about: String,
    /// In the artefact of this profile.
    pub profile: Profile,
    /// How.
    pub kind: FactProbeKind,
}

/// How a fact is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum FactProbeKind {
    /// Symbols of the artefact that match the expression.
    Symbols(String),
    /// Sections of the artefact whose names match the expression.
    Sections(String),
    /// 1 if the artefact is an executable for this machine, else 0.
    NativeExecutable,
    /// 1 if the artefact asks for no program interpreter, else 0.
    StaticallyLinked,
    /// Lines on standard error that match, in a run of a case with added variables.
    StderrLines {
        /// The case to run.
        case: CaseId,
        /// Variables added to the clean environment.
        env: BTreeMap<String, String>,
        /// What a line must match.
        pattern: String,
    },
    /// Cases on which the program gave the answer that all sides agree on.
    SameAnswers,
}

impl Workload {
    /// The variant of that name.
    pub fn variant(&self, name: &SideName) -> Option<&Variant> {
        self.variants.iter().find(|variant| &variant.id == name)
    }

    /// Whose program a side or variant runs.
    pub fn base<'a>(&'a self, side: &'a SideName) -> &'a SideName {
        self.variant(side).map_or(side, |variant| &variant.side)
    }

    /// The program of a side or variant in a tier.
    pub fn program(&self, side: &SideName, tier: Tier) -> Option<&Program> {
        let side = self.base(side);
        self.programs.iter().find(|program| &program.side == side && program.tier == tier)
    }

    /// The case of that name.
    pub fn case(&self, id: &CaseId) -> Option<&Case> {
        self.cases.iter().find(|case| &case.id == id)
    }
}
