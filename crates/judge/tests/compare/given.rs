//! A contract of sides `a` (the denominator) and `b`, and what was seen in one run of it.

use std::collections::BTreeMap;

use judge::{CompareJudgement, GuardJudged, MetricJudged};
use model::contract::{
    Allowance, AnswerTerms, Case, CaseUse, EffectTerms, Effort, Guard, GuardLimit, Measure, Origin,
    Running, Side,
};
use model::{
    AnswerOutcome, Answered, Aspect, Cell, Contract, CpuLimit, Effect, EffectSeen, Environment,
    Machine, Margin, MemoryLimit, MemorySource, Metric, Note, NoteKind, Plan, PlanMode, Profile,
    ProgramSeen, Run, RunEnd, RunFacts, Seen, SideName, Trial, TrialStatus,
};

pub(crate) fn side(name: &str) -> SideName {
    name.parse().unwrap()
}

/// No margin and no floor.
pub(crate) const BARE: Margin = Margin { factor: 1.0, floor: 0.0 };

#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) contract: Contract,
    pub(crate) facts: RunFacts,
}

impl Given {
    /// A complete run of one case `only`, the answers the same; the first
    /// metric is primary.
    pub(crate) fn of(metrics: &[Metric]) -> Self {
        Self::between(&["a", "b"], metrics)
    }

    pub(crate) fn between(sides: &[&str], metrics: &[Metric]) -> Self {
        let contract = contract(sides, metrics);
        let facts = RunFacts { end: Some(RunEnd::Complete), ..RunFacts::of(run(&contract)) };
        let mut given = Self { contract, facts };
        for name in sides {
            given = given.answer("only", name, Aspect::Output, AnswerOutcome::Same, None);
        }
        given
    }

    pub(crate) fn cpu() -> Self {
        Self::of(&[Metric::Cpu])
    }

    /// After the contract was changed: the plan is the contract's.
    pub(crate) fn planned(mut self) -> Self {
        self.facts.run.plan.cells = self.contract.cells();
        self
    }

    pub(crate) fn margin(mut self, metric: Metric, margin: Margin) -> Self {
        for measure in self.contract.measures.iter_mut().filter(|m| m.metric == metric) {
            measure.margin = margin;
        }
        self.planned()
    }

    pub(crate) fn primary(mut self) -> Self {
        self.contract.measures.iter_mut().for_each(|measure| measure.primary = true);
        self.planned()
    }

    pub(crate) fn case(mut self, name: &str, used: CaseUse) -> Self {
        self.contract.cases.push(case(name, used));
        self.planned()
    }

    pub(crate) fn allow(mut self, name: &str, reason: &str) -> Self {
        let (name, reason) = (name.to_owned(), reason.to_owned());
        self.contract.allow.push(Allowance { name, reason });
        self
    }

    pub(crate) fn answer(
        mut self,
        case: &str,
        of: &str,
        aspect: Aspect,
        outcome: AnswerOutcome,
        told: Option<&str>,
    ) -> Self {
        self.facts.answers.push(Answered {
            case: case.parse().unwrap(),
            side: side(of),
            aspect,
            outcome,
            told: told.map(str::to_owned),
        });
        self
    }

    pub(crate) fn effect(mut self, effect: Effect, a: Option<u64>, b: Option<u64>) -> Self {
        for (name, count) in [("a", a), ("b", b)] {
            self.facts.effects.push(EffectSeen {
                case: "only".parse().unwrap(),
                side: side(name),
                effect,
                count,
                told: Some(match count {
                    Some(_) => format!("{effect} of {name}"),
                    None => "no ptrace here".to_owned(),
                }),
            });
        }
        self
    }

    pub(crate) fn cell(&self, metric: Metric) -> Cell {
        self.contract.cells().into_iter().find(|cell| cell.metric == metric).unwrap()
    }

    /// One trial a side in a block of its own, denominator first in even blocks.
    pub(crate) fn pair(&mut self, metric: Metric, a: Seen, b: Seen) {
        let cell = self.cell(metric);
        let of_series = |trial: &&Trial| trial.series == cell.series;
        let last = self.facts.trials.iter().filter(of_series).map(|trial| trial.block + 1).max();
        let block = last.unwrap_or(0);
        let mut both = [(&cell.denominator, a), (&cell.numerator, b)];
        if block % 2 == 1 {
            both.reverse();
        }
        for (position, (of, seen)) in both.into_iter().enumerate() {
            self.facts.trials.push(trial(&cell, (block, position as u32), of, seen));
        }
    }

    /// Pairs of values, denominator first.
    pub(crate) fn pairs(
        mut self,
        metric: Metric,
        values: impl IntoIterator<Item = (f64, f64)>,
    ) -> Self {
        for (a, b) in values {
            self.pair(metric, Seen::Value(a), Seen::Value(b));
        }
        self
    }

    pub(crate) fn note(mut self, kind: NoteKind, of: Option<&str>, text: &str) -> Self {
        self.facts.notes.push(Note {
            kind,
            workload: None,
            side: of.map(side),
            profile: None,
            text: text.to_owned(),
        });
        self
    }

    pub(crate) fn program(mut self, of: &str, stripped: Option<bool>, content: &str) -> Self {
        self.facts.programs.push(ProgramSeen {
            side: side(of),
            sha256: of.repeat(64),
            bytes: 1 << 20,
            toolchain: None,
            content: Some(content.to_owned()),
            stripped,
        });
        self
    }

    pub(crate) fn guard(mut self, metric: Metric, limit: GuardLimit, margin: Margin) -> Self {
        let guard = Guard {
            name: "kept".to_owned(),
            metric,
            case: None,
            side: side("b"),
            limit,
            margin,
            max_age_days: 14,
        };
        self.contract.guards.push(guard);
        self
    }

    pub(crate) fn judged(&self) -> CompareJudgement {
        judge::compare(&self.contract, &self.facts, false)
    }

    /// The only row.
    pub(crate) fn row(&self) -> MetricJudged {
        let mut judged = self.judged();
        assert_eq!(judged.metrics.len(), 1, "{:?} {:?}", judged.withheld, judged.remarks);
        judged.metrics.remove(0)
    }

    /// The only guard.
    pub(crate) fn guarded(&self) -> GuardJudged {
        let mut guards = judge::guards(&self.contract, &self.facts, &[], true);
        assert_eq!(guards.len(), 1);
        guards.remove(0)
    }
}

/// `at most so many times a`.
pub(crate) fn of_a(at_most: f64) -> GuardLimit {
    GuardLimit::Of { against: side("a"), at_most }
}

pub(crate) fn trial(
    cell: &Cell,
    (block, position): (u32, u32),
    of: &SideName,
    seen: Seen,
) -> Trial {
    let status = match seen {
        Seen::Value(_) => TrialStatus::Done,
        Seen::TimedOut => TrialStatus::TimedOut,
        Seen::Failed | Seen::Disturbed => TrialStatus::Crashed,
    };
    let value = match seen {
        Seen::Value(value) => Some((cell.metric, value)),
        Seen::TimedOut | Seen::Failed | Seen::Disturbed => None,
    };
    Trial {
        series: cell.series.clone(),
        block,
        position,
        side: of.clone(),
        replica: 0,
        status,
        started: jiff::Timestamp::UNIX_EPOCH,
        values: value.into_iter().collect(),
        memory_source: (cell.metric == Metric::Memory).then_some(MemorySource::VmHwm),
        stdout_sha256: None,
        detail: (seen == Seen::Failed).then(|| "ended with signal 6".to_owned()),
    }
}

/// `n` pairs around a ratio b/a, both sides with a few percent of their own noise, about 0.2 s each.
pub(crate) fn around(ratio: f64, n: u32) -> Vec<(f64, f64)> {
    let noise = |i: u32, stride: u32| 1.0 + f64::from((i * stride) % 11) * 0.004 - 0.02;
    (0..n).map(|i| (0.2 * noise(i, 4), 0.2 * ratio * noise(i, 7))).collect()
}

/// The same on another scale.
pub(crate) fn times(pairs: Vec<(f64, f64)>, by: f64) -> Vec<(f64, f64)> {
    pairs.into_iter().map(|(a, b)| (a * by, b * by)).collect()
}

pub(crate) fn case(name: &str, used: CaseUse) -> Case {
    Case { drive: None, id: name.parse().unwrap(), args: Vec::new(), stdin: None, exit: None, used }
}

fn contract(sides: &[&str], metrics: &[Metric]) -> Contract {
    let side = |name: &&str| Side {
        env: BTreeMap::new(),
        name: side(name),
        origin: Origin::Program { path: name.into() },
        args: Vec::new(),
        toolchain: None,
    };
    let measure =
        |(index, metric): (usize, &Metric)| Measure { primary: index == 0, ..Measure::of(*metric) };
    Contract {
        service: None,
        name: "by-hand".parse().unwrap(),
        folder: "/there".into(),
        sides: sides.iter().map(side).collect(),
        cases: vec![case("only", CaseUse::Measured)],
        each_case: false,
        answers: AnswerTerms::default(),
        effects: EffectTerms::default(),
        measures: metrics.iter().enumerate().map(measure).collect(),
        own: Vec::new(),
        allow: Vec::new(),
        profile: Profile::ReleasePractice,
        running: Running::default(),
        effort: Effort::default(),
        guards: Vec::new(),
    }
}

fn run(contract: &Contract) -> Run {
    Run {
        id: "r1".parse().unwrap(),
        pack: "compare:by-hand".to_owned(),
        pack_hash: "1".repeat(64),
        version: "0.1.0".to_owned(),
        started: jiff::Timestamp::UNIX_EPOCH,
        plan: Plan {
            mode: PlanMode::Full,
            claims: Vec::new(),
            workloads: vec![contract.name.clone()],
            probes: Vec::new(),
            drills: Vec::new(),
            defects: Vec::new(),
            cells: contract.cells(),
            seed: 1,
            budget_seconds: 60.0,
            most_pairs: 300,
            realtime: false,
        },
        environment: Environment {
            machine: machine(),
            toolchains: BTreeMap::new(),
            sees: BTreeMap::new(),
            variables: Vec::new(),
            output_on: "tmpfs".to_owned(),
            fingerprint: "f".to_owned(),
        },
    }
}

fn machine() -> Machine {
    Machine {
        cores: 2,
        cpu: "a CPU".to_owned(),
        memory_bytes: 8 << 30,
        architecture: "x86_64".to_owned(),
        kernel: "Linux 6.1".to_owned(),
        system: "a system".to_owned(),
        virtualisation: None,
        governor: None,
        load: 0.1,
        cpu_limit: CpuLimit(None),
        memory_limit: MemoryLimit(None),
        cgroup: None,
    }
}
