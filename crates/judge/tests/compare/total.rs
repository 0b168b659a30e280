//! Whatever was seen: no panic, no number that is none, and nothing told that is withheld.

use judge::{AnswersVerdict, GuardVerdict, MetricVerdict, base_guards, compare, confirm, guards};
use model::contract::{CaseUse, GuardLimit};
use model::{AnswerOutcome, Aspect, Effect, Margin, Metric, RunEnd, Seen};
use proptest::prelude::*;

use crate::given::{Given, of_a, side, trial};

const METRICS: [Metric; 7] = [
    Metric::Cpu,
    Metric::Wall,
    Metric::Memory,
    Metric::Faults,
    Metric::Size,
    Metric::BuildClean,
    Metric::StartUp,
];

fn seen() -> impl Strategy<Value = Seen> {
    let odd = [0.0, -0.0, -1.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, f64::MAX];
    prop_oneof![
        12 => (0.1..4.0_f64).prop_map(Seen::Value),
        2 => proptest::sample::select(odd.to_vec()).prop_map(Seen::Value),
        1 => Just(Seen::TimedOut),
        1 => Just(Seen::Failed),
    ]
}

type Met = (usize, u32, u32, &'static str, Seen);

fn trials() -> impl Strategy<Value = Vec<Met>> {
    let names = proptest::sample::select(vec!["a", "b", "c", "stranger"]);
    proptest::collection::vec((0..METRICS.len(), 0..30_u32, 0..4_u32, names, seen()), 0..400)
}

fn answers() -> impl Strategy<Value = Vec<(&'static str, &'static str, Aspect, AnswerOutcome)>> {
    let one = (
        proptest::sample::select(vec!["only", "start", "gone"]),
        proptest::sample::select(vec!["a", "b", "c"]),
        proptest::sample::select(Aspect::ALL.to_vec()),
        prop_oneof![
            6 => Just(AnswerOutcome::Same),
            1 => Just(AnswerOutcome::Differs),
            1 => Just(AnswerOutcome::Missing),
        ],
    );
    proptest::collection::vec(one, 0..8)
}

fn counts() -> impl Strategy<Value = Vec<(Effect, Option<u64>, Option<u64>)>> {
    let count =
        || proptest::option::weighted(0.9, prop_oneof![Just(0), Just(u64::MAX), 0..9999_u64]);
    let effects = proptest::sample::select(Effect::ALL.to_vec());
    proptest::collection::vec((effects, count(), count()), 0..4)
}

fn margin() -> impl Strategy<Value = Margin> {
    let factors = proptest::sample::select(vec![1.0, 1.02, 1.5, f64::MAX, 0.5, f64::NAN]);
    let floors = proptest::sample::select(vec![0.0, 0.001, 1e12, -1.0, f64::INFINITY]);
    (factors, floors).prop_map(|(factor, floor)| Margin { factor, floor })
}

fn limit() -> impl Strategy<Value = GuardLimit> {
    let numbers =
        proptest::sample::select(vec![0.0, 0.8, 1.0, 1e300, -1.0, f64::NAN, f64::INFINITY]);
    prop_oneof![
        numbers.clone().prop_map(of_a),
        numbers.prop_map(GuardLimit::Value),
        Just(GuardLimit::Recorded { against: side("nobody") }),
    ]
}

fn world() -> impl Strategy<Value = Given> {
    let end =
        prop_oneof![Just(None), Just(Some(RunEnd::Complete)), Just(Some(RunEnd::Interrupted))];
    (trials(), answers(), counts(), margin(), limit(), any::<bool>(), end).prop_map(
        |(trials, answers, counts, margin, limit, each_case, end)| {
            let given = Given::between(&["a", "b", "c"], &METRICS).case("start", CaseUse::StartUp);
            let mut given = METRICS.iter().fold(given, |given, metric| {
                given.margin(*metric, margin).guard(*metric, limit.clone(), margin)
            });
            given.contract.each_case = each_case;
            let mut given = given.planned();
            for (metric, block, position, of, seen) in trials {
                let cell = given.cell(METRICS[metric]);
                given.facts.trials.push(trial(&cell, (block, position), &side(of), seen));
            }
            for (case, of, aspect, outcome) in answers {
                given = given.answer(case, of, aspect, outcome, None);
            }
            for (effect, a, b) in counts {
                given = given.effect(effect, a, b);
            }
            given.facts.end = end;
            given
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(17), ..ProptestConfig::default() })]

    #[test]
    fn judging_is_total(given in world(), anyway in any::<bool>()) {
        let judged = compare(&given.contract, &given.facts, anyway);
        prop_assert!(!anyway || judged.withheld.is_none());
        prop_assert!(judged.withheld.is_none() || judged.metrics.is_empty());
        let passes = matches!(judged.answers.verdict, AnswersVerdict::Same | AnswersVerdict::Allowed);
        prop_assert!(passes || anyway || judged.withheld.is_some());
        for row in &judged.metrics {
            let told = [row.ratio, row.difference, row.low, row.high];
            prop_assert!(told.iter().flatten().all(|x| x.is_finite()), "{row:?}");
            prop_assert!(row.values.values().all(|x| x.is_finite()));
            prop_assert!(passes || row.marked.is_some());
            prop_assert_eq!(row.why.is_empty(), row.verdict != MetricVerdict::Inconclusive);
        }
        let held = guards(&given.contract, &given.facts, &[], !anyway);
        prop_assert_eq!(held.len(), METRICS.len());
        for one in &held {
            let told = [one.seen, one.low, one.high];
            prop_assert!(told.iter().flatten().all(|x| x.is_finite()), "{one:?}");
            prop_assert!(!one.why.is_empty());
            let again = confirm(one, &held[0]);
            prop_assert!(one.verdict == GuardVerdict::Fails || again.verdict == one.verdict);
        }
        base_guards(&given.contract);
    }

    #[test]
    fn of_a_stranger_contract_nothing_is_told(given in world()) {
        let mut given = given;
        given.contract.sides.clear();
        given.contract.cases.clear();
        let judged = compare(&given.contract, &given.facts, true);
        prop_assert!(judged.metrics.is_empty());
        guards(&given.contract, &given.facts, &[], true);
    }
}
