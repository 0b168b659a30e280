//! Takes the turns of a series' blocks.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use jiff::Timestamp;
use launch::Launcher;
use model::{
    Activity, CaseId, Metric, Note, NoteKind, Program, Series, SideName, Trial, TrialStatus,
    Workload,
};

use crate::agreement::Agreed;
use crate::build::BuildError;
use crate::schedule::{self, Turn};
use crate::service::{self, Goldens, Grounds, Subject};
use crate::source_lines;
use crate::timed_build::BuildPlace;
use crate::toolchain::Tools;
use crate::trial::{Ran, Running};

/// Runs the blocks of one series.
pub(crate) struct SeriesRunner<'a> {
    pub(crate) series: Series,
    contenders: Vec<Contender<'a>>,
    shared: Rc<Shared<'a>>,
}

/// What the series of one workload have in common.
pub(crate) struct Shared<'a> {
    pub(crate) workload: &'a Workload,
    pub(crate) launcher: &'a Launcher,
    pub(crate) inputs: PathBuf,
    pub(crate) agreed: Rc<Agreed>,
    pub(crate) realtime: bool,
    /// What programs that serve stand on, if these do.
    pub(crate) grounds: Option<Grounds<'a>>,
    /// The answers of programs that serve, by case.
    pub(crate) goldens: BTreeMap<CaseId, Goldens>,
    /// Of the plan.
    pub(crate) seed: u64,
}

/// One side in a series.
pub(crate) struct Contender<'a> {
    pub(crate) side: SideName,
    pub(crate) means: Means<'a>,
}

/// What a side brings to a series.
pub(crate) enum Means<'a> {
    /// A program to run.
    Program(PathBuf),
    /// A program to drive.
    Service(Subject),
    /// Sources to build.
    Build(Box<RefCell<BuildPlace<'a>>>),
    /// A program to look at.
    Artefact { tools: Tools<'a>, program: &'a Program, size: u64 },
}

/// What a turn gave, beside the place it was taken in.
struct Taken {
    status: TrialStatus,
    values: BTreeMap<Metric, f64>,
    started: Timestamp,
    memory_source: Option<model::MemorySource>,
    stdout_sha256: Option<String>,
    detail: Option<String>,
    note: Option<String>,
}

impl Taken {
    fn crashed(detail: String) -> Self {
        Self {
            status: TrialStatus::Crashed,
            values: BTreeMap::new(),
            started: Timestamp::now(),
            memory_source: None,
            stdout_sha256: None,
            detail: Some(detail),
            note: None,
        }
    }

    fn done(values: BTreeMap<Metric, f64>, started: Timestamp) -> Self {
        Self {
            status: TrialStatus::Done,
            values,
            started,
            detail: None,
            ..Self::crashed(String::new())
        }
    }
}

impl<'a> SeriesRunner<'a> {
    pub(crate) fn new(
        series: Series,
        contenders: Vec<Contender<'a>>,
        shared: Rc<Shared<'a>>,
    ) -> Self {
        Self { series, contenders, shared }
    }

    pub(crate) fn is_build(&self) -> bool {
        matches!(self.series.activity, Activity::BuildClean | Activity::BuildIncremental)
    }

    /// The turns of a block, in order.
    pub(crate) fn turns(&self, seed: u64, block: u32, replicas: u32) -> Vec<Turn> {
        let sides: Vec<SideName> =
            self.contenders.iter().map(|contender| contender.side.clone()).collect();
        schedule::turns(seed, &self.series, block, &sides, replicas)
    }

    /// Takes one turn; the note is for something contained.
    pub(crate) fn trial(&self, turn: &Turn, block: u32, position: u32) -> (Trial, Option<Note>) {
        let contender = self.contenders.iter().find(|contender| contender.side == turn.side);
        let taken = match contender.map(|contender| &contender.means) {
            Some(Means::Program(program)) => self.run(program, turn),
            Some(Means::Service(subject)) => self.drive(subject, turn, block),
            Some(Means::Build(place)) => self.build(&mut place.borrow_mut()),
            Some(Means::Artefact { tools, program, size }) => self.look(tools, program, *size),
            None => Taken::crashed("no such side in this series".to_owned()),
        };
        let note = taken.note.map(|text| Note {
            kind: NoteKind::Contained,
            workload: Some(self.series.workload.clone()),
            side: Some(turn.side.clone()),
            profile: Some(self.series.profile),
            text,
        });
        let trial = Trial {
            series: self.series.clone(),
            block,
            position,
            side: turn.side.clone(),
            replica: turn.replica,
            status: taken.status,
            started: taken.started,
            values: taken.values,
            memory_source: taken.memory_source,
            stdout_sha256: taken.stdout_sha256,
            detail: taken.detail,
        };
        (trial, note)
    }

    fn run(&self, program: &Path, turn: &Turn) -> Taken {
        let Shared { workload, launcher, inputs, agreed, realtime, .. } = &*self.shared;
        let case = self.series.case.as_ref().and_then(|id| workload.case(id));
        let Some(case) = case else { return Taken::crashed("no such case".to_owned()) };
        let running =
            Running { launcher, case, program, inputs, padding: turn.padding, realtime: *realtime };
        match running.run(self.series.activity) {
            Ok(ran) => {
                let right = agreed.is_right(workload, case, &ran.outcome.stdout);
                judged_answer(ran, right)
            }
            Err(error) => Taken::crashed(error.to_string()),
        }
    }

    fn drive(&self, subject: &Subject, turn: &Turn, block: u32) -> Taken {
        let shared = &*self.shared;
        let case = self.series.case.as_ref().and_then(|id| shared.workload.case(id));
        let known = case.and_then(|case| {
            Some((
                shared.grounds.as_ref()?,
                case,
                case.drive.as_ref()?,
                shared.goldens.get(&case.id)?,
            ))
        });
        let Some((grounds, case, drive, goldens)) = known else {
            return Taken::crashed("the answers of this case were not agreed on".to_owned());
        };
        let subject = Subject { padding: turn.padding, ..subject.clone() };
        let may_fail = case.metrics.contains(&Metric::Goodput);
        let seed = schedule::seed_of_block(shared.seed, &self.series, block);
        let driven =
            service::drive(grounds, &subject, service::Turn { drive, may_fail, goldens, seed });
        Taken {
            status: driven.status,
            values: driven.values,
            detail: driven.detail,
            note: driven.left_behind,
            ..Taken::done(BTreeMap::new(), driven.started)
        }
    }

    fn build(&self, place: &mut BuildPlace<'_>) -> Taken {
        let started = Timestamp::now();
        match place.build(self.series.activity) {
            Ok(values) => Taken::done(values, started),
            Err(error) => Taken::crashed(error.to_string()),
        }
    }

    fn look(&self, tools: &Tools<'_>, program: &Program, size: u64) -> Taken {
        let mut values = BTreeMap::from([(Metric::Size, size as f64)]);
        if self.shared.workload.metrics.contains(&Metric::Dependencies) {
            match dependencies(tools, &program.folder, &program.folder) {
                Ok(count) => values.insert(Metric::Dependencies, count as f64),
                Err(error) => return Taken::crashed(error.to_string()),
            };
        }
        if let (true, Some(form)) =
            (self.shared.workload.metrics.contains(&Metric::SourceLines), &tools.language.source)
        {
            match source_lines::count(&program.folder, form) {
                Ok(count) => values.insert(Metric::SourceLines, count as f64),
                Err(error) => return Taken::crashed(error.to_string()),
            };
        }
        Taken::done(values, Timestamp::now())
    }
}

fn judged_answer(ran: Ran, right: bool) -> Taken {
    let wrong = ran.status == TrialStatus::Done && !right;
    let note = ran.contained();
    Taken {
        status: if wrong { TrialStatus::WrongAnswer } else { ran.status },
        values: if wrong { BTreeMap::new() } else { ran.values },
        started: ran.started,
        memory_source: ran.memory_source,
        stdout_sha256: Some(ran.outcome.stdout.sha256.clone()),
        detail: if wrong {
            Some("another answer than the one agreed on".to_owned())
        } else {
            ran.detail
        },
        note,
    }
}

/// Packages of others that are compiled into what is built in `folder`, each
/// once; those below `own` are none of others.
pub(crate) fn dependencies(
    tools: &Tools<'_>,
    folder: &Path,
    own: &Path,
) -> Result<usize, BuildError> {
    let command = &tools.language.dependencies;
    let outcome = tools.run(command, folder, &[], &BTreeMap::new())?;
    if !outcome.ended.is_success() {
        return Err(BuildError::Failed {
            command: command.join(" "),
            ended: outcome.ended.to_string(),
            last_lines: outcome.last_lines(5),
        });
    }
    let own = own.to_string_lossy();
    let text = outcome.stdout_text();
    let packages: BTreeSet<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.contains(&*own))
        .collect();
    Ok(packages.len())
}
