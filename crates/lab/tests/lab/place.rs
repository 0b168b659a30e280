//! A comparison of two small programs, `left` and `right`, in a folder of its own, and what a run
//! of it hands over. The language is the shell: building is copying, unless a test says otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use lab::{Deadlines, Event, Observer, Selection, Settings, Step, Stop};
use launch::Launcher;
use model::{
    AnswerRule, Attempt, BuildRecipe, Case, Caught, Cell, CellSelector, Claim, ClaimId, ClaimKind,
    Comparison, Detect, DiagnosticForm, Environment, Fact, Language, Metric, Note, Pairs, Plan,
    PlanMode, Predicate, Profile, Program, Relation, Run, RunEnd, RunFacts, Seen, Side, SideName,
    Standing, Suits, Tier, Trial, Workload,
};
use stats::{Estimate, Margin, Outcome, Pair};
use tempfile::TempDir;

/// The job of every comparison here.
pub(crate) const JOB: &str = "job";

pub(crate) fn side(name: &str) -> SideName {
    name.parse().unwrap()
}

pub(crate) fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|&word| word.to_owned()).collect()
}

/// The program that does one thing on purpose.
pub(crate) fn fake() -> PathBuf {
    launch::built_binary("fake-subject").unwrap()
}

/// A script that becomes the fake subject.
pub(crate) fn becomes(command: &str) -> String {
    format!("exec '{}' {command}", fake().display())
}

/// A comparison and the folder it lives in.
pub(crate) struct Place {
    folder: TempDir,
    pub(crate) comparison: Comparison,
    pub(crate) seed: u64,
    pub(crate) budget_seconds: f64,
    /// Pairs after which a series stops; `None`: the mode's own.
    pub(crate) most_pairs: Option<u32>,
    pub(crate) offline: bool,
    pub(crate) deadlines: Deadlines,
    /// What earlier runs hold of defects.
    pub(crate) known: Vec<Caught>,
}

impl Place {
    /// Two scripts. `{counter}` in them stands for a file of the side's own.
    pub(crate) fn of(left: &str, right: &str) -> Self {
        let place = Self::empty();
        for (name, script) in [("left", left), ("right", right)] {
            let counter = place.path(&format!("{name}.starts"));
            let script = script.replace("{counter}", &counter.display().to_string());
            write_program(&place.path(name), format!("#!/bin/sh\n{script}\n").as_bytes());
        }
        place
    }

    /// The same binary on both sides.
    pub(crate) fn of_binary(binary: &Path) -> Self {
        let place = Self::empty();
        for name in ["left", "right"] {
            write_program(&place.path(name), &fs::read(binary).unwrap());
        }
        place
    }

    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let comparison = comparison(folder.path());
        Self {
            folder,
            comparison,
            seed: 1,
            budget_seconds: 600.0,
            most_pairs: None,
            offline: true,
            deadlines: Deadlines::default(),
            known: Vec::new(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn workload(&mut self) -> &mut Workload {
        self.comparison.workloads.get_mut(&JOB.parse().unwrap()).unwrap()
    }

    pub(crate) fn language(&mut self) -> &mut Language {
        self.comparison.languages.get_mut(&"shell".parse().unwrap()).unwrap()
    }

    /// The recipe by which everything here is built.
    pub(crate) fn recipe(&mut self) -> &mut BuildRecipe {
        self.language().profiles.get_mut(&Profile::ReleasePractice).unwrap()
    }

    /// The one case gives these metrics, from these arguments.
    pub(crate) fn case(mut self, args: &[&str], metrics: &[Metric]) -> Self {
        let case = &mut self.workload().cases[0];
        case.args = words(args);
        case.metrics = metrics.to_vec();
        self
    }

    /// Adds a claim: the right side stands so to the left one, beyond factor and floor.
    pub(crate) fn claim(mut self, metric: Metric, expect: Relation, margin: (f64, f64)) -> Self {
        self.comparison.claims.push(claim(metric, expect, margin));
        self
    }

    pub(crate) fn plan(&self) -> Plan {
        let selection = Selection {
            claims: Vec::new(),
            mode: PlanMode::Full,
            budget_seconds: Some(self.budget_seconds),
            seed: self.seed,
            realtime: false,
        };
        let mut plan = lab::plan::choose(&self.comparison, &selection).unwrap();
        plan.most_pairs = self.most_pairs.unwrap_or(plan.most_pairs);
        plan
    }

    fn settings(&self) -> Settings {
        let cache = self.path("cache");
        let launcher = Launcher::beside_tests().unwrap();
        Settings {
            launcher,
            cache,
            offline: self.offline,
            deadlines: self.deadlines,
            known: self.known.clone(),
        }
    }

    pub(crate) fn environment(&self) -> Environment {
        let settings = self.settings();
        lab::environment::know(&self.comparison, &settings.launcher, &settings.cache, self.offline)
    }

    /// Runs the whole plan.
    pub(crate) fn run(&self) -> SeenRun {
        self.go_on(None, usize::MAX)
    }

    /// Runs the plan after what is known already, and stops after so many trials.
    pub(crate) fn go_on(&self, prior: Option<&RunFacts>, most_trials: usize) -> SeenRun {
        self.stopped(prior, most_trials, usize::MAX)
    }

    /// The same, stopping after so many attempts too; then there is a file `stopped`.
    pub(crate) fn stopped(
        &self,
        prior: Option<&RunFacts>,
        most_trials: usize,
        most_attempts: usize,
    ) -> SeenRun {
        let (plan, environment) = (self.plan(), self.environment());
        let mut seen = SeenRun::new(plan.clone(), environment.clone(), most_trials);
        seen.most_attempts = most_attempts;
        seen.told = self.path("stopped");
        let settings = self.settings();
        let end = lab::run(&self.comparison, &plan, &environment, prior, &settings, &mut seen);
        seen.end = Some(end);
        seen
    }
}

fn write_program(folder: &Path, content: &[u8]) {
    fs::create_dir_all(folder).unwrap();
    let path = folder.join("main");
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn comparison(folder: &Path) -> Comparison {
    let sides = ["left", "right"].map(|name| Side {
        name: side(name),
        title: name.to_owned(),
        language: "shell".parse().unwrap(),
    });
    Comparison {
        pack: "two-scripts".to_owned(),
        hash: "0".repeat(64),
        title: "Two scripts".to_owned(),
        text_date: jiff::civil::date(2026, 11, 1),
        sides: sides.to_vec(),
        classes: Vec::new(),
        licences: Vec::new(),
        dimensions: Vec::new(),
        claims: Vec::new(),
        workloads: BTreeMap::from([(JOB.parse().unwrap(), workload(folder))]),
        probes: BTreeMap::new(),
        drills: BTreeMap::new(),
        defects: BTreeMap::new(),
        decisions: BTreeMap::new(),
        languages: BTreeMap::from([("shell".parse().unwrap(), language())]),
        sources: BTreeMap::new(),
        prose: String::new(),
    }
}

fn language() -> Language {
    let recipe = BuildRecipe {
        command: words(&["cp", "main", "{out}/{program}"]),
        environment: BTreeMap::new(),
        artefact: "{out}/{program}".to_owned(),
        target: None,
        needs: None,
        content: "a copy".to_owned(),
    };
    Language {
        id: "shell".parse().unwrap(),
        name: "Shell".to_owned(),
        detect: Detect {
            command: words(&["echo", "shell 1.2.3"]),
            version: "shell ([0-9.]+)".to_owned(),
            released_command: Vec::new(),
            released_file: None,
            released: None,
        },
        minimum: "1.0".parse().unwrap(),
        hint: "install a shell".to_owned(),
        manifest: "main".to_owned(),
        environment: BTreeMap::new(),
        unset: Vec::new(),
        offline: BTreeMap::new(),
        fetch: Vec::new(),
        dependencies: Vec::new(),
        licences: None,
        profiles: BTreeMap::from([(Profile::ReleasePractice, recipe)]),
        project: Default::default(),
        clean_cache: None,
        sees: None,
        switch: None,
        toolchains: BTreeMap::new(),
        gates: BTreeMap::new(),
        diagnostics: DiagnosticForm::Lines,
        source: None,
        corpus: None,
        container_env: BTreeMap::new(),
    }
}

fn workload(folder: &Path) -> Workload {
    let program = |name| Program {
        side: side(name),
        language: "shell".parse().unwrap(),
        tier: Tier::Idiomatic,
        folder: folder.join(name),
        edit: None,
    };
    Workload {
        service: None,
        variants: Vec::new(),
        id: JOB.parse().unwrap(),
        title: "a job".to_owned(),
        about: "Does what the test asks for.".to_owned(),
        suits: Suits::Neutral,
        classes: Vec::new(),
        folder: folder.to_owned(),
        programs: vec![program("left"), program("right")],
        profiles: vec![Profile::ReleasePractice],
        inputs: BTreeMap::new(),
        answers: AnswerRule::Bytes,
        cases: vec![case("only")],
        metrics: Vec::new(),
        build_pairs: 6,
        facts: Vec::new(),
        expected_seconds: 0.01,
        quick: true,
        generate: None,
    }
}

pub(crate) fn case(id: &str) -> Case {
    Case {
        drive: None,
        id: id.parse().unwrap(),
        args: Vec::new(),
        stdin: None,
        exit: 0,
        metrics: vec![Metric::Cpu],
        deadline_seconds: 60.0,
        alike: None,
    }
}

/// A claim on one metric of the job.
pub(crate) fn claim(metric: Metric, expect: Relation, (factor, floor): (f64, f64)) -> Claim {
    let selector = CellSelector {
        between: None,
        workload: JOB.parse().unwrap(),
        case: None,
        metric,
        profiles: vec![Profile::ReleasePractice],
        tier: Tier::Idiomatic,
        margin: Some(factor),
        floor: Some(floor),
        quick: true,
        expect: None,
    };
    Claim {
        id: format!("test/{metric}").parse().unwrap(),
        reference: "T1".to_owned(),
        standing: Standing::Contested,
        kind: ClaimKind::Measured,
        text: "The right side is like that.".to_owned(),
        suits: Suits::Neutral,
        sources: Vec::new(),
        feeds: Vec::new(),
        decisions: Vec::new(),
        predicate: Some(Predicate::Ratio {
            numerator: side("right"),
            denominator: side("left"),
            expect,
            cells: vec![selector],
        }),
        not_yet: None,
    }
}

/// Everything that a run handed over.
pub(crate) struct SeenRun {
    pub(crate) plan: Plan,
    environment: Environment,
    most_trials: usize,
    most_attempts: usize,
    told: PathBuf,
    pub(crate) trials: Vec<Trial>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) caught: Vec<Caught>,
    pub(crate) notes: Vec<Note>,
    pub(crate) settled: Vec<Cell>,
    /// Blocks announced before they were measured.
    pub(crate) announced: Vec<u32>,
    pub(crate) end: Option<Result<RunEnd, Stop>>,
}

impl SeenRun {
    fn new(plan: Plan, environment: Environment, most_trials: usize) -> Self {
        Self {
            plan,
            environment,
            most_trials,
            most_attempts: usize::MAX,
            told: PathBuf::new(),
            trials: Vec::new(),
            facts: Vec::new(),
            attempts: Vec::new(),
            caught: Vec::new(),
            notes: Vec::new(),
            settled: Vec::new(),
            announced: Vec::new(),
            end: None,
        }
    }

    /// As the store would give it back.
    pub(crate) fn stored(&self) -> RunFacts {
        RunFacts {
            run: Run {
                id: "r1".parse().unwrap(),
                pack: "two-scripts".to_owned(),
                pack_hash: "0".repeat(64),
                version: "0.1.0".to_owned(),
                started: jiff::Timestamp::UNIX_EPOCH,
                plan: self.plan.clone(),
                environment: self.environment.clone(),
            },
            trials: self.trials.clone(),
            facts: self.facts.clone(),
            attempts: self.attempts.clone(),
            caught: self.caught.clone(),
            answers: Vec::new(),
            effects: Vec::new(),
            programs: Vec::new(),
            notes: self.notes.clone(),
            end: None,
        }
    }

    /// Pairs of the plan's only cell, void ones included.
    pub(crate) fn blocks(&self) -> usize {
        self.plan.cells[0].pairs_of(&self.trials).len()
    }

    /// What the plan's only cell shows so far.
    pub(crate) fn estimate(&self) -> Estimate {
        estimate(&self.plan.cells[0], &self.trials)
    }

    pub(crate) fn of_side<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Trial> {
        self.trials.iter().filter(move |trial| trial.side.as_str() == name)
    }
}

impl Observer for SeenRun {
    fn observe(&mut self, event: Event<'_>) -> Result<(), Stop> {
        match event {
            Event::Observed(trial) => self.trials.push(trial.clone()),
            Event::Counted(fact) => self.facts.push(fact.clone()),
            Event::Attempted(attempt) => self.attempts.push(attempt.clone()),
            Event::Caught(caught) => self.caught.push(caught.clone()),
            Event::Noted(note) => self.notes.push(note.clone()),
            Event::Settled(cell) => self.settled.push(cell.clone()),
            Event::Step(Step::Block { block, .. }) => self.announced.push(block),
            Event::Step(_)
            | Event::Ready(_)
            | Event::Answered(_)
            | Event::Affected(_)
            | Event::Weighed(_) => {}
        }
        if self.attempts.len() >= self.most_attempts {
            fs::write(&self.told, "").unwrap();
            return Err(Stop::Interrupted);
        }
        if self.trials.len() >= self.most_trials { Err(Stop::Interrupted) } else { Ok(()) }
    }
}

/// What a cell shows, by the statistics that the judge uses too.
pub(crate) fn estimate(cell: &Cell, trials: &[Trial]) -> Estimate {
    let margin = Margin::new(cell.margin.factor, cell.margin.floor).unwrap();
    let outcome = |seen| match seen {
        Seen::Value(value) => Outcome::Value(value),
        Seen::TimedOut => Outcome::TimedOut,
        Seen::Failed | Seen::Disturbed => Outcome::Crashed,
    };
    let pairs: Vec<Pair> = cell
        .pairs_of(trials)
        .into_iter()
        .map(|pair| Pair { a: outcome(pair.denominator), b: outcome(pair.numerator) })
        .collect();
    match cell.pairs {
        Pairs::Fixed(n) => {
            stats::fixed::judge_pairs(&pairs, n as usize, margin, stats::Scale::Ratio)
        }
        Pairs::Exact | Pairs::Sequential => stats::judge_pairs(&pairs, margin, stats::Scale::Ratio),
    }
}

/// The claims of a comparison by id, for selections.
pub(crate) fn id(text: &str) -> ClaimId {
    text.parse().unwrap()
}
