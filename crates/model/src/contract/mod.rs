//! What `compare` and `check` go by: sides, cases, what makes answers and side
//! effects the same, what is measured with which margin, and what has to hold.
//!
//! A contract is written down in `evenhand.toml`, or made of the command line
//! of one comparison; from there on both are treated alike. Its first side is
//! the denominator of every ratio.

mod guard;
mod measure;
mod side;
mod terms;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::{
    Activity, CaseId, Cell, Drive, Margin, Metric, Pairs, Profile, Series, Service, SideName, Tier,
    WorkloadId,
};

pub use guard::{Guard, GuardLimit};
pub use measure::{Better, Measure, OwnMetric, Pick, Stream};
pub use side::{Origin, Side};
pub use terms::{Allowance, AnswerTerms, CrossDecode, Decoded, EffectTerms, Normalise, Tolerance};

/// Two programs or more, and what is asked of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Names the series and the runs in the store.
    pub name: WorkloadId,
    /// What relative paths are relative to, absolute.
    pub folder: PathBuf,
    /// Two or more; the first is the denominator.
    pub sides: Vec<Side>,
    /// One or more.
    pub cases: Vec<Case>,
    /// Whether measured cases are told one by one instead of all together.
    pub each_case: bool,
    /// How the programs serve, if they do.
    pub service: Option<Service>,
    /// What makes answers the same.
    pub answers: AnswerTerms,
    /// What makes side effects the same.
    pub effects: EffectTerms,
    /// What is measured, primary ones first.
    pub measures: Vec<Measure>,
    /// How metrics of the user's own are read.
    pub own: Vec<OwnMetric>,
    /// Exceptions, each with its reason.
    pub allow: Vec<Allowance>,
    /// How projects are built.
    pub profile: Profile,
    /// How every run is set up.
    pub running: Running,
    /// When measuring ends.
    pub effort: Effort,
    /// What has to hold.
    pub guards: Vec<Guard>,
}

/// One way of running the programs.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its name.
    pub id: CaseId,
    /// Arguments after the side's own.
    pub args: Vec<String>,
    /// Fed to standard input; `None`: nothing.
    pub stdin: Option<PathBuf>,
    /// The exit code that both must end with; `None`: whichever they share.
    pub exit: Option<i32>,
    /// What it is for.
    pub used: CaseUse,
    /// How the program is driven while it serves; `None`: it runs to its end.
    pub drive: Option<Drive>,
}

named! {
    /// What a case is for.
    pub enum CaseUse ("use of a case") {
        /// Answers are compared, and it is measured.
        Measured = "measured",
        /// Answers are compared.
        Compared = "compared",
        /// Answers are compared, and its wall time is start-up.
        StartUp = "start-up",
    }
}

/// How every run is set up, the same for all sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// The working directory; `None`: the contract's folder.
    pub directory: Option<PathBuf>,
    /// Variables over the clean environment.
    pub env: BTreeMap<String, String>,
    /// A command before each run, not timed; empty: none.
    pub prepare: Vec<String>,
    /// A command after each run, not timed; empty: none.
    pub conclude: Vec<String>,
    /// Processor time per time: 0.5 is half of one processor.
    pub processors: Option<f64>,
    /// Memory of a run, in bytes.
    pub memory: Option<u64>,
    /// A run that takes longer has timed out.
    pub deadline_seconds: f64,
    /// Whether timed runs have a real-time priority.
    pub realtime: bool,
    /// The processors of a program that serves; empty: all but the generator's.
    pub server_processors: Vec<usize>,
    /// The processor of the generator; `None`: the last one.
    pub generator_processor: Option<usize>,
}

/// When measuring ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Seconds for timed blocks.
    pub budget_seconds: f64,
    /// Pairs after which a series stops whatever it shows.
    pub most_pairs: u32,
    /// Pairs of timed builds, declared beforehand.
    pub build_pairs: u32,
}

impl Default for Running {
    fn default() -> Self {
        Self {
            directory: None,
            env: BTreeMap::new(),
            prepare: Vec::new(),
            conclude: Vec::new(),
            processors: None,
            memory: None,
            deadline_seconds: 60.0,
            realtime: false,
            server_processors: Vec::new(),
            generator_processor: None,
        }
    }
}

impl Default for Effort {
    fn default() -> Self {
        Self { budget_seconds: 60.0, most_pairs: 300, build_pairs: 8 }
    }
}

impl Contract {
    /// The side of that name.
    pub fn side(&self, name: &SideName) -> Option<&Side> {
        self.sides.iter().find(|side| &side.name == name)
    }

    /// The case of that name.
    pub fn case(&self, id: &CaseId) -> Option<&Case> {
        self.cases.iter().find(|case| &case.id == id)
    }

    /// The cases that a series runs in each of its trials, one after the other.
    pub fn cases_of(&self, series: &Series) -> Vec<&Case> {
        let wanted = |case: &&Case| match &series.case {
            Some(id) => &case.id == id,
            None => case.used == CaseUse::Measured && case.drive.is_none(),
        };
        self.cases.iter().filter(wanted).collect()
    }

    /// How a metric of the user's own is read.
    pub fn own(&self, metric: Metric) -> Option<&OwnMetric> {
        let Metric::Own(name) = metric else { return None };
        self.own.iter().find(|own| own.name == name)
    }

    /// What is measured of a metric.
    pub fn measure(&self, metric: Metric) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.metric == metric)
    }

    /// Why something unlike is let pass, if it is.
    pub fn allowed(&self, name: &str) -> Option<&Allowance> {
        self.allow.iter().find(|allowance| allowance.name == name)
    }

    /// A cell a measure, case and side beyond the first, primary ones first;
    /// the same for planning and for judging.
    pub fn cells(&self) -> Vec<Cell> {
        let Some((denominator, numerators)) = self.sides.split_first() else { return Vec::new() };
        let mut measures: Vec<&Measure> = self.measures.iter().collect();
        measures.sort_by_key(|measure| !measure.primary);
        let mut cells = Vec::new();
        for measure in measures {
            for series in self.series_of(measure.metric) {
                cells.extend(numerators.iter().map(|numerator| Cell {
                    series: series.clone(),
                    metric: measure.metric,
                    numerator: numerator.name.clone(),
                    denominator: denominator.name.clone(),
                    claimed: None,
                    margin: measure.margin,
                    pairs: self.pairs_of(measure.metric),
                }));
            }
        }
        cells
    }

    fn series_of(&self, metric: Metric) -> Vec<Series> {
        let activity = Activity::giving(metric);
        let series = |case: Option<CaseId>| Series {
            workload: self.name.clone(),
            activity,
            case,
            profile: self.profile,
            tier: Tier::Idiomatic,
        };
        if let (Activity::Serve, _) | (_, Metric::Own(_)) = (activity, metric) {
            let serve =
                |case: &Case| Series { activity: Activity::Serve, ..series(Some(case.id.clone())) };
            let driven: Vec<Series> = self.driven(metric).map(serve).collect();
            if activity == Activity::Serve || !driven.is_empty() {
                return driven;
            }
        }
        let runs = |case: &&Case| case.drive.is_none();
        let of =
            |used: CaseUse| self.cases.iter().filter(runs).filter(move |case| case.used == used);
        match (metric, activity) {
            (Metric::StartUp, _) => {
                of(CaseUse::StartUp).map(|case| series(Some(case.id.clone()))).collect()
            }
            (_, Activity::Run | Activity::Memory | Activity::Instructions) if self.each_case => {
                of(CaseUse::Measured).map(|case| series(Some(case.id.clone()))).collect()
            }
            (_, Activity::Run | Activity::Memory | Activity::Instructions) => {
                let any = of(CaseUse::Measured).next();
                any.map(|_| series(None)).into_iter().collect()
            }
            (_, Activity::Artefact | Activity::BuildClean | Activity::BuildIncremental) => {
                vec![series(None)]
            }
            // Asked before.
            (_, Activity::Serve) => Vec::new(),
        }
    }

    /// Measured cases with a drive that gives a metric.
    fn driven(&self, metric: Metric) -> impl Iterator<Item = &Case> {
        let gives = move |case: &&Case| {
            case.used == CaseUse::Measured
                && case.drive.as_ref().is_some_and(|drive| drive.gives(metric))
        };
        self.cases.iter().filter(gives)
    }

    fn pairs_of(&self, metric: Metric) -> Pairs {
        match Activity::giving(metric) {
            Activity::Artefact => Pairs::Exact,
            Activity::BuildClean | Activity::BuildIncremental => {
                Pairs::Fixed(self.effort.build_pairs)
            }
            Activity::Run | Activity::Memory | Activity::Instructions | Activity::Serve => {
                Pairs::Sequential
            }
        }
    }

    /// Whether a cell is one of those that decide when measuring ends.
    pub fn is_primary(&self, cell: &Cell) -> bool {
        self.measure(cell.metric).is_some_and(|measure| measure.primary)
    }
}

impl Metric {
    /// What is measured when nothing is named, the primary one first.
    pub fn of_comparison(sides: &[Side], cases: &[Case]) -> Vec<Self> {
        let drives: Vec<&Drive> = cases.iter().filter_map(|case| case.drive.as_ref()).collect();
        let mut metrics = match drives.is_empty() {
            true => vec![Self::Cpu, Self::Wall, Self::Memory],
            false => {
                let given = |metric: &&Self| drives.iter().any(|drive| drive.gives(**metric));
                Self::ALL.iter().filter(given).copied().collect()
            }
        };
        if cases.iter().any(|case| case.used == CaseUse::StartUp) {
            metrics.push(Self::StartUp);
        }
        metrics.push(Self::Size);
        if sides.iter().all(|side| side.origin.language().is_some()) {
            metrics.push(Self::Dependencies);
        }
        if drives.is_empty() {
            metrics.extend([Self::Faults, Self::Switches]);
        }
        metrics
    }

    /// The margin of a comparison that names none: two versions of one job are
    /// looked at more closely than a sentence about a language, and the floor
    /// is the sentence's.
    pub fn comparison_margin(self) -> Margin {
        let factor = match self {
            Self::Cpu | Self::Wall | Self::CpuPerRequest | Self::Own(_) => 1.02,
            Self::Memory | Self::StartUp | Self::Goodput | Self::Capacity => 1.05,
            Self::Size => 1.0,
            other => other.default_margin(),
        };
        let floor = match self {
            Self::Size => 0.0,
            other => other.default_floor(),
        };
        Margin { factor, floor }
    }
}
