//! Claims on how a metric grows with the size of the case, and claims that say
//! something else of some of their cells.

use judge::{Finding, Subject};
use model::{
    Claim, ClaimKind, Metric, NoteKind, Pairs, PlanMode, Predicate, Profile, Relation, Rung, Seen,
    SlopeSelector, Tier, Verdict,
};

use crate::given::{Given, around, bare, claim, comparison, selector, side};

const KIB: f64 = 1024.0;
const MIB: f64 = 1024.0 * KIB;
const SIZES: [(&str, f64); 3] = [("few", 1_000.0), ("more", 10_000.0), ("only", 20_000.0)];

/// Memory a task: rust's stands so to go's.
pub(crate) fn slope_of(expect: Relation) -> Claim {
    let rung = |(case, size): (&str, f64)| Rung { case: case.parse().unwrap(), size };
    let slope = SlopeSelector {
        workload: "search".parse().unwrap(),
        metric: Metric::Memory,
        rungs: SIZES.map(rung).to_vec(),
        per: "task".to_owned(),
        profile: Profile::ReleasePractice,
        tier: Tier::Idiomatic,
        pairs: 8,
        margin: Some(1.25),
        floor: 256.0,
    };
    let (numerator, denominator) = (side("rust"), side("go"));
    let predicate = Predicate::Slope { numerator, denominator, expect, slope };
    Claim { predicate: Some(predicate), ..bare("concurrency/slope", ClaimKind::Measured) }
}

/// `pairs` of every rung from the bytes a task on each side, with a little noise.
pub(crate) fn climbed(given: Given, first: usize, pairs: u32, rust: f64, go: f64) -> Given {
    let mut given = given;
    for (rung, (_, size)) in SIZES.iter().enumerate() {
        for pair in 0..pairs {
            let noise = |stride: u32| f64::from((pair * stride + rung as u32) % 5) * 2.0 * KIB;
            let rust = Seen::Value(2.0 * MIB + rust * size + noise(3));
            let go = Seen::Value(6.0 * MIB + go * size + noise(2));
            given.pair(first + rung, rust, go);
        }
    }
    given
}

fn ladder(expect: Relation) -> Given {
    Given::of(vec![slope_of(expect)])
}

#[test]
fn slopes_are_compared_and_told_in_their_own_unit() {
    let given = climbed(ladder(Relation::Below), 0, 8, 0.3 * KIB, 2.6 * KIB);
    let (verdict, reason) = given.verdict();
    assert_eq!(verdict, Verdict::Holds);
    let said = "memory of search: rust 0.3 KiB, go 2.6 KiB a task; rust 0.12x of go (0.1";
    assert!(reason.starts_with(said), "{reason}");
    let row = given.row();
    assert_eq!(row.subject, Subject::Slope { metric: Metric::Memory, per: "task".to_owned() });
    assert_eq!((row.case, row.pairs, row.floor), (None, 8, Some(256.0)));
    let go = row.values[&side("go")];
    assert!((go / (2.6 * KIB) - 1.0).abs() < 0.01, "{go}");
    assert_eq!(given.judged().coverage.run, 1);
}

#[test]
fn what_both_sides_hold_from_the_start_is_not_in_the_slope() {
    let given = climbed(ladder(Relation::Inside), 0, 8, 2.6 * KIB, 2.6 * KIB);
    assert_eq!(given.verdict().0, Verdict::Holds);
}

#[test]
fn one_side_twice_as_steep_flips_the_verdict() {
    let verdict = |rust| climbed(ladder(Relation::Below), 0, 8, rust, 3.0 * KIB).verdict().0;
    assert_eq!(verdict(2.0 * KIB), Verdict::Holds);
    assert_eq!(verdict(4.0 * KIB), Verdict::DoesNotHold);
    assert_eq!(verdict(3.0 * KIB), Verdict::NoDifference);
}

#[test]
fn a_difference_below_the_floor_does_not_matter() {
    let given = climbed(ladder(Relation::Below), 0, 8, 0.1 * KIB, 0.3 * KIB);
    assert_eq!(given.verdict().0, Verdict::NoDifference);
}

#[test]
fn what_shrinks_does_not_grow() {
    let mut given = ladder(Relation::Below);
    for (rung, (_, size)) in SIZES.iter().enumerate() {
        for _ in 0..8 {
            let go = Seen::Value(6.0 * MIB + KIB * size);
            given.pair(rung, Seen::Value(90.0 * MIB - 10.0 * size), go);
        }
    }
    assert_eq!(given.row().values[&side("rust")], 0.0);
    assert_eq!(given.verdict().0, Verdict::Holds);
}

#[test]
fn fewer_pairs_than_declared_are_inconclusive() {
    let given = climbed(ladder(Relation::Below), 0, 7, 0.3 * KIB, 2.6 * KIB);
    assert_eq!(given.verdict().0, Verdict::Inconclusive);
    assert!(given.verdict().1.ends_with("about one more pair is needed"), "{}", given.verdict().1);
}

#[test]
fn a_void_pair_of_a_rung_is_made_up_for_by_its_repetition() {
    let mut void = ladder(Relation::Below);
    void.pair(1, Seen::Failed, Seen::Value(7.0 * MIB));
    let given = climbed(void, 0, 8, 0.3 * KIB, 2.6 * KIB);
    assert_eq!(given.verdict().0, Verdict::Holds);
    assert_eq!(given.row().warnings, ["1 run of rust, more gave no value: ended with signal 6"]);
}

#[test]
fn a_ladder_without_a_rung_says_why() {
    let not_run = |given: &Given| match given.finding() {
        Finding::NotRun { why } => {
            assert_eq!(given.verdict().0, Verdict::NotRun);
            why
        }
        other => panic!("{other:?}"),
    };
    let budget = "the budget was spent before its turn; try a longer --budget";
    assert_eq!(not_run(&ladder(Relation::Below)), budget);
    let noted = ladder(Relation::Below).note(NoteKind::Need, Some("go"), "install it");
    assert_eq!(not_run(&noted), "go: install it");
    let mut failing = ladder(Relation::Below);
    for rung in 0..3 {
        for _ in 0..4 {
            failing.pair(rung, Seen::Value(MIB), Seen::Failed);
        }
    }
    assert_eq!(not_run(&failing), "4 runs of go, few gave no value: ended with signal 6");
}

#[test]
fn a_ladder_changed_after_the_run_is_not_judged_by_it() {
    let mut given = climbed(ladder(Relation::Below), 0, 8, 0.3 * KIB, 2.6 * KIB);
    if let Some(Predicate::Slope { slope, .. }) = &mut given.comparison.claims[0].predicate {
        slope.floor = 16.0;
    }
    let why = "this cell or its margin is newer than the run; run it again".to_owned();
    assert_eq!(given.finding(), Finding::NotRun { why });
}

#[test]
fn what_quick_leaves_out_says_so() {
    let mut slow = slope_of(Relation::Below);
    if let Some(Predicate::Slope { slope, .. }) = &mut slow.predicate {
        slope.workload = "trees".parse().unwrap();
    }
    let given = Given::of_comparison(comparison(vec![slow]), PlanMode::Quick);
    let why = "not in --quick; use --full".to_owned();
    assert_eq!(given.finding(), Finding::NotRun { why });
}

#[test]
fn a_rung_that_another_claim_measures_too_disturbs_neither() {
    let memory = || claim("memory/first", Relation::Below, &[("search", Metric::Memory)]);
    let both = Given::of(vec![slope_of(Relation::Below), memory()]);
    let shared = both.cell(3);
    assert_eq!((shared.series.clone(), shared.pairs), (both.cell(2).series, Pairs::Sequential));
    // The rungs have their pairs; the other claim goes on with those of the last.
    let mut both = climbed(both, 0, 8, 0.3 * KIB, 2.6 * KIB);
    let mut alone = Given::of(vec![memory()]);
    alone.facts.trials =
        both.facts.trials.iter().filter(|trial| trial.series == shared.series).cloned().collect();
    let slope = both.first();
    for _ in 0..20 {
        for given in [&mut both, &mut alone] {
            let number = given.facts.run.plan.cells.len() - 1;
            given.pair(number, Seen::Value(40.0 * MIB), Seen::Value(60.0 * MIB));
        }
    }
    assert_eq!(both.first(), slope);
    assert_eq!(both.judged().claims[1], alone.first());
    assert_eq!(both.judged().claims[1].verdict, Some(Verdict::Holds));
}

/// Rust is said to need less memory, and as much time.
fn differently() -> Given {
    let mut memory = selector("hello", Metric::Memory);
    memory.expect = Some(Relation::Below);
    let predicate = Predicate::Ratio {
        numerator: side("rust"),
        denominator: side("go"),
        expect: Relation::Inside,
        cells: vec![selector("search", Metric::Cpu), memory],
    };
    Given::of(vec![Claim { predicate: Some(predicate), ..bare("speed/two", ClaimKind::Measured) }])
}

#[test]
fn each_cell_is_held_against_what_is_said_of_it() {
    let large = |ratio| around(ratio, 40).into_iter().map(|(a, b)| (a * 1e9, b * 1e9));
    let as_said = differently().pairs(0, around(1.0, 40)).pairs(1, large(0.4));
    assert_eq!(as_said.verdict().0, Verdict::Holds);
    let exchanged = differently().pairs(0, around(0.4, 40)).pairs(1, large(1.0));
    assert_eq!(exchanged.verdict().0, Verdict::DoesNotHold);
    let reason = exchanged.verdict().1;
    assert!(reason.contains("no difference that matters in 1 of 2: memory of hello"), "{reason}");
    assert!(reason.contains("the other way in 1 of 2: cpu of search"), "{reason}");
}
