//! With the labels of the sides exchanged, everything found is mirrored.

use judge::{Evidence, Finding};
use model::{
    AttemptEnd, Claim, ClaimKind, Metric, PlanMode, Predicate, Relation, Seen, Verdict, Witness,
};
use proptest::prelude::*;

use crate::given::{Given, bare, claim, side, somewhere};
use crate::slopes::{climbed, slope_of};
use crate::tried::{all_of, attempt, experiment, passes, world};

/// Metrics of the five cells of the first claim.
const CELLS: &[(&str, Metric)] = &[
    ("search", Metric::Cpu),
    ("search", Metric::Memory),
    ("search", Metric::Size),
    ("trees", Metric::Cpu),
    ("trees", Metric::BuildClean),
];

fn seen(scale: f64) -> impl Strategy<Value = Seen> {
    prop_oneof![
        20 => (0.5..2.0_f64).prop_map(move |value| Seen::Value(value * scale)),
        1 => Just(Seen::TimedOut),
        1 => Just(Seen::Failed),
    ]
}

/// Pairs of a cell: a ratio of its own, noise, now and then a time-out or a crash.
fn pairs(metric: Metric) -> impl Strategy<Value = Vec<(Seen, Seen)>> {
    let scale = match metric {
        Metric::Memory | Metric::Size => 1e8,
        Metric::BuildClean => 20.0,
        _ => 0.2,
    };
    let ratio = prop_oneof![Just(0.3), Just(0.9), Just(1.0), Just(1.1), Just(3.0)];
    (ratio, proptest::collection::vec((seen(scale), seen(scale)), 0..40), 0.0..1.0_f64).prop_map(
        move |(ratio, mut pairs, calm)| {
            for (numerator, denominator) in &mut pairs {
                let pull = |seen: &mut Seen, to: f64| {
                    if let Seen::Value(value) = seen {
                        *value = *value * (1.0 - calm) + to * calm;
                    }
                };
                pull(numerator, scale * ratio);
                pull(denominator, scale);
            }
            pairs
        },
    )
}

fn runs() -> impl Strategy<Value = Vec<Vec<(Seen, Seen)>>> {
    CELLS.iter().map(|(_, metric)| pairs(*metric)).collect::<Vec<_>>()
}

fn given(expect: Relation, witness: Witness, runs: &[Vec<(Seen, Seen)>]) -> Given {
    let mut given = Given::of(vec![
        claim("speed/first", expect, CELLS),
        claim("speed/second", expect, &CELLS[..1]),
        somewhere("speed/third", witness, &CELLS[..4]),
    ]);
    for (number, pairs) in runs.iter().enumerate() {
        for (numerator, denominator) in pairs {
            given.pair(number, *numerator, *denominator);
        }
    }
    given
}

/// Every trial under the other side's name, every expectation turned round.
fn mirrored(given: &Given) -> Given {
    let mut given = given.clone();
    let trials = given.facts.trials.iter_mut().map(|trial| &mut trial.side);
    let attempts = given.facts.attempts.iter_mut().map(|attempt| &mut attempt.side);
    let probes = given.comparison.probes.values_mut();
    let checks = probes.flat_map(|probe| &mut probe.checks).map(|check| &mut check.side);
    for named in trials.chain(attempts).chain(checks) {
        *named = side(if named.as_str() == "rust" { "go" } else { "rust" });
    }
    given.comparison.claims.iter_mut().for_each(turn);
    for cell in &mut given.facts.run.plan.cells {
        cell.claimed = cell.claimed.map(Relation::mirrored);
    }
    given
}

fn turn(claim: &mut Claim) {
    match &mut claim.predicate {
        Some(Predicate::Ratio { expect, .. }) => *expect = expect.mirrored(),
        Some(Predicate::Exists { witness, .. }) => {
            *witness = match witness {
                Witness::NotBelow => Witness::NotAbove,
                Witness::NotAbove => Witness::NotBelow,
            };
        }
        Some(Predicate::Count { expect, .. } | Predicate::Slope { expect, .. }) => {
            *expect = expect.mirrored();
        }
        Some(
            Predicate::Fact { .. }
            | Predicate::All { .. }
            | Predicate::Classes { .. }
            | Predicate::Lint(_),
        )
        | None => {}
    }
}

/// What a finding must become; words aside, which name sides and ratios.
fn turned(finding: &Finding) -> Finding {
    match finding {
        Finding::Shown(relation) => Finding::Shown(relation.mirrored()),
        Finding::Inconclusive { more_pairs, .. } => {
            Finding::Inconclusive { more_pairs: *more_pairs, why: String::new() }
        }
        Finding::NotRun { .. } => Finding::NotRun { why: String::new() },
        other => other.clone(),
    }
}

fn wordless(finding: &Finding) -> Finding {
    match turned(finding) {
        Finding::Shown(relation) => Finding::Shown(relation.mirrored()),
        other => other,
    }
}

fn other_side(favoured: &Evidence) -> Option<String> {
    let other = |name: &str| if name == "rust" { "go" } else { "rust" };
    favoured.favours.as_ref().map(|name| other(name.as_str()).to_owned())
}

fn end() -> impl Strategy<Value = Option<AttemptEnd>> {
    let all = AttemptEnd::ALL.to_vec();
    prop_oneof![6 => Just(Some(AttemptEnd::Passed)), 3 => proptest::option::of(proptest::sample::select(all))]
}

/// Four items on each side, a claim on all, one on their count, and one on a slope.
fn tried_and_climbed(
    ends: &[Option<AttemptEnd>],
    steepness: (f64, f64),
    pairs: u32,
    expect: Relation,
    by: u32,
) -> Given {
    let items = ["a", "b", "c", "d"];
    let of_side = |name: &'static str| items.map(|item| passes(item, name));
    let checks = of_side("rust").into_iter().chain(of_side("go")).collect::<Vec<_>>();
    let made = checks.iter().zip(ends).filter_map(|(check, end)| {
        Some(attempt("probe/moves", check.id.as_str(), check.side.as_str(), (*end)?))
    });
    let made: Vec<_> = made.collect();
    let count = Predicate::Count {
        numerator: side("rust"),
        denominator: side("go"),
        expect,
        by,
        experiments: vec![experiment("probe/moves")],
    };
    let count = Claim { predicate: Some(count), ..bare("safety/count", ClaimKind::Static) };
    let claims = vec![all_of(&["probe/moves"]), count, slope_of(expect)];
    let given = Given::of_comparison(world(claims, checks, Vec::new()), PlanMode::Full).saw(made);
    let (rust, go) = steepness;
    climbed(given, 0, pairs, rust * 1024.0, go * 1024.0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn labels_swapped_mirror_every_finding_and_keep_every_verdict(
        runs in runs(),
        expect in prop_oneof![Just(Relation::Below), Just(Relation::Above), Just(Relation::Inside)],
        not_below: bool,
    ) {
        let witness = if not_below { Witness::NotBelow } else { Witness::NotAbove };
        let given = given(expect, witness, &runs);
        let (ours, theirs) = (given.judged(), mirrored(&given).judged());
        prop_assert_eq!(ours.coverage, theirs.coverage);
        for (ours, theirs) in ours.claims.iter().zip(&theirs.claims) {
            prop_assert_eq!(ours.verdict, theirs.verdict, "{}", ours.id);
            for (row, other) in ours.evidence.iter().zip(&theirs.evidence) {
                prop_assert_eq!(turned(&row.finding), wordless(&other.finding));
                prop_assert_eq!(row.pairs, other.pairs);
                prop_assert_eq!(other_side(row), other.favours.as_ref().map(ToString::to_string));
                let product = row.ratio.zip(other.ratio).map(|(one, other)| one * other);
                prop_assert!(product.is_none_or(|product| (product - 1.0).abs() < 1e-9));
                let ends = row.low.zip(other.high).map(|(low, high)| low * high);
                prop_assert!(ends.is_none_or(|product| (product - 1.0).abs() < 1e-9));
            }
        }
    }

    #[test]
    fn labels_swapped_mirror_checks_counts_and_slopes(
        ends in proptest::collection::vec(end(), 8),
        steepness in (0.0..6.0_f64, 0.0..6.0_f64),
        pairs in 0..10_u32,
        expect in prop_oneof![Just(Relation::Below), Just(Relation::Above), Just(Relation::Inside)],
        by in 1..3_u32,
    ) {
        let given = tried_and_climbed(&ends, steepness, pairs, expect, by);
        let (ours, theirs) = (given.judged(), mirrored(&given).judged());
        prop_assert_eq!(ours.coverage, theirs.coverage);
        for (ours, theirs) in ours.claims.iter().zip(&theirs.claims) {
            prop_assert_eq!(ours.verdict, theirs.verdict, "{}: {}", ours.id, ours.reason);
            for (row, other) in ours.attempts.iter().zip(&theirs.attempts) {
                prop_assert_eq!((row.as_said, row.passed, &row.seen), (other.as_said, other.passed, &other.seen));
                prop_assert_ne!(&row.side, &other.side);
            }
            for (row, other) in ours.evidence.iter().zip(&theirs.evidence) {
                prop_assert_eq!(turned(&row.finding), wordless(&other.finding));
                prop_assert_eq!(other_side(row), other.favours.as_ref().map(ToString::to_string));
            }
            if ours.verdict == Some(Verdict::DoesNotHold) {
                let seen = ours.attempts.iter().any(|row| row.as_said.is_some());
                prop_assert!(seen || !ours.evidence.is_empty());
            }
        }
    }

    #[test]
    fn every_set_of_facts_has_a_verdict_and_absence_is_never_negative(runs in runs()) {
        let given = given(Relation::Below, Witness::NotBelow, &runs);
        let judged = given.judged();
        for claim in &judged.claims {
            prop_assert!(claim.verdict.is_some());
            prop_assert!(!claim.reason.is_empty());
            let shown = claim.evidence.iter().any(|row| matches!(row.finding, Finding::Shown(_)));
            if claim.verdict == Some(Verdict::DoesNotHold) {
                prop_assert!(shown, "{}: {}", claim.id, claim.reason);
            }
        }
        let coverage = judged.coverage;
        prop_assert_eq!(
            coverage.claims,
            coverage.run + coverage.documented + coverage.judgement + coverage.not_run
        );
        prop_assert_eq!(judged, given.judged());
    }
}
