//! Contracts nobody wrote: whatever a contract that reads can say.

use std::collections::BTreeMap;
use std::path::PathBuf;

use model::contract::{
    Allowance, AnswerTerms, Better, Case, CaseUse, CrossDecode, Decoded, EffectTerms, Effort,
    Guard, GuardLimit, Measure, Normalise, Origin, OwnMetric, Pick, Running, Side, Stream,
    Tolerance,
};
use model::{AnswerRule, CaseId, Contract, Margin, Metric, Profile, Scale, SideName};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) fn text() -> impl Strategy<Value = String> {
    let any = vec(any::<char>().prop_filter("a process cannot take it", |c| *c != '\0'), 0..12);
    let any = any.prop_map(|letters| letters.into_iter().collect());
    prop_oneof![
        any,
        select(vec!["", "-c", "a b", "'", "\"\"\"", "\\", "# x", "\r\n", "é"])
            .prop_map(str::to_owned)
    ]
}

pub(crate) fn above_zero() -> impl Strategy<Value = f64> {
    prop_oneof![select(vec![0.001, 0.8, 1.0, 60.0]), (1e-9..1e9f64)]
}

fn margin() -> impl Strategy<Value = Margin> {
    let factor = prop_oneof![select(vec![1.0, 1.02, 1.05, 1.25]), 1.0..50.0f64];
    let floor = prop_oneof![select(vec![0.0, 0.001, 1024.0]), 0.0..1e9f64];
    (factor, floor).prop_map(|(factor, floor)| Margin { factor, floor })
}

fn origin(home: PathBuf) -> impl Strategy<Value = (Origin, Option<String>)> {
    let features = vec(text(), 0..3);
    let name = || option::of("[a-z./]{1,8}");
    let toolchain = option::of(select(vec!["installed", "newest", "1.27.4"]));
    let project = (select(vec!["go", "rust"]), name(), name(), features, toolchain);
    let at = home.clone();
    let project = project.prop_map(move |(language, package, binary, features, toolchain)| {
        let origin = Origin::Project {
            language: language.parse().expect("a name"),
            folder: at.join(format!("agent-{language}")),
            package,
            binary,
            features,
        };
        (origin, toolchain.map(str::to_owned))
    });
    let at = home.clone();
    let built =
        ("[a-z]{1,4}", vec(text(), 0..2), any::<bool>()).prop_map(move |(first, rest, below)| {
            let folder = if below { at.join("made") } else { at.clone() };
            let command = [first].into_iter().chain(rest).collect();
            (Origin::Built { folder, command, program: at.join("made/out/tool") }, None)
        });
    let there = select(vec![PathBuf::from("jq"), home.join("tool"), PathBuf::from("/bin/sh")]);
    let there = there.prop_map(|path| (Origin::Program { path }, None));
    prop_oneof![project, built, there]
}

fn sides(home: PathBuf) -> impl Strategy<Value = Vec<Side>> {
    let side = (origin(home), vec(text(), 0..3));
    vec(side, 2..5).prop_map(|sides| {
        let named = sides.into_iter().enumerate();
        let side = |(at, ((origin, toolchain), args))| Side {
            name: format!("side-{at}").parse().expect("a name"),
            origin,
            args,
            env: BTreeMap::new(),
            toolchain,
        };
        named.map(side).collect()
    })
}

/// The first is measured; all may feed something.
fn cases(home: PathBuf) -> impl Strategy<Value = Vec<Case>> {
    let files = ["big.json", "cases/small.txt", "cases/strict/stdin"];
    let files: Vec<PathBuf> = files.iter().map(|file| home.join(file)).collect();
    let exit = option::of(0..=255i32);
    let case = (vec(text(), 0..3), option::of(select(files)), exit, select(CaseUse::ALL));
    vec(case, 1..4).prop_map(|cases| {
        let named = cases.into_iter().enumerate();
        let case = |(at, (args, stdin, exit, used))| Case {
            id: format!("case-{at}").parse().expect("a name"),
            args,
            stdin,
            exit,
            used: if at == 0 { CaseUse::Measured } else { used },
            drive: None,
        };
        named.map(case).collect()
    })
}

fn answers(all_fed: bool) -> impl Strategy<Value = AnswerTerms> {
    let tolerance = option::of((0.0..1.0f64, 0.0..1e9f64));
    let normalise = vec((select(vec![r"took (\d+)ms", "x{2}", "[a-z]+"]), text()), 0..3);
    let decode = option::of((vec(text(), 0..3), any::<bool>()));
    let files = vec("[a-z]{1,6}", 0..3);
    let within = option::of(1.0..3.0f64);
    let flags = (any::<bool>(), any::<bool>(), select(AnswerRule::ALL));
    (tolerance, normalise, decode, files, within, flags).prop_map(
        move |(tolerance, normalise, decode, mut files, size_within, (exit, closed_pipe, rule))| {
            files.sort();
            files.dedup();
            AnswerTerms {
                rule,
                tolerance: tolerance.map(|(relative, absolute)| Tolerance { relative, absolute }),
                normalise: normalise
                    .into_iter()
                    .map(|(pattern, text)| Normalise {
                        pattern: pattern.to_owned(),
                        // A group that is not there is a fault of its own.
                        replacement: text.replace('$', "$$"),
                    })
                    .collect(),
                exit,
                closed_pipe,
                size_within,
                cross_decode: decode.map(|(args, input)| CrossDecode {
                    args,
                    gives: if input && all_fed { Decoded::Input } else { Decoded::Same },
                }),
                files: files.into_iter().map(PathBuf::from).collect(),
            }
        },
    )
}

fn own(at: usize) -> impl Strategy<Value = OwnMetric> {
    let pick = prop_oneof![
        select(vec![r"rows/s: (\d+)", "(.)"]).prop_map(|it| Pick::Pattern(it.to_owned())),
        select(vec!["stats.rows", "runs[0].p99", "[2]"]).prop_map(|it| Pick::Json(it.to_owned())),
    ];
    let scale = select(vec![Scale::Ratio, Scale::Difference]);
    (pick, text(), select(Stream::ALL), select(Better::ALL), scale).prop_map(
        move |(pick, unit, stream, better, scale)| OwnMetric {
            name: format!("own-{at}").parse().expect("a name"),
            stream,
            pick,
            unit,
            better,
            scale,
        },
    )
}

/// None: the usual ones.
fn measures() -> impl Strategy<Value = Option<(Vec<Measure>, Vec<OwnMetric>)>> {
    let known = [Metric::Cpu, Metric::Wall, Metric::Memory, Metric::Size, Metric::Faults];
    let known = proptest::sample::subsequence(known.to_vec(), 0..5).prop_shuffle();
    let given = (known, own(0), own(1), vec(margin(), 8), 1..4usize);
    option::of(given.prop_map(|(known, first, second, margins, primary)| {
        let own = vec![first, second];
        let metrics = own.iter().map(|own| Metric::Own(own.name)).take(1).chain(known);
        let metrics = metrics.chain([Metric::Own(own[1].name)]);
        let measure = |(at, (metric, margin))| Measure { metric, margin, primary: at < primary };
        let measures: Vec<Measure> = metrics.zip(margins).enumerate().map(measure).collect();
        (measures, own)
    }))
}

pub(crate) fn running(home: PathBuf) -> impl Strategy<Value = Running> {
    let command = || vec("[a-z./]{1,6}", 0..3);
    let env = btree_map("[A-Z_]{1,6}", text(), 0..3);
    let limits = (option::of(above_zero()), option::of(1..1u64 << 40), above_zero());
    (any::<bool>(), env, command(), command(), limits, any::<bool>()).prop_map(
        move |(below, env, prepare, conclude, (processors, memory, deadline_seconds), realtime)| {
            let directory = below.then(|| home.join("work"));
            Running {
                directory,
                env,
                prepare,
                conclude,
                processors,
                memory,
                deadline_seconds,
                realtime,
                server_processors: Vec::new(),
                generator_processor: None,
            }
        },
    )
}

/// What a guard is made of, before the rest of the contract is known.
type Wish = (usize, usize, usize, u8, f64, Option<Margin>, u32);

fn guard(at: usize, wish: Wish, contract: &Contract) -> Guard {
    let (metric, side, case, limit, value, margin, max_age_days) = wish;
    let measure = contract.measures[metric % contract.measures.len()];
    let side = 1 + side % (contract.sides.len() - 1);
    let name = |at: usize| -> SideName { contract.sides[at].name.clone() };
    let (side, against) =
        if case.is_multiple_of(2) { (name(side), name(0)) } else { (name(0), name(side)) };
    let metric = measure.metric;
    let measured: Vec<&CaseId> = contract
        .cases
        .iter()
        .filter(|case| case.used == CaseUse::Measured)
        .map(|case| &case.id)
        .collect();
    let of_runs = !metric.is_exact();
    let one = contract.each_case && of_runs;
    let case = one.then(|| measured[case % measured.len()].clone());
    let limit = match limit {
        0 => GuardLimit::Of { against, at_most: value },
        1 if metric.is_exact() || metric == Metric::Memory => GuardLimit::Value(value),
        _ => GuardLimit::Recorded { against },
    };
    let margin = margin.unwrap_or(measure.margin);
    Guard { name: format!("guard-{at}"), metric, case, side, limit, margin, max_age_days }
}

/// A contract that stands in `home`, a folder as [`crate::draft::draft`] fills it.
pub(crate) fn contract(home: PathBuf) -> impl Strategy<Value = Contract> {
    let effects = (any::<bool>(), 1.0..3.0f64, 0..1u64 << 40);
    let effort = (above_zero(), 1..u32::MAX, 1..u32::MAX);
    let wish =
        (0..9usize, 0..9usize, 0..9usize, 0..3u8, above_zero(), option::of(margin()), 1..400u32);
    let parts = (sides(home.clone()), cases(home.clone()), running(home.clone()), measures());
    let terms = (effects, effort, any::<bool>(), select(Profile::ALL), vec(wish, 0..4), text());
    (parts, terms).prop_flat_map(move |((sides, cases, running, measures), terms)| {
        let all_fed = cases.iter().all(|case| case.stdin.is_some());
        let home = home.clone();
        let (effects, effort, each_case, profile, wishes, reason) = terms;
        answers(all_fed).prop_map(move |answers| {
            let usual = || (pack::contract::default_measures(&sides, &cases), Vec::new());
            let (measures, own) = measures.clone().unwrap_or_else(usual);
            let allowance = Allowance {
                name: if each_case { "syncs".to_owned() } else { cases[0].id.to_string() },
                reason: format!("because {reason}"),
            };
            let (budget_seconds, most_pairs, build_pairs) = effort;
            let mut contract = Contract {
                name: "invented".parse().expect("a name"),
                folder: home.clone(),
                sides: sides.clone(),
                cases: cases.clone(),
                each_case,
                service: None,
                answers,
                effects: EffectTerms { look: effects.0, factor: effects.1, bytes: effects.2 },
                measures,
                own,
                allow: vec![allowance],
                profile,
                running: running.clone(),
                effort: Effort { budget_seconds, most_pairs, build_pairs },
                guards: Vec::new(),
            };
            // A guard on start-up needs the case; those are told elsewhere.
            let of_start = |guard: &Guard| guard.metric == Metric::StartUp;
            let wishes = wishes.iter().cloned().enumerate();
            let guards: Vec<Guard> = wishes.map(|(at, wish)| guard(at, wish, &contract)).collect();
            contract.guards = guards.into_iter().filter(|guard| !of_start(guard)).collect();
            contract
        })
    })
}
