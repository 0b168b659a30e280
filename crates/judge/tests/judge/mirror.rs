//! With the labels of the sides exchanged, everything found is mirrored.

use judge::{Evidence, Finding};
use model::{Claim, Metric, Predicate, Relation, Seen, Verdict, Witness};
use proptest::prelude::*;

use crate::given::{Given, claim, side, somewhere};

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
    for trial in &mut given.facts.trials {
        let other = if trial.side == side("rust") { "go" } else { "rust" };
        trial.side = side(other);
    }
    given.comparison.claims.iter_mut().for_each(turn);
    for cell in &mut given.facts.run.plan.cells {
        cell.claimed = cell.claimed.mirrored();
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
        Some(Predicate::Fact { .. } | Predicate::All { .. } | Predicate::Lint(_)) | None => {}
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
