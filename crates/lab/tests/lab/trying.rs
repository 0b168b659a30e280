//! Probes and drills of a [`Place`]: every tool is a script that the test wrote,
//! and what came of each is found by the item's name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use model::{
    Attempt, Check, CheckExpectation, Claim, ClaimKind, Drill, DrillStep, Experiment, Gate,
    GateRecipe, Metric, Predicate, Probe, Relation, StepExpectation, Suits,
};

use crate::place::{Place, SeenRun, claim, side, words};

/// Both sides' language takes a script through gates by calling it with the gate's name; what
/// compiles runs itself.
pub(crate) fn place() -> Place {
    let mut place = Place::empty();
    let command = |gate: &str| words(&["sh", "{file}", gate, "{out}/probe", "{args}"]);
    let then = words(&["sh", "{out}/probe", "run"]);
    let recipe = |gate: &str, then: &[String]| GateRecipe {
        command: if gate.is_empty() { Vec::new() } else { command(gate) },
        defaults: Vec::new(),
        then: then.to_vec(),
    };
    place.language().gates = BTreeMap::from([
        (Gate::Compile, recipe("compile", &[])),
        (Gate::Lint, recipe("lint", &[])),
        (Gate::Test, recipe("compile", &then)),
        (Gate::Run, recipe("", &then)),
    ]);
    place.comparison.probes.insert("tried".parse().unwrap(), probe(&place.path("tried")));
    place.comparison.drills.insert("done".parse().unwrap(), drill(&place.path("done")));
    place.comparison.claims.push(stands_on(&["probe/tried", "drill/done"]));
    place
}

fn probe(folder: &Path) -> Probe {
    fs::create_dir(folder).unwrap();
    Probe {
        id: "tried".parse().unwrap(),
        title: "tried".to_owned(),
        about: "Is tried.".to_owned(),
        suits: Suits::Neutral,
        folder: folder.to_owned(),
        checks: Vec::new(),
        quick: true,
    }
}

fn drill(folder: &Path) -> Drill {
    fs::create_dir_all(folder).unwrap();
    Drill {
        id: "done".parse().unwrap(),
        title: "done".to_owned(),
        about: "Is done.".to_owned(),
        suits: Suits::Neutral,
        folder: folder.to_owned(),
        steps: Vec::new(),
        quick: true,
    }
}

fn stands_on(experiments: &[&str]) -> Claim {
    let experiments = experiments.iter().map(|id| id.parse().unwrap()).collect();
    Claim {
        kind: ClaimKind::Static,
        predicate: Some(Predicate::All { experiments }),
        ..claim(Metric::Cpu, Relation::Inside, (1.5, 0.0))
    }
}

impl Place {
    /// A check of the left side, whose file is this script; `$1` is the gate, `$2` the product.
    pub(crate) fn check(&mut self, id: &str, at: Gate, script: &str) -> &mut Check {
        let file = format!("{id}.sh");
        let keeps = "[ $1 != compile ] || cp \"$0\" \"$2\"";
        let folder = self.path("tried");
        fs::write(folder.join(&file), format!("{keeps}\n{script}\n")).unwrap();
        let probe = self.comparison.probes.get_mut(&"tried".parse().unwrap()).unwrap();
        probe.checks.push(Check {
            id: id.parse().unwrap(),
            side: side("left"),
            about: "is tried".to_owned(),
            file: file.into(),
            at,
            expect: CheckExpectation::Passes,
            code: None,
            says: None,
            args: Vec::new(),
            toolchain: "installed".parse().unwrap(),
        });
        probe.checks.last_mut().unwrap()
    }

    /// A step of the left side: the shell does this.
    pub(crate) fn step(&mut self, id: &str, script: &str) -> &mut DrillStep {
        let drill = self.comparison.drills.get_mut(&"done".parse().unwrap()).unwrap();
        drill.steps.push(DrillStep {
            id: id.parse().unwrap(),
            side: side("left"),
            about: "is done".to_owned(),
            edit: None,
            command: words(&["sh", "-c", script]),
            expect: StepExpectation::Passes,
            says: None,
            silent: false,
            makes: None,
            environment: BTreeMap::new(),
            toolchain: "installed".parse().unwrap(),
            needs: Vec::new(),
            hint: None,
            network: false,
        });
        drill.steps.last_mut().unwrap()
    }

    /// A file of the left side's project of the drill.
    pub(crate) fn project(&self, file: &str, text: &str) {
        let folder = self.path("done/left");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), text).unwrap();
    }

    /// Lines that scripts have added to a file of the place.
    pub(crate) fn lines(&self, file: &str) -> Vec<String> {
        let text = fs::read_to_string(self.path(file)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }
}

impl SeenRun {
    /// The only attempt at an item.
    #[track_caller]
    pub(crate) fn attempt(&self, item: &str) -> &Attempt {
        let mut ours = self.attempts.iter().filter(|attempt| attempt.item.as_str() == item);
        let first = ours.next().unwrap_or_else(|| panic!("{item} was not tried"));
        assert!(ours.next().is_none(), "{item} has two rows");
        first
    }

    /// Why it could not be made.
    #[track_caller]
    pub(crate) fn reason(&self, item: &str) -> &str {
        let attempt = self.attempt(item);
        assert_eq!(attempt.end, model::AttemptEnd::NotMade, "{attempt:?}");
        attempt.detail.as_deref().unwrap()
    }

    pub(crate) fn of_experiment(&self, id: &str) -> Vec<&str> {
        let id: Experiment = id.parse().unwrap();
        let ours = self.attempts.iter().filter(|attempt| attempt.experiment == id);
        ours.map(|attempt| attempt.item.as_str()).collect()
    }
}
