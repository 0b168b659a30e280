//! A hand-made judgement with every verdict and every finding, on a machine
//! that does not exist.

pub(crate) mod attempts;
pub(crate) mod defects;
mod judged;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::date;
use model::{
    Activity, AnswerRule, BuildRecipe, Case, Cell, Claim, ClaimKind, Comparison, CpuLimit, Detect,
    DiagnosticForm, Dimension, Environment, Language, Machine, Margin, MemoryLimit, Metric, Pairs,
    Plan, PlanMode, Profile, Program, Relation, Run, RunEnd, RunFacts, Sees, Series, Side,
    SideName, Source, Standing, Suits, Tier, Toolchain, ToolchainState, Trial, TrialStatus,
    Workload,
};
use report::verify::{RunView, VerifyDocument, VerifyInput};

use judged::by_side;
pub(crate) use judged::judgement;

pub(crate) const REPEAT: &str = "evenhand verify --quick --seed 7";

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("an id")
}

pub(crate) fn side(name: &str) -> SideName {
    id(name)
}

pub(crate) fn document() -> VerifyDocument {
    let (comparison, judgement, facts) = (comparison(), judgement(), facts());
    let run = RunView { facts: &facts, repeat: REPEAT, pack: None };
    let conceal = conceal();
    VerifyDocument::new(&VerifyInput {
        comparison: &comparison,
        judgement: &judgement,
        run: Some(run),
        texts: &defects::texts(),
        version: "0.1.0",
        conceal: &conceal,
    })
}

/// What must not leave the machine of the sample, and what stands for it.
pub(crate) fn conceal() -> [(String, String); 3] {
    [("/home/ada", "~"), ("tower7", "this machine"), ("ada", "somebody")]
        .map(|(word, stand_in)| (word.to_owned(), stand_in.to_owned()))
}

/// What is in the sample's texts and may be in no form of a document.
pub(crate) const PRIVATE: [&str; 2] = ["/home/ada", "tower7"];

/// The document of `--list`: nothing was run, nothing judged.
pub(crate) fn list() -> VerifyDocument {
    let (comparison, mut judgement) = (comparison(), judgement());
    for claim in &mut judgement.claims {
        claim.verdict = None;
        claim.evidence.clear();
        claim.conditions.clear();
        claim.reason.clear();
    }
    judgement.self_check.clear();
    judgement.remarks.clear();
    judgement.coverage.run = 0;
    VerifyDocument::new(&VerifyInput {
        comparison: &comparison,
        judgement: &judgement,
        run: None,
        texts: &defects::texts(),
        version: "0.1.0",
        conceal: &[],
    })
}

/// The document of some claims only.
pub(crate) fn only(claims: &[&str]) -> VerifyDocument {
    let (comparison, mut judgement, facts) = (comparison(), judgement(), facts());
    judgement.claims.retain(|claim| claims.contains(&claim.id.as_str()));
    VerifyDocument::new(&VerifyInput {
        comparison: &comparison,
        judgement: &judgement,
        run: Some(RunView { facts: &facts, repeat: REPEAT, pack: None }),
        texts: &defects::texts(),
        version: "0.1.0",
        conceal: &[],
    })
}

/// One claim that holds four programs against each other both ways.
pub(crate) fn squared() -> VerifyDocument {
    let (comparison, mut judgement, facts) = (comparison(), judgement(), facts());
    judgement.claims.retain(|claim| claim.id.as_str() == "speed/json");
    judgement.claims[0].evidence = judged::square();
    VerifyDocument::new(&VerifyInput {
        comparison: &comparison,
        judgement: &judgement,
        run: Some(RunView { facts: &facts, repeat: REPEAT, pack: None }),
        texts: &defects::texts(),
        version: "0.1.0",
        conceal: &[],
    })
}

const PROSE: &str = include_str!("guide.md");

struct Row {
    id: &'static str,
    reference: &'static str,
    standing: Standing,
    kind: ClaimKind,
    suits: Option<&'static str>,
    text: &'static str,
    sources: &'static [&'static str],
}

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use ClaimKind::{Documented, Judgement, Measured, Static};
    use Standing::{ByDesign, Contested, Frame};
    let row = |id, reference, standing, kind, suits, text, sources| Row { id, reference, standing, kind, suits, text, sources };
    vec![
        row("shared/native-executables", "C7", ByDesign, Static, None, "Both compile to a native executable: one file that the machine runs without an interpreter or a virtual machine beside it.", &["rust-site", "go-site"]),
        row("shared/open-source-tools", "C9", Frame, Documented, None, "The compilers and tools of both are open source.", &["rust-site", "go-site"]),
        row("footprint/small-runtime", "C29a", Contested, Measured, Some("rust"), "Rust starts from a small standard runtime, so that its smallest programs are smaller files and need less memory than Go's.", &["rust-site"]),
        row("footprint/no-collector", "C29b", ByDesign, Static, Some("rust"), "No Rust program has to carry a garbage collector: none is in the binary unless a library brings one.", &["rust-site"]),
        row("footprint/cold-start", "X2", Contested, Measured, Some("rust"), "A command-line tool with its usual libraries linked in is ready sooner in Rust than in Go.", &[]),
        row("footprint/no-dependencies", "X5", Contested, Measured, Some("go"), "The same tool stands on fewer packages of others in Go than in Rust.", &[]),
        row("build/go-builds-fast", "C18b", Contested, Measured, Some("go"), "Go builds fast: from clean sources and after a small change, a release build is ready well before Rust's.", &["go-site"]),
        row("build/rust-checks-fast", "X8", Contested, Measured, Some("rust"), "After a small change, Rust's `cargo check` answers sooner than a Go build.", &[]),
        row("speed/close-to-the-machine", "C37", Contested, Measured, Some("rust"), "In parsers, searchers and other components whose time is their own, Rust takes less CPU and less memory than Go for the same answer.", &["rust-site"]),
        row("speed/json", "X11", Contested, Measured, Some("go"), "Go's standard JSON is within reach of Rust's for records of ordinary size.", &["go-site"]),
        row("speed/regex", "X12", Contested, Measured, Some("rust"), "Rust's usual regular-expression engine is faster than Go's standard one.", &[]),
        row("tail/collector-pauses", "C36", Contested, Measured, Some("rust"), "Under a live heap of a gigabyte, Rust answers with a shorter tail.", &[]),
        row("tail/limits", "X19", Contested, Measured, Some("go"), "Go keeps within a memory limit that it is given from outside.", &[]),
        row("errors/go-explicit", "C26a", Contested, Static, Some("go"), "Go's error returns are explicit and stand where the reader looks.", &["go-spec"]),
        row("watch/generics", "C24b", Contested, Static, Some("go"), "Go's generics are simpler: a method cannot have type parameters of its own.", &["go-spec"]),
        row("watch/races", "C49", Contested, Measured, Some("rust"), "A data race that Go's compiler lets pass is an error to Rust's.", &[]),
        row("learning/rust-higher", "C31", Frame, Judgement, Some("go"), "Rust asks more of a newcomer: ownership, lifetimes, async, traits and the design of interfaces are each something to learn.", &[]),
    ]
}

fn claims() -> Vec<Claim> {
    let suits = |suits: Option<&str>| suits.map_or(Suits::Neutral, |name| Suits::Side(side(name)));
    let claim = |row: Row| Claim {
        id: id(row.id),
        reference: row.reference.to_owned(),
        standing: row.standing,
        kind: row.kind,
        text: row.text.to_owned(),
        suits: suits(row.suits),
        sources: row.sources.iter().map(|key| (*key).to_owned()).collect(),
        feeds: Vec::new(),
        decisions: Vec::new(),
        predicate: None,
        not_yet: None,
    };
    rows().into_iter().map(claim).collect()
}

fn language(name: &str, contents: [&str; 4]) -> Language {
    let recipe = |content: &str| BuildRecipe {
        command: Vec::new(),
        environment: BTreeMap::new(),
        artefact: String::new(),
        target: None,
        needs: None,
        content: content.to_owned(),
    };
    Language {
        id: id(&name.to_lowercase()),
        name: name.to_owned(),
        detect: Detect {
            command: Vec::new(),
            version: String::new(),
            released_command: Vec::new(),
            released_file: None,
            released: None,
        },
        minimum: id("1.24"),
        hint: String::new(),
        manifest: String::new(),
        environment: BTreeMap::new(),
        unset: Vec::new(),
        offline: BTreeMap::new(),
        fetch: Vec::new(),
        dependencies: Vec::new(),
        licences: None,
        profiles: Profile::ALL.iter().copied().zip(contents.map(recipe)).collect(),
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

fn workload(name: &str, title: &str, about: &str, suits: Suits) -> Workload {
    Workload {
        service: None,
        variants: Vec::new(),
        id: id(name),
        title: title.to_owned(),
        about: about.to_owned(),
        suits,
        classes: Vec::new(),
        folder: PathBuf::new(),
        programs: Vec::new(),
        profiles: Vec::new(),
        inputs: BTreeMap::new(),
        answers: AnswerRule::Bytes,
        cases: Vec::new(),
        metrics: Vec::new(),
        build_pairs: 6,
        facts: Vec::new(),
        expected_seconds: 0.1,
        quick: true,
        generate: None,
    }
}

/// A workload with programs, and cases that are measured and only compared.
pub(crate) fn line_search() -> Workload {
    let program = |name: &str, tier| Program {
        side: side(name),
        language: id(name),
        tier,
        folder: PathBuf::from(format!("{name}-{tier}")),
        edit: None,
    };
    let case = |name: &str, metrics: &[Metric]| Case {
        drive: None,
        id: id(name),
        args: Vec::new(),
        stdin: None,
        exit: 0,
        metrics: metrics.to_vec(),
        deadline_seconds: 10.0,
        alike: None,
    };
    Workload {
        classes: vec!["command-line tools".to_owned()],
        programs: vec![program("rust", Tier::Idiomatic), program("go", Tier::Tuned)],
        cases: vec![case("word", &[Metric::Cpu, Metric::Memory]), case("empty", &[])],
        metrics: vec![Metric::Size],
        ..workload("line-search", "line search", "Searches text files.", Suits::Neutral)
    }
}

fn source(key: &str, title: &str, publisher: &str, url: &str) -> Source {
    Source {
        key: key.to_owned(),
        title: title.to_owned(),
        publisher: publisher.to_owned(),
        url: url.to_owned(),
        checked: Some(date(2026, 11, 20)),
        max_age_days: Some(365),
    }
}

pub(crate) fn comparison() -> Comparison {
    let languages = [
        language(
            "Rust",
            [
                "symbols, no debug information, linked to the C library at run time",
                "stripped, thin LTO, one codegen unit, unwinding, baseline CPU level",
                "stripped, thin LTO, one codegen unit, unwinding, linked static",
                "stripped, optimised for size, fat LTO, abort on panic, linked static",
            ],
        ),
        language(
            "Go",
            [
                "symbols and debug information, linked static",
                "stripped, paths trimmed, baseline CPU level, linked static",
                "stripped, paths trimmed, baseline CPU level, linked static",
                "stripped, paths trimmed, baseline CPU level, linked static: the same as release practice",
            ],
        ),
    ];
    let workloads = [
        workload(
            "hello",
            "hello",
            "Prints one line and ends: what remains is the runtime.",
            Suits::Neutral,
        ),
        workload(
            "line-search",
            "line search",
            "Searches a tree of text files for lines that match.",
            Suits::Side(side("rust")),
        ),
        workload(
            "log-aggregate",
            "log aggregate",
            "Sums an access log by path, from CSV or JSON lines.",
            Suits::Side(side("go")),
        ),
        workload("trees", "trees", "Builds and drops binary trees.", Suits::Neutral),
    ];
    let sources = [
        source(
            "rust-site",
            "Rust Programming Language",
            "Rust Foundation",
            "https://www.rust-lang.org/",
        ),
        source("go-site", "The Go Programming Language", "Go Project", "https://go.dev/"),
        source(
            "go-spec",
            "The Go Programming Language Specification",
            "Go Project",
            "https://go.dev/ref/spec",
        ),
    ];
    let dimension =
        |(name, title): (&str, &str)| Dimension { id: id(name), title: title.to_owned() };
    let dimensions = [
        ("shared", "Shared territory"),
        ("footprint", "Runtime footprint"),
        ("build", "Build and tooling"),
        ("speed", "Where the work is the program's own"),
        ("tail", "Tails"),
        ("errors", "Errors"),
        ("watch", "Watch points"),
        ("learning", "Learning curve"),
    ];
    let side_of = |name: &str, title: &str| Side {
        name: side(name),
        title: title.to_owned(),
        language: id(name),
    };
    Comparison {
        pack: "rust-vs-go".to_owned(),
        hash: "c0ffee".repeat(10) + "abcd",
        title: "Rust or Go?".to_owned(),
        text_date: date(2026, 11, 22),
        sides: vec![side_of("rust", "Rust"), side_of("go", "Go")],
        classes: Vec::new(),
        licences: Vec::new(),
        dimensions: dimensions.map(dimension).into(),
        claims: claims(),
        workloads: workloads.into_iter().map(|workload| (workload.id.clone(), workload)).collect(),
        probes: BTreeMap::from([(id("ignored-error"), attempts::probe())]),
        drills: BTreeMap::from([(id("failing-test"), attempts::drill())]),
        defects: defects::all(),
        decisions: BTreeMap::new(),
        languages: languages.into_iter().map(|language| (language.id.clone(), language)).collect(),
        sources: sources.into_iter().map(|source| (source.key.clone(), source)).collect(),
        prose: PROSE.to_owned(),
    }
}

fn environment() -> Environment {
    let toolchain = |language: &str, version: &str, released| Toolchain {
        language: language.to_owned(),
        state: ToolchainState::Ready { version: version.to_owned(), released: Some(released) },
    };
    let sees = |name: &str| Sees { workers: 2, workers_name: name.to_owned(), memory_limit: None };
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
            memory_limit: MemoryLimit(Some(4 << 30)),
            cgroup: Some(2),
        },
        toolchains: by_side(
            toolchain("Rust", "1.95.0", date(2026, 4, 14)),
            toolchain("Go", "1.27.3", date(2026, 8, 11)),
        ),
        sees: by_side(sees("available parallelism"), sees("GOMAXPROCS")),
        variables: vec!["HOME".to_owned(), "PATH".to_owned(), "TZ".to_owned()],
        output_on: "tmpfs".to_owned(),
        fingerprint: "f".repeat(64),
    }
}

fn trial(series: &Series, block: u32, name: &str, value: f64) -> Trial {
    Trial {
        series: series.clone(),
        block,
        position: 0,
        side: side(name),
        replica: 0,
        status: TrialStatus::Done,
        started: "2026-11-22T09:30:00Z".parse().expect("a time"),
        values: BTreeMap::from([(Metric::Cpu, value)]),
        memory_source: None,
        stdout_sha256: None,
        detail: None,
    }
}

pub(crate) fn facts() -> RunFacts {
    let series = Series {
        workload: id("line-search"),
        activity: Activity::Run,
        case: Some(id("literal")),
        profile: Profile::ReleasePractice,
        tier: Tier::Idiomatic,
    };
    let cell = Cell {
        series: series.clone(),
        metric: Metric::Cpu,
        numerator: side("rust"),
        denominator: side("go"),
        claimed: Some(Relation::Below),
        margin: Margin { factor: 1.1, floor: 0.001 },
        pairs: Pairs::Sequential,
    };
    let noise = |block: u32| 1.0 + f64::from(block * block * 7 % 23) / 120.0;
    let trials = (0..38).flat_map(|block| {
        let rust = trial(&series, block, "rust", 0.142 * noise(block));
        [rust, trial(&series, block, "go", 0.233 * noise(block + 5))]
    });
    RunFacts {
        run: Run {
            id: id("r-20261122-0001"),
            pack: "rust-vs-go".to_owned(),
            pack_hash: "c0ffee".repeat(10) + "abcd",
            version: "0.1.0".to_owned(),
            started: "2026-11-22T09:30:00Z".parse().expect("a time"),
            plan: Plan {
                mode: PlanMode::Quick,
                claims: Vec::new(),
                workloads: Vec::new(),
                probes: Vec::new(),
                drills: Vec::new(),
                defects: Vec::new(),
                cells: vec![cell],
                seed: 7,
                budget_seconds: 240.0,
                most_pairs: 400,
                realtime: false,
            },
            environment: environment(),
        },
        trials: trials.collect(),
        facts: Vec::new(),
        answers: Vec::new(),
        effects: Vec::new(),
        programs: Vec::new(),
        attempts: Vec::new(),
        caught: Vec::new(),
        notes: Vec::new(),
        end: Some(RunEnd::Complete),
    }
}
