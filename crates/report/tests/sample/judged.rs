//! The verdicts of the sample and the evidence under them.

use std::collections::BTreeMap;

use jiff::civil::date;
use judge::{
    Coverage, Evidence, Finding, JudgedClaim, Judgement, LinedUp, Lineup, SelfCheck, Subject,
};
use model::{
    Activity, Experiment, Metric, Profile, Relation, Scale, Series, SideName, Tier, Unit, Verdict,
};

use super::attempts::attempts;
use super::{Row, defects, id, rows, side};

pub(crate) fn by_side<T>(rust: T, go: T) -> BTreeMap<SideName, T> {
    BTreeMap::from([(side("rust"), rust), (side("go"), go)])
}

/// A cell with an interval; what it shows and favours follows by hand.
fn cell(
    workload: &str,
    case: Option<&str>,
    metric: Metric,
    profile: Profile,
    values: (f64, f64),
) -> Evidence {
    let activity = Activity::giving(metric);
    let ratio = values.0 / values.1;
    let exact = metric.is_exact();
    let difference = metric.scale() == Scale::Difference;
    Evidence {
        workload: id(workload),
        case: case.map(id),
        activity,
        subject: Subject::Metric(metric),
        unit: metric.unit(),
        profile,
        tier: Tier::Idiomatic,
        numerator: side("rust"),
        denominator: side("go"),
        scale: metric.scale(),
        ratio: (!difference).then_some(ratio),
        difference: Some(values.0 - values.1),
        low: (!exact).then_some(ratio * 0.95),
        high: (!exact).then_some(ratio * 1.06),
        level: (!exact).then_some(0.95),
        pairs: if exact { 1 } else { 38 },
        voids: BTreeMap::new(),
        margin: Some(metric.default_margin()),
        floor: Some(metric.default_floor()),
        finding: Finding::Shown(Relation::Below),
        favours: Some(side("rust")),
        values: by_side(values.0, values.1),
        spread: if exact {
            BTreeMap::new()
        } else {
            by_side((values.0 * 0.9, values.0 * 1.2), (values.1 * 0.9, values.1 * 1.3))
        },
        warnings: Vec::new(),
    }
}

fn shown(row: Evidence, finding: Finding, favours: Option<&str>) -> Evidence {
    Evidence { finding, favours: favours.map(side), ..row }
}

fn fact(
    workload: &str,
    fact: &str,
    about: &str,
    profile: Profile,
    counts: (f64, f64),
    as_said: bool,
) -> Evidence {
    Evidence {
        subject: Subject::Fact { id: fact.to_owned(), about: about.to_owned() },
        unit: Unit::Count,
        scale: Scale::Difference,
        ratio: None,
        difference: Some(counts.0 - counts.1),
        margin: None,
        floor: None,
        finding: Finding::Fact { as_said },
        favours: None,
        values: by_side(counts.0, counts.1),
        ..cell(workload, None, Metric::Size, profile, counts)
    }
}

fn without_numbers(row: Evidence, finding: Finding) -> Evidence {
    Evidence {
        ratio: None,
        difference: None,
        low: None,
        high: None,
        level: None,
        pairs: 0,
        values: BTreeMap::new(),
        spread: BTreeMap::new(),
        ..shown(row, finding, None)
    }
}

const MIB: f64 = 1024.0 * 1024.0;

#[rustfmt::skip]
fn evidence(claim: &str) -> Vec<Evidence> {
    use Finding::{Differs, Inconclusive, NotComparable, NotRun, Shown};
    use Profile::{Default, ReleasePractice, Smallest, Static};
    let hello_memory = || cell("hello", Some("greet"), Metric::Memory, ReleasePractice, (2.1 * MIB, 5.7 * MIB));
    let search_cpu = || cell("line-search", Some("literal"), Metric::Cpu, ReleasePractice, (0.142, 0.233));
    match claim {
        "shared/native-executables" => vec![fact("hello", "native", "an executable for this machine", ReleasePractice, (1.0, 1.0), true)],
        "footprint/no-collector" => vec![fact("hello", "collector", "symbols of a garbage collector", Default, (0.0, 153.0), true)],
        "footprint/small-runtime" => vec![
            cell("hello", None, Metric::Size, Static, (0.45 * MIB, 1.51 * MIB)),
            cell("hello", None, Metric::Size, ReleasePractice, (0.34 * MIB, 1.51 * MIB)),
            cell("hello", None, Metric::Size, Default, (0.45 * MIB, 2.34 * MIB)),
            cell("hello", None, Metric::Size, Smallest, (0.31 * MIB, 1.51 * MIB)),
            hello_memory(),
        ],
        "footprint/cold-start" => vec![
            shown(cell("hello", Some("greet"), Metric::StartUp, ReleasePractice, (0.0014, 0.0021)), Shown(Relation::Inside), None),
            shown(cell("line-search", Some("version"), Metric::StartUp, ReleasePractice, (0.0019, 0.0024)), Shown(Relation::Inside), None),
        ],
        "footprint/no-dependencies" => vec![shown(cell("line-search", None, Metric::Dependencies, ReleasePractice, (14.0, 2.0)), Shown(Relation::Above), Some("go"))],
        "build/go-builds-fast" => vec![
            shown(cell("line-search", None, Metric::BuildClean, ReleasePractice, (19.8, 2.9)), Shown(Relation::Above), Some("go")),
            shown(cell("line-search", None, Metric::BuildIncremental, ReleasePractice, (1.9, 1.4)), Shown(Relation::Inside), None),
        ],
        "build/rust-checks-fast" => vec![shown(Evidence { low: Some(1.1), high: None, level: Some(0.969), pairs: 6, ..cell("hello", None, Metric::BuildIncremental, ReleasePractice, (1.31, 0.62)) }, Shown(Relation::Above), Some("go"))],
        "speed/close-to-the-machine" => vec![
            search_cpu(),
            shown(Evidence { low: Some(0.93), high: Some(1.04), ..cell("log-aggregate", Some("large-csv"), Metric::Cpu, ReleasePractice, (1.21, 1.24)) }, Shown(Relation::Inside), None),
            Evidence { warnings: vec!["the ratio drifted while measuring".to_owned()], voids: BTreeMap::from([(side("go"), 1)]), ..cell("trees", Some("deep"), Metric::Memory, ReleasePractice, (61.0 * MIB, 190.0 * MIB)) },
            hello_memory(),
            Evidence { subject: Subject::Slope { metric: Metric::Memory, per: "node".to_owned() }, pairs: 6, floor: Some(1.0), ..cell("trees", None, Metric::Memory, ReleasePractice, (24.0, 56.0)) },
        ],
        "speed/json" => vec![shown(Evidence { low: Some(0.85), high: Some(0.98), ..cell("log-aggregate", Some("json"), Metric::Cpu, ReleasePractice, (0.91, 1.0)) }, Differs, None)],
        "speed/regex" => vec![shown(Evidence { low: Some(0.55), high: Some(1.3), pairs: 9, ..cell("line-search", Some("regex"), Metric::Cpu, ReleasePractice, (0.3, 0.35)) }, Inconclusive { more_pairs: Some(140), why: "the interval still holds both no difference and one that matters".to_owned() }, None)],
        "tail/limits" => vec![without_numbers(cell("trees", Some("limit"), Metric::Memory, ReleasePractice, (1.0, 1.0)), NotComparable { why: "line 3 is `ok 4096` on rust's side and `ok 4095` on go's".to_owned() })],
        "tail/collector-pauses" => vec![without_numbers(cell("trees", Some("deep"), Metric::Wall, ReleasePractice, (1.0, 1.0)), NotRun { why: "not in --quick".to_owned() })],
        "watch/generics" => vec![fact("hello", "generic-method", "generic methods that the compiler refuses", ReleasePractice, (0.0, 0.0), false)],
        "watch/races" => vec![without_numbers(cell("hello", None, Metric::Size, Static, (1.0, 1.0)), NotRun { why: "build failed: /home/ada/pack/hello on tower7: cannot find crate `std`".to_owned() })],
        _ => Vec::new(),
    }
}

#[rustfmt::skip]
fn verdict(claim: &str) -> (Verdict, &'static str, Vec<&'static str>) {
    match claim {
        "shared/native-executables" => (Verdict::ByDesign, "1 of 1 fact as said: an executable for this machine on both sides", vec![]),
        "shared/open-source-tools" => (Verdict::Documented, "Rust Programming Language, The Go Programming Language, both read 2026-11-20", vec![]),
        "footprint/small-runtime" => (Verdict::Holds, "5 of 5 cells: hello size rust 0.30x of go (static), 0.45 MiB and 1.51 MiB; memory 2.1 MiB and 5.7 MiB", vec![]),
        "footprint/no-collector" => (Verdict::ByDesign, "rust 0, go 153 symbols of a garbage collector", vec![]),
        "footprint/cold-start" => (Verdict::NoDifference, "1.4 ms and 2.1 ms, 1.9 ms and 2.4 ms: below the floor of 10 ms", vec![]),
        "footprint/no-dependencies" => (Verdict::Holds, "rust 12 more than go (14 and 2)", vec![]),
        "build/go-builds-fast" => (Verdict::Depends, "clean builds yes, incremental builds no", vec!["line-search clean: rust 6.83x of go (6.49 to 7.24)", "line-search incremental: no difference that matters, 1.9 s and 1.4 s"]),
        "build/rust-checks-fast" => (Verdict::DoesNotHold, "rust 2.11x of go (at least 1.10), 1.31 s and 0.62 s", vec![]),
        "speed/close-to-the-machine" => (Verdict::Depends, "line-search and trees yes, log-aggregate no", vec!["line-search cpu: rust 0.61x of go (0.58 to 0.65)", "log-aggregate cpu: no difference that matters", "trees memory: rust 0.32x of go (0.30 to 0.34)"]),
        "speed/json" => (Verdict::Differs, "rust 0.91x of go (0.85 to 0.98) straddles the margin of 1.10", vec![]),
        "speed/regex" => (Verdict::Inconclusive, "9 pairs say rust 0.86x of go (0.55 to 1.30); about 140 more needed", vec![]),
        "tail/collector-pauses" => (Verdict::NotRun, "not in --quick", vec![]),
        "tail/limits" => (Verdict::NotComparable, "trees limit: line 3 is `ok 4096` on rust's side and `ok 4095` on go's", vec![]),
        "errors/go-explicit" => (Verdict::Depends, "6 of 7 checks as expected; rust, ignored: the compiler stopped it", vec!["ignored-error: go 2 of 2, rust 1 of 2", "failing-test: 3 of 3 as expected, 1 not tried"]),
        "watch/generics" => (Verdict::OutOfDate, "written for Go 1.24; Go 1.27 accepts generic methods", vec![]),
        "watch/races" => (Verdict::NotRun, "build failed: /home/ada/pack/hello on tower7: cannot find crate `std`", vec![]),
        _ => (Verdict::Judgement, "not measurable: your own estimate goes into `evenhand decide`", vec![]),
    }
}

/// Four programs held against each other both ways.
pub(crate) fn square() -> Vec<Evidence> {
    let goodput = |top: &str, below: &str, values: (f64, f64)| Evidence {
        numerator: side(top),
        denominator: side(below),
        values: BTreeMap::from([(side(top), values.0), (side(below), values.1)]),
        ..cell("overload", Some("overload"), Metric::Goodput, Profile::ReleasePractice, values)
    };
    let inside = Finding::Shown(Relation::Inside);
    vec![
        shown(goodput("go-bounded", "go", (731.0, 14.0)), Finding::Shown(Relation::Above), None),
        shown(
            goodput("rust-bounded", "rust", (738.0, 14.2)),
            Finding::Shown(Relation::Above),
            None,
        ),
        shown(goodput("go", "rust", (14.0, 14.2)), inside.clone(), None),
        shown(goodput("rust-bounded", "go-bounded", (738.0, 731.0)), inside, None),
    ]
}

/// One side under settings of its own, beside the other.
fn lineup() -> Lineup {
    let metrics = vec![Metric::CpuPerRequest, Metric::ResponseP999, Metric::MemoryUnderLoad];
    let programs = [
        ("rust", "rust", [6.1e-6, 0.002, 268.0]),
        ("go", "go", [9.9e-6, 0.034, 512.0]),
        ("go-gogc-50", "go", [13.2e-6, 0.058, 395.0]),
        ("go-gogc-400", "go", [7.4e-6, 0.012, 1290.0]),
    ];
    let program = |(name, of, [cpu, tail, memory]): (&str, &str, [f64; 3])| LinedUp {
        side: side(name),
        of: side(of),
        medians: metrics.iter().copied().zip([cpu, tail, memory * MIB]).collect(),
        turns: 8,
    };
    Lineup {
        series: Series {
            workload: id("line-search"),
            activity: Activity::Serve,
            case: Some(id("literal")),
            profile: Profile::ReleasePractice,
            tier: Tier::Idiomatic,
        },
        programs: programs.map(program).into(),
        metrics,
    }
}

pub(crate) fn judgement() -> Judgement {
    let judged = |row: &Row| {
        let (verdict, reason, conditions) = verdict(row.id);
        let evidence = evidence(row.id);
        let attempts = attempts(row.id);
        let workloads = evidence.iter().map(|row| Experiment::Workload(row.workload.clone()));
        let tried = attempts.iter().map(|attempt| attempt.experiment.clone());
        let mut experiments: Vec<_> = workloads.chain(tried).collect();
        experiments.sort();
        experiments.dedup();
        JudgedClaim {
            id: id(row.id),
            verdict: Some(verdict),
            reason: reason.to_owned(),
            conditions: conditions.into_iter().map(str::to_owned).collect(),
            experiments,
            evidence,
            attempts,
            classes: defects::classes(row.id),
        }
    };
    let check = |workload: &str, metric, name: &str, ratio: f64, apart: Option<f64>| SelfCheck {
        workload: id(workload),
        case: None,
        metric,
        side: side(name),
        ratio,
        low: Some(ratio * 0.98),
        high: apart.map(|_| ratio * 1.03),
        tells_apart: apart,
    };
    Judgement {
        claims: rows().iter().map(judged).collect(),
        coverage: Coverage {
            claims: 17,
            contested: 13,
            run: 13,
            documented: 1,
            judgement: 1,
            not_run: 2,
        },
        self_check: vec![
            check("hello", Metric::StartUp, "rust", 1.004, Some(1.031)),
            check("hello", Metric::StartUp, "go", 0.991, Some(1.028)),
            check("line-search", Metric::Cpu, "rust", 1.001, Some(1.012)),
            check("line-search", Metric::Cpu, "go", 0.998, Some(1.009)),
            check("trees", Metric::Wall, "go", 1.08, None),
        ],
        lineups: vec![lineup()],
        defects: defects::judged(),
        gate_costs: defects::costs(),
        remarks: vec![
            "hello, default: rust's file holds no debug information, go's does".to_owned(),
            "rust 1.95.0 is 7 months old".to_owned(),
        ],
        as_of: date(2026, 11, 22),
    }
}
