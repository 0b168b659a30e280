//! Hand-made comparisons with every verdict, on a machine that does not exist.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::date;
use judge::{
    AnswersJudged, AnswersVerdict, CaseDiffers, CompareJudgement, EffectJudged, EffectVerdict,
    MetricJudged, MetricVerdict, SelfCheck, Withheld,
};
use model::contract::{
    AnswerTerms, Better, Case, CaseUse, EffectTerms, Effort, Measure, Origin, Running, Side,
};
use model::{
    Aspect, Contract, CpuLimit, Effect, Environment, Machine, MemoryLimit, MemorySource, Metric,
    Plan, PlanMode, Profile, ProgramSeen, Run, RunEnd, RunFacts, Scale, SideName, Toolchain,
    ToolchainState,
};
use report::compare::{CompareDocument, CompareInput};

pub(crate) const MIB: f64 = 1024.0 * 1024.0;

pub(crate) fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("an id")
}

/// What must not leave the machine of the sample, and what stands for it.
pub(crate) fn conceal() -> [(String, String); 2] {
    [("/home/ada", "~"), ("tower7", "this machine")]
        .map(|(word, stand_in)| (word.to_owned(), stand_in.to_owned()))
}

pub(crate) const PRIVATE: [&str; 2] = ["/home/ada", "tower7"];

/// A contract, what was seen, and what came of it.
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) contract: Contract,
    pub(crate) facts: RunFacts,
    pub(crate) judgement: CompareJudgement,
    pub(crate) unpaired: bool,
}

impl Sample {
    pub(crate) fn document(&self) -> CompareDocument {
        CompareDocument::new(&CompareInput {
            contract: &self.contract,
            facts: (!self.unpaired).then_some(&self.facts),
            judgement: &self.judgement,
            version: "0.1.0",
            command: "evenhand compare --go /home/ada/agent-go --rust /home/ada/agent-rs --cases cases/",
            conceal: &conceal(),
        })
    }
}

pub(crate) fn sides<T>(go: T, rust: T) -> BTreeMap<SideName, T> {
    BTreeMap::from([(id("go"), go), (id("rust"), rust)])
}

/// A hundred numbers around one, drawn by a rule: no two runs are alike.
pub(crate) fn noise(block: u32) -> f64 {
    let spike = if block % 17 == 11 { 0.35 } else { 0.0 };
    1.0 + f64::from(block * block * 7 % 23) / 300.0 + spike
}

/// A metric with an interval of five percent; exact ones have none.
pub(crate) fn metric(metric: Metric, rust: f64, go: f64, verdict: MetricVerdict) -> MetricJudged {
    let exact = metric.is_exact();
    let ratio = rust / go;
    let difference = metric.scale() == Scale::Difference;
    let around = |by: f64| if difference { rust - go + (by - 1.0) * go } else { ratio * by };
    let margin = metric.comparison_margin();
    let pairs = (0..48).map(|block| (go * noise(block), rust * noise(block + 5)));
    MetricJudged {
        metric,
        case: (metric == Metric::StartUp).then(|| id("version")),
        unit_label: None,
        unit: metric.unit(),
        numerator: id("rust"),
        denominator: id("go"),
        scale: metric.scale(),
        better: Better::Less,
        ratio: (!difference && go > 0.0).then_some(ratio),
        difference: Some(rust - go),
        low: (!exact).then(|| around(0.95)),
        high: (!exact).then(|| around(1.05)),
        level: (!exact).then_some(0.95),
        pairs: if exact { 1 } else { 48 },
        more_pairs: None,
        margin: margin.factor,
        floor: margin.floor,
        verdict,
        why: String::new(),
        primary: metric == Metric::Cpu,
        values: sides(go, rust),
        spread: if exact {
            BTreeMap::new()
        } else {
            sides((go * 0.97, go * 1.2), (rust * 0.96, rust * 1.15))
        },
        pairs_seen: if exact { vec![(go, rust)] } else { pairs.collect() },
        by_position: if exact {
            BTreeMap::new()
        } else {
            let of = |value: f64| BTreeMap::from([(0, value * 1.01), (1, value)]);
            sides(of(go), of(rust))
        },
        voids: BTreeMap::new(),
        warnings: Vec::new(),
        marked: None,
        memory_source: if metric == Metric::Memory {
            sides(MemorySource::VmHwm, MemorySource::VmHwm)
        } else {
            BTreeMap::new()
        },
    }
}

pub(crate) fn effect(effect: Effect, go: u64, rust: u64, verdict: EffectVerdict) -> EffectJudged {
    EffectJudged {
        effect,
        values: sides(Some(go), Some(rust)),
        verdict,
        reason: None,
        told: BTreeMap::new(),
    }
}

fn answers() -> AnswersJudged {
    AnswersJudged {
        verdict: AnswersVerdict::Same,
        cases: 412,
        differing: 0,
        first: None,
        by_case: Vec::new(),
        allowed: Vec::new(),
    }
}

fn effects() -> Vec<EffectJudged> {
    use EffectVerdict::{Same, Unseen};
    let mut sent = effect(Effect::BytesSent, 0, 0, Unseen);
    sent.values = sides(None, None);
    sent.reason = Some("sockets made by io_uring are not counted here".to_owned());
    vec![
        effect(Effect::BytesWritten, 40_960, 41_200, Same),
        sent,
        effect(Effect::Syncs, 12, 12, Same),
        effect(Effect::FilesCreated, 3, 3, Same),
        effect(Effect::Connections, 0, 0, Same),
        effect(Effect::Processes, 0, 0, Same),
    ]
}

pub(crate) fn metrics() -> Vec<MetricJudged> {
    use MetricVerdict::{Below, Differs, Inconclusive, Within};
    let mut wall = metric(Metric::Wall, 0.151, 0.155, Inconclusive);
    wall.more_pairs = Some(37);
    wall.why = "about 40 more pairs are needed".to_owned();
    let mut memory = metric(Metric::Memory, 14.0 * MIB, 41.0 * MIB, Below);
    memory.memory_source.insert(id("go"), MemorySource::FlooredMaxRss);
    let mut faults = metric(Metric::Faults, 812.0, 4103.0, Below);
    faults.warnings.push("1 run of go failed and its pair is void: ended by signal 9".to_owned());
    faults.voids.insert(id("go"), 1);
    vec![
        metric(Metric::Cpu, 0.142, 0.233, Below),
        wall,
        memory,
        metric(Metric::StartUp, 0.0014, 0.0021, Within),
        metric(Metric::Size, 3.1 * MIB, 8.4 * MIB, Below),
        faults,
        metric(Metric::Switches, 20.0, 61.0, Differs),
        metric(Metric::Dependencies, 14.0, 2.0, Within),
    ]
}

fn self_check() -> Vec<SelfCheck> {
    let check = |metric, name: &str, ratio: f64, apart| SelfCheck {
        workload: id("agent"),
        case: None,
        metric,
        side: id(name),
        ratio,
        low: Some(ratio - 0.02),
        high: Some(ratio + 0.02),
        tells_apart: Some(apart),
    };
    vec![
        check(Metric::Cpu, "go", 1.002, 1.012),
        check(Metric::Cpu, "rust", 0.999, 1.010),
        check(Metric::Wall, "go", 1.02, 1.09),
        check(Metric::Wall, "rust", 0.98, 1.11),
    ]
}

/// A pair of projects that do the same.
pub(crate) fn typical() -> Sample {
    Sample {
        contract: contract(),
        facts: facts(),
        judgement: CompareJudgement {
            answers: answers(),
            effects: effects(),
            metrics: metrics(),
            self_check: self_check(),
            withheld: None,
            remarks: vec![
                "bytes-sent unseen: sockets made by io_uring are not counted here".to_owned(),
                "rust is stripped, go is not: sizes are of unlike files".to_owned(),
            ],
        },
        unpaired: false,
    }
}

/// Two cases of 412 have other answers; no number is told.
pub(crate) fn other_answers() -> Sample {
    let mut sample = typical();
    let differs = |case: &str, told: &str| CaseDiffers {
        case: Some(id(case)),
        side: id("rust"),
        aspect: Aspect::Output,
        told: told.to_owned(),
    };
    let first = differs(
        "nested-arrays",
        "line 3, byte 9\n  go    {\"id\": 3, \"tags\": [\"a\",\"b\"]}\n  rust  {\"id\": 3,\t\"tags\": [\"b\",\"a\"]} from /home/ada/agent-rs\n                          ^",
    );
    let by_case = vec![first.clone(), differs("unicode", "rust ends after 12 lines")];
    sample.judgement.answers = AnswersJudged {
        verdict: AnswersVerdict::Differ,
        differing: 2,
        first: Some(first),
        by_case,
        ..answers()
    };
    sample.judgement.metrics.clear();
    sample.judgement.remarks.clear();
    sample.judgement.withheld =
        Some(Withheld { why: vec!["answers differ in 2 of 412 cases".to_owned()] });
    sample
}

/// One side does not wait for its storage; no number is told.
pub(crate) fn missing_sync() -> Sample {
    let mut sample = typical();
    for row in &mut sample.judgement.effects {
        if row.effect == Effect::Syncs {
            row.values = sides(Some(12), Some(0));
            row.verdict = EffectVerdict::Differs;
            row.reason = Some("go 12, rust 0".to_owned());
            row.told = sides("out/journal, out/index".to_owned(), String::new());
        }
    }
    sample.judgement.metrics.clear();
    sample.judgement.withheld =
        Some(Withheld { why: vec!["side effects differ: syncs (go 12, rust 0)".to_owned()] });
    sample
}

/// The same with the numbers told in spite of it.
pub(crate) fn anyway() -> Sample {
    let mut sample = missing_sync();
    sample.judgement.withheld = None;
    sample.judgement.metrics = metrics().into_iter().take(3).collect();
    for row in &mut sample.judgement.metrics {
        row.marked = Some("side effects differ: syncs (go 12, rust 0)".to_owned());
    }
    sample
}

/// Too few pairs for anything.
pub(crate) fn inconclusive() -> Sample {
    let mut sample = typical();
    let mut cpu = metric(Metric::Cpu, 0.231, 0.233, MetricVerdict::Inconclusive);
    cpu.more_pairs = Some(1);
    let mut wall = metric(Metric::Wall, 0.24, 0.25, MetricVerdict::Inconclusive);
    wall.why =
        "the difference changed while measuring: 0.91x in the first third, 1.04x in the last"
            .to_owned();
    (wall.low, wall.high) = (None, None);
    let mut memory = metric(Metric::Memory, 40.0 * MIB, 41.0 * MIB, MetricVerdict::Inconclusive);
    memory.more_pairs = Some(1234);
    memory.high = None;
    sample.judgement.metrics = vec![cpu, wall, memory];
    sample.judgement.remarks.clear();
    sample
}

/// A third side.
pub(crate) fn three_sides() -> Sample {
    let mut sample = typical();
    sample.contract.sides.push(side("rust-arena", project("rust", "/home/ada/agent-arena")));
    let add = |row: &MetricJudged, by: f64| {
        let rust = row.values[&id::<SideName>("rust")];
        let go = row.values[&id::<SideName>("go")];
        let verdict = if by < 0.9 { MetricVerdict::Below } else { MetricVerdict::Within };
        let mut other = metric(row.metric, rust * by, go, verdict);
        other.numerator = id("rust-arena");
        other.values = BTreeMap::from([(id("go"), go), (id("rust-arena"), rust * by)]);
        other
    };
    let two: Vec<MetricJudged> = metrics().into_iter().take(3).collect();
    sample.judgement.metrics = two.iter().flat_map(|row| [row.clone(), add(row, 0.8)]).collect();
    for row in &mut sample.judgement.effects {
        let rust = row.values[&id::<SideName>("rust")];
        row.values.insert(id("rust-arena"), rust);
    }
    sample
}

/// A number that the programs tell, of which more is better.
pub(crate) fn own_metric() -> Sample {
    let mut sample = typical();
    let own = |name: &str, label: &str, rust: f64, go: f64, verdict| MetricJudged {
        unit_label: Some(label.to_owned()),
        better: Better::More,
        primary: true,
        ..metric(Metric::Own(id(name)), rust, go, verdict)
    };
    let rows = own("rows-per-second", "rows/s", 1_250_000.0, 810_000.0, MetricVerdict::Above);
    let mut hits = own("cache-hits", "hits", 90.0, 120.0, MetricVerdict::Below);
    hits.scale = Scale::Difference;
    (hits.ratio, hits.low, hits.high) = (None, Some(-36.0), Some(-24.0));
    sample.judgement.metrics =
        vec![rows, hits, metric(Metric::Cpu, 0.142, 0.233, MetricVerdict::Below)];
    sample
}

/// Every case by itself.
pub(crate) fn each_case() -> Sample {
    let mut sample = typical();
    sample.contract.each_case = true;
    let of_case = |case: &str, row: MetricJudged| MetricJudged { case: Some(id(case)), ..row };
    let mut rows = Vec::new();
    for (name, go) in [("small", 0.021), ("big", 0.41)] {
        rows.push(of_case(name, metric(Metric::Cpu, go * 0.6, go, MetricVerdict::Below)));
    }
    for (name, go) in [("small", 9.0), ("big", 41.0)] {
        let row = metric(Metric::Memory, go * 0.98 * MIB, go * MIB, MetricVerdict::Within);
        rows.push(of_case(name, row));
    }
    rows.push(metric(Metric::StartUp, 0.0014, 0.0021, MetricVerdict::Within));
    rows.push(metric(Metric::Size, 3.1 * MIB, 8.4 * MIB, MetricVerdict::Below));
    sample.judgement.metrics = rows;
    sample
}

/// Results of another tool.
pub(crate) fn imported() -> Sample {
    let mut sample = typical();
    sample.unpaired = true;
    for side in &mut sample.contract.sides {
        side.origin = Origin::Program { path: PathBuf::from("x") };
    }
    sample.judgement.answers =
        AnswersJudged { verdict: AnswersVerdict::NotComparable, cases: 0, ..answers() };
    sample.judgement.effects.clear();
    sample.judgement.self_check.clear();
    sample.judgement.remarks =
        vec!["answers and side effects were not compared: there are only numbers".to_owned()];
    let wall = metric(Metric::Wall, 0.142, 0.233, MetricVerdict::Below);
    sample.judgement.metrics =
        vec![MetricJudged { pairs_seen: Vec::new(), by_position: BTreeMap::new(), ..wall }];
    sample
}

/// Words of tools and people that formats must not take for their own.
pub(crate) fn odd_words() -> Sample {
    let mut sample = other_answers();
    let odd = "</script><b>&amp; | `x_y` *z*\u{1b}[31m \"quoted\", =SUM(A1)\r\n<!-- --> ]]>";
    let answers = &mut sample.judgement.answers;
    for differs in answers.first.iter_mut().chain(&mut answers.by_case) {
        differs.told = odd.to_owned();
    }
    sample.judgement.remarks = vec![odd.to_owned()];
    let mut row = metric(Metric::Own(id("rows")), 2.0, 3.0, MetricVerdict::Below);
    row.unit_label = Some("=cmd|' /C calc'!A0, \"rows\"".to_owned());
    row.marked = Some(odd.to_owned());
    row.warnings = vec![odd.to_owned()];
    sample.judgement.metrics = vec![row];
    sample.judgement.withheld = None;
    sample
}

/// Every sample by name.
pub(crate) fn all() -> Vec<(&'static str, Sample)> {
    vec![
        ("typical", typical()),
        ("other-answers", other_answers()),
        ("missing-sync", missing_sync()),
        ("anyway", anyway()),
        ("inconclusive", inconclusive()),
        ("three-sides", three_sides()),
        ("own-metric", own_metric()),
        ("each-case", each_case()),
        ("imported", imported()),
        ("odd-words", odd_words()),
    ]
}

fn project(language: &str, folder: &str) -> Origin {
    Origin::Project {
        language: id(language),
        folder: PathBuf::from(folder),
        package: None,
        binary: None,
        features: Vec::new(),
    }
}

fn side(name: &str, origin: Origin) -> Side {
    Side { env: BTreeMap::new(), name: id(name), origin, args: Vec::new(), toolchain: None }
}

fn contract() -> Contract {
    let case = |name: &str, used| Case {
        drive: None,
        id: id(name),
        args: Vec::new(),
        stdin: None,
        exit: None,
        used,
    };
    let measure = |metric| Measure { primary: metric == Metric::Cpu, ..Measure::of(metric) };
    Contract {
        service: None,
        name: id("agent"),
        folder: PathBuf::from("/home/ada"),
        sides: vec![
            side("go", project("go", "/home/ada/agent-go")),
            side("rust", project("rust", "/home/ada/agent-rs")),
        ],
        cases: vec![case("big", CaseUse::Measured), case("version", CaseUse::StartUp)],
        each_case: false,
        answers: AnswerTerms::default(),
        effects: EffectTerms::default(),
        measures: [Metric::Cpu, Metric::Wall].map(measure).into(),
        own: Vec::new(),
        allow: Vec::new(),
        profile: Profile::ReleasePractice,
        running: Running {
            processors: Some(0.5),
            prepare: vec!["./reset".to_owned(), "/home/ada/data".to_owned()],
            ..Running::default()
        },
        effort: Effort::default(),
        guards: Vec::new(),
    }
}

fn environment() -> Environment {
    let toolchain = |language: &str, version: &str, released| Toolchain {
        language: language.to_owned(),
        state: ToolchainState::Ready { version: version.to_owned(), released: Some(released) },
    };
    Environment {
        machine: Machine {
            cores: 2,
            cpu: "Example CPU 3000".to_owned(),
            memory_bytes: 8 << 30,
            architecture: "x86_64".to_owned(),
            kernel: "Linux 6.12.9".to_owned(),
            system: "Debian GNU/Linux 12".to_owned(),
            virtualisation: Some("kvm".to_owned()),
            governor: None,
            load: 11.04,
            cpu_limit: CpuLimit(None),
            memory_limit: MemoryLimit(None),
            cgroup: Some(2),
        },
        toolchains: sides(
            toolchain("Go", "1.27.3", date(2026, 8, 11)),
            toolchain("Rust", "1.95.0", date(2026, 4, 14)),
        ),
        sees: BTreeMap::new(),
        variables: vec!["HOME".to_owned(), "PATH".to_owned()],
        output_on: "tmpfs".to_owned(),
        fingerprint: "f".repeat(64),
    }
}

fn facts() -> RunFacts {
    let program = |name: &str, bytes, stripped| ProgramSeen {
        side: id(name),
        sha256: format!("{name:0<64}").replace(|c: char| !c.is_ascii_hexdigit(), "e"),
        bytes,
        toolchain: Some(format!("{name} 1")),
        content: Some("stripped, linked static".to_owned()),
        stripped: Some(stripped),
    };
    let mut facts = RunFacts::of(Run {
        id: id("r-20261122-0001"),
        pack: "compare:agent".to_owned(),
        pack_hash: "c0ffee".repeat(10) + "abcd",
        version: "0.1.0".to_owned(),
        started: "2026-11-22T09:30:00Z".parse().expect("a time"),
        plan: Plan {
            mode: PlanMode::Full,
            claims: Vec::new(),
            workloads: vec![id("agent")],
            probes: Vec::new(),
            drills: Vec::new(),
            defects: Vec::new(),
            cells: Vec::new(),
            seed: 7,
            budget_seconds: 60.0,
            most_pairs: 300,
            realtime: false,
        },
        environment: environment(),
    });
    facts.programs = vec![program("go", 8_808_038, false), program("rust", 3_250_585, true)];
    facts.end = Some(RunEnd::Complete);
    facts
}
