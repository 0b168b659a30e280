//! A run and its parts as the tests of the store need them.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use model::{
    Activity, AnswerOutcome, Answered, Aspect, Attempt, AttemptEnd, CatchGate, Caught, CaughtRun,
    Cell, CpuLimit, DefectVariant, Diagnostic, Effect, EffectSeen, Environment, Fact, Gate, Level,
    Machine, Margin, MemoryLimit, MemorySource, Metric, Note, NoteKind, Pairs, Plan, PlanMode,
    Profile, ProgramSeen, Relation, Run, RunEnding, Sees, Series, Tier, Toolchain, ToolchainState,
    Trial, TrialStatus,
};

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a time of our days")
}

fn id<T: std::str::FromStr<Err = model::IdError>>(text: &str) -> T {
    text.parse().expect("an id of the tests")
}

pub(crate) fn series() -> Series {
    Series {
        workload: id("line-search"),
        activity: Activity::Run,
        case: Some(id("large")),
        profile: Profile::ReleasePractice,
        tier: Tier::Idiomatic,
    }
}

pub(crate) fn run(run: &str) -> Run {
    Run {
        id: id(run),
        pack: "left-vs-right".to_owned(),
        pack_hash: "a1".to_owned(),
        version: "0.1.0".to_owned(),
        started: at(0),
        plan: plan(),
        environment: environment(),
    }
}

pub(crate) fn plan() -> Plan {
    Plan {
        mode: PlanMode::Quick,
        claims: vec![id("speed/left-is-faster")],
        workloads: vec![id("line-search")],
        probes: vec![id("use-after-move")],
        drills: vec![],
        defects: vec![],
        cells: vec![Cell {
            series: series(),
            metric: Metric::Cpu,
            numerator: id("left"),
            denominator: id("right"),
            claimed: Some(Relation::Below),
            margin: Margin { factor: 1.1, floor: 0.001 },
            pairs: Pairs::Sequential,
        }],
        seed: u64::MAX,
        budget_seconds: 0.1 + 0.2,
        most_pairs: 60,
        realtime: false,
    }
}

pub(crate) fn environment() -> Environment {
    let ready = ToolchainState::Ready { version: "1.2.3".to_owned(), released: None };
    let toolchain = Toolchain { language: "Left".to_owned(), state: ready };
    let sees = Sees { workers: 2, workers_name: "WORKERS".to_owned(), memory_limit: None };
    Environment {
        machine: Machine {
            cores: 2,
            cpu: "a CPU".to_owned(),
            memory_bytes: 1 << 33,
            architecture: "x86_64".to_owned(),
            kernel: "a kernel".to_owned(),
            system: "a system".to_owned(),
            virtualisation: None,
            governor: None,
            load: 0.3,
            cpu_limit: CpuLimit(None),
            memory_limit: MemoryLimit(Some(1 << 32)),
            cgroup: Some(2),
        },
        toolchains: BTreeMap::from([(id("left"), toolchain)]),
        sees: BTreeMap::from([(id("left"), sees)]),
        variables: vec!["PATH".to_owned()],
        output_on: "tmpfs".to_owned(),
        fingerprint: "f1".to_owned(),
    }
}

pub(crate) fn trial(block: u32) -> Trial {
    Trial {
        series: series(),
        block,
        position: 1,
        side: id("left"),
        replica: 0,
        status: TrialStatus::Done,
        started: at(0) + i64::from(block).seconds() + 5.nanoseconds(),
        values: BTreeMap::from([(Metric::Cpu, f64::from(block) / 10.0), (Metric::Wall, 1.0)]),
        memory_source: Some(MemorySource::VmHwm),
        stdout_sha256: Some("0".repeat(64)),
        detail: None,
    }
}

pub(crate) fn fact() -> Fact {
    Fact {
        workload: id("line-search"),
        fact: id("collector"),
        side: id("left"),
        profile: Profile::Static,
        tier: Tier::Std,
        count: 3,
        example: Some("collect_all".to_owned()),
    }
}

pub(crate) fn note() -> Note {
    Note {
        kind: NoteKind::BuildFailed,
        workload: None,
        side: Some(id("right")),
        profile: None,
        text: "no linker: install one".to_owned(),
    }
}

pub(crate) fn attempt() -> Attempt {
    Attempt {
        experiment: id("probe/use-after-move"),
        item: id("moved"),
        side: id("left"),
        version: "1.95.0".to_owned(),
        started: at(7),
        seconds: 0.25,
        end: AttemptEnd::Failed,
        stopped_at: Some(Gate::Compile),
        diagnostics: vec![Diagnostic {
            level: Level::Error,
            code: Some("E0382".to_owned()),
            line: Some(4),
            text: "borrow of moved value".to_owned(),
        }],
        stdout: String::new(),
        stderr: "aborting\n".to_owned(),
        made: None,
        detail: None,
    }
}

pub(crate) fn caught(block: u32) -> Caught {
    Caught {
        defect: id("racy-counter"),
        side: id("left"),
        variant: DefectVariant::Bad,
        gate: CatchGate::G2Plus,
        tool: "a race detector".to_owned(),
        version: "1.2.3".to_owned(),
        key: format!("{block:064}"),
        started: at(block.into()),
        seconds: 0.25,
        cpu_seconds: 0.5,
        not_run: None,
        diagnostics: attempt().diagnostics,
        runs: vec![CaughtRun {
            ended: RunEnding::Exited(66),
            stdout: "7\n".to_owned(),
            stderr: "WARNING".to_owned(),
        }],
    }
}

pub(crate) fn answer(block: u32) -> Answered {
    Answered {
        case: id("large"),
        side: id("left"),
        aspect: Aspect::Output,
        outcome: AnswerOutcome::Differs,
        told: Some(format!("line {block}:\n- one\n+ another")),
    }
}

pub(crate) fn effect(block: u32) -> EffectSeen {
    EffectSeen {
        case: id("large"),
        side: id("left"),
        effect: Effect::Syncs,
        count: Some(block.into()),
        told: None,
    }
}

pub(crate) fn program(block: u32) -> ProgramSeen {
    ProgramSeen {
        side: id("left"),
        sha256: "0".repeat(64),
        bytes: block.into(),
        toolchain: Some("left 1.2.3".to_owned()),
        content: None,
        stripped: Some(true),
    }
}
