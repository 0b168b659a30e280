//! Facts of a run, made by hand: claims of sides `rust` and `go`, the plan they give, and trials.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use judge::{Evidence, Finding, JudgedClaim, Judgement};
use model::{
    AnswerRule, Case, Cell, CellSelector, Claim, ClaimKind, Comparison, Environment, FactProbe,
    FactProbeKind, Machine, MemorySource, Metric, Note, NoteKind, Plan, PlanMode, Predicate,
    Profile, Relation, Run, RunEnd, RunFacts, Seen, Side, SideName, Standing, Suits, Tier, Trial,
    TrialStatus, Witness, Workload,
};

pub(crate) const TODAY: Date = date(2026, 11, 20);

pub(crate) fn side(name: &str) -> SideName {
    name.parse().unwrap()
}

/// A comparison, and what was seen in one run of it.
#[derive(Clone)]
pub(crate) struct Given {
    pub(crate) comparison: Comparison,
    pub(crate) facts: RunFacts,
}

impl Given {
    /// A complete run of everything in the claims, without any trial yet.
    pub(crate) fn of(claims: Vec<Claim>) -> Self {
        Self::of_comparison(comparison(claims), PlanMode::Full)
    }

    pub(crate) fn of_comparison(comparison: Comparison, mode: PlanMode) -> Self {
        let facts = run(&comparison, mode);
        Self { comparison, facts }
    }

    /// One claim on one cell: what the job `search` says of a metric.
    pub(crate) fn one(metric: Metric, expect: Relation) -> Self {
        Self::of(vec![claim("speed/first", expect, &[("search", metric)])])
    }

    pub(crate) fn cell(&self, number: usize) -> Cell {
        self.facts.run.plan.cells[number].clone()
    }

    /// One trial a side in a block of its own, numerator first.
    pub(crate) fn pair(&mut self, number: usize, numerator: Seen, denominator: Seen) {
        let cell = self.cell(number);
        let of_series = |trial: &&Trial| trial.series == cell.series;
        let block = self.facts.trials.iter().filter(of_series).map(|trial| trial.block + 1).max();
        let block = block.unwrap_or(0);
        for (position, (side, seen)) in
            [(&cell.numerator, numerator), (&cell.denominator, denominator)].into_iter().enumerate()
        {
            self.facts.trials.push(trial(&cell, (block, position as u32), (side, 0), seen));
        }
    }

    /// Pairs of values, numerator first.
    pub(crate) fn pairs(
        mut self,
        number: usize,
        values: impl IntoIterator<Item = (f64, f64)>,
    ) -> Self {
        for (numerator, denominator) in values {
            self.pair(number, Seen::Value(numerator), Seen::Value(denominator));
        }
        self
    }

    pub(crate) fn note(mut self, kind: NoteKind, side_name: Option<&str>, text: &str) -> Self {
        self.facts.notes.push(Note {
            kind,
            workload: None,
            side: side_name.map(side),
            profile: None,
            text: text.to_owned(),
        });
        self
    }

    pub(crate) fn judged(&self) -> Judgement {
        judge::judge(&self.comparison, &self.facts, &[], TODAY)
    }

    /// The first claim's judgement.
    pub(crate) fn first(&self) -> JudgedClaim {
        self.judged().claims.remove(0)
    }

    /// The only row of the first claim.
    pub(crate) fn row(&self) -> Evidence {
        let mut claim = self.first();
        assert_eq!(claim.evidence.len(), 1);
        claim.evidence.remove(0)
    }

    pub(crate) fn finding(&self) -> Finding {
        self.row().finding
    }
}

fn trial(
    cell: &Cell,
    (block, position): (u32, u32),
    (side, replica): (&SideName, u32),
    seen: Seen,
) -> Trial {
    let status = match seen {
        Seen::Value(_) => TrialStatus::Done,
        Seen::TimedOut => TrialStatus::TimedOut,
        Seen::Failed | Seen::Disturbed => TrialStatus::Crashed,
    };
    let values = match seen {
        Seen::Value(value) => BTreeMap::from([(cell.metric, value)]),
        Seen::TimedOut | Seen::Failed | Seen::Disturbed => BTreeMap::new(),
    };
    Trial {
        series: cell.series.clone(),
        block,
        position,
        side: side.clone(),
        replica,
        status,
        started: jiff::Timestamp::UNIX_EPOCH,
        values,
        memory_source: (cell.metric == Metric::Memory).then_some(MemorySource::VmHwm),
        stdout_sha256: None,
        detail: (seen == Seen::Failed).then(|| "ended with signal 6".to_owned()),
    }
}

/// A side's second trial of a pilot's block.
pub(crate) fn replica(cell: &Cell, block: u32, side: &SideName, value: f64) -> Trial {
    trial(cell, (block, 2), (side, 1), Seen::Value(value))
}

/// `n` pairs around a ratio, both sides with a few percent of their own noise, about 0.2 s each.
pub(crate) fn around(ratio: f64, n: u32) -> Vec<(f64, f64)> {
    let noise = |i: u32, stride: u32| 1.0 + f64::from((i * stride) % 11) * 0.004 - 0.02;
    (0..n).map(|i| (0.2 * ratio * noise(i, 7), 0.2 * noise(i, 4))).collect()
}

/// `n` pairs whose ratios come from a list, over and over.
pub(crate) fn repeating(ratios: &[f64], n: usize) -> Vec<(f64, f64)> {
    ratios.iter().cycle().take(n).map(|ratio| (ratio * 1.0, 1.0)).collect()
}

pub(crate) fn selector(workload: &str, metric: Metric) -> CellSelector {
    CellSelector {
        between: None,
        workload: workload.parse().unwrap(),
        case: None,
        metric,
        profiles: vec![Profile::ReleasePractice],
        tier: Tier::Idiomatic,
        margin: None,
        floor: None,
        quick: true,
        expect: None,
    }
}

/// A measured claim: rust stands so to go, in each of these cells.
pub(crate) fn claim(id: &str, expect: Relation, cells: &[(&str, Metric)]) -> Claim {
    let cells = cells.iter().map(|(workload, metric)| selector(workload, *metric)).collect();
    let predicate =
        Predicate::Ratio { numerator: side("rust"), denominator: side("go"), expect, cells };
    Claim { predicate: Some(predicate), ..bare(id, ClaimKind::Measured) }
}

pub(crate) fn somewhere(id: &str, witness: Witness, cells: &[(&str, Metric)]) -> Claim {
    let cells = cells.iter().map(|(workload, metric)| selector(workload, *metric)).collect();
    let predicate =
        Predicate::Exists { numerator: side("rust"), denominator: side("go"), witness, cells };
    Claim { predicate: Some(predicate), ..bare(id, ClaimKind::Measured) }
}

/// A claim without a predicate.
pub(crate) fn bare(id: &str, kind: ClaimKind) -> Claim {
    Claim {
        id: id.parse().unwrap(),
        reference: "C1".to_owned(),
        standing: Standing::Contested,
        kind,
        text: "A sentence.".to_owned(),
        suits: Suits::Neutral,
        sources: Vec::new(),
        feeds: Vec::new(),
        decisions: Vec::new(),
        predicate: None,
        not_yet: None,
    }
}

pub(crate) fn comparison(claims: Vec<Claim>) -> Comparison {
    let sides = ["rust", "go"].map(|name| Side {
        name: side(name),
        title: name.to_owned(),
        language: name.parse().unwrap(),
    });
    let workloads = ["search", "trees", "hello"].map(|id| (id.parse().unwrap(), workload(id)));
    Comparison {
        pack: "by-hand".to_owned(),
        hash: "1".repeat(64),
        title: "By hand".to_owned(),
        text_date: TODAY,
        sides: sides.to_vec(),
        classes: Vec::new(),
        licences: Vec::new(),
        dimensions: Vec::new(),
        claims,
        workloads: BTreeMap::from(workloads),
        probes: BTreeMap::new(),
        drills: BTreeMap::new(),
        defects: BTreeMap::new(),
        decisions: BTreeMap::new(),
        languages: BTreeMap::new(),
        sources: BTreeMap::new(),
        prose: String::new(),
    }
}

fn workload(id: &str) -> Workload {
    let case = Case {
        drive: None,
        id: "only".parse().unwrap(),
        args: Vec::new(),
        stdin: None,
        exit: 0,
        metrics: vec![Metric::Cpu, Metric::Wall, Metric::StartUp, Metric::Memory],
        deadline_seconds: 60.0,
        alike: None,
    };
    let fact = |name: &str, about: &str| FactProbe {
        id: name.parse().unwrap(),
        about: about.to_owned(),
        profile: Profile::ReleasePractice,
        kind: FactProbeKind::Symbols("^x".to_owned()),
    };
    Workload {
        service: None,
        variants: Vec::new(),
        id: id.parse().unwrap(),
        title: id.to_owned(),
        about: "A job.".to_owned(),
        suits: Suits::Neutral,
        classes: Vec::new(),
        folder: "/pack".into(),
        programs: Vec::new(),
        profiles: vec![Profile::ReleasePractice, Profile::Static],
        inputs: BTreeMap::new(),
        answers: AnswerRule::Bytes,
        cases: vec![case],
        metrics: vec![Metric::Size, Metric::Dependencies, Metric::BuildClean],
        build_pairs: 8,
        facts: vec![
            fact("collector", "functions of a garbage collector"),
            fact("scheduler", "functions of a scheduler"),
        ],
        expected_seconds: 0.1,
        quick: id != "trees",
        generate: None,
    }
}

fn run(comparison: &Comparison, mode: PlanMode) -> RunFacts {
    let mut cells: Vec<Cell> = Vec::new();
    for claim in &comparison.claims {
        for cell in comparison.cells_of(claim, mode) {
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
    let workloads = comparison.workloads.values();
    let in_mode = workloads.filter(|workload| mode == PlanMode::Full || workload.quick);
    let plan = Plan {
        mode,
        claims: comparison.claims.iter().map(|claim| claim.id.clone()).collect(),
        workloads: in_mode.map(|workload| workload.id.clone()).collect(),
        probes: in_mode_ids(&comparison.probes, mode, |probe| probe.quick),
        drills: in_mode_ids(&comparison.drills, mode, |drill| drill.quick),
        defects: comparison.defects.keys().cloned().collect(),
        cells,
        seed: 1,
        budget_seconds: 240.0,
        most_pairs: 200,
        realtime: false,
    };
    let run = Run {
        id: "r1".parse().unwrap(),
        pack: comparison.pack.clone(),
        pack_hash: comparison.hash.clone(),
        version: "0.1.0".to_owned(),
        started: jiff::Timestamp::UNIX_EPOCH,
        plan,
        environment: environment(),
    };
    let end = Some(RunEnd::Complete);
    RunFacts { end, ..RunFacts::of(run) }
}

fn in_mode_ids<K: Clone, V>(all: &BTreeMap<K, V>, mode: PlanMode, quick: fn(&V) -> bool) -> Vec<K> {
    let in_mode = all.iter().filter(|(_, one)| mode == PlanMode::Full || quick(one));
    in_mode.map(|(id, _)| id.clone()).collect()
}

fn environment() -> Environment {
    Environment {
        machine: Machine {
            cores: 2,
            cpu: "a CPU".to_owned(),
            memory_bytes: 8 << 30,
            architecture: "x86_64".to_owned(),
            kernel: "Linux 6.1".to_owned(),
            system: "a system".to_owned(),
            virtualisation: None,
            governor: None,
            load: 0.1,
            cpu_limit: model::CpuLimit(None),
            memory_limit: model::MemoryLimit(None),
            cgroup: None,
        },
        toolchains: BTreeMap::new(),
        sees: BTreeMap::new(),
        variables: Vec::new(),
        output_on: "tmpfs".to_owned(),
        fingerprint: "f".to_owned(),
    }
}
