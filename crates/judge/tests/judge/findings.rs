//! One cell: which pairs give which finding.

use judge::Finding;
use model::{Metric, Relation, Seen, Verdict};

use crate::given::{Given, around, repeating, side};

fn cpu() -> Given {
    Given::one(Metric::Cpu, Relation::Below)
}

fn why(finding: Finding) -> String {
    match finding {
        Finding::Inconclusive { why, .. } => why,
        other => panic!("not inconclusive: {other:?}"),
    }
}

#[test]
fn beyond_the_margin_on_either_side_is_shown() {
    let below = cpu().pairs(0, around(0.6, 20));
    assert_eq!(below.finding(), Finding::Shown(Relation::Below));
    assert_eq!(below.row().favours, Some(side("rust")));
    assert_eq!(below.first().verdict, Some(Verdict::Holds));
    let above = cpu().pairs(0, around(1.7, 20));
    assert_eq!(above.finding(), Finding::Shown(Relation::Above));
    assert_eq!(above.row().favours, Some(side("go")));
    assert_eq!(above.first().verdict, Some(Verdict::DoesNotHold));
}

#[test]
fn within_the_margin_is_no_difference_that_matters() {
    let given = cpu().pairs(0, around(1.0, 30));
    assert_eq!(given.finding(), Finding::Shown(Relation::Inside));
    assert_eq!(given.row().favours, None);
    assert_eq!(given.first().verdict, Some(Verdict::NoDifference));
}

#[test]
fn within_the_floor_is_no_difference_however_large_the_ratio() {
    let tiny = around(0.5, 30).into_iter().map(|(a, b)| (a * 0.002, b * 0.002));
    assert_eq!(cpu().pairs(0, tiny).finding(), Finding::Shown(Relation::Inside));
}

#[test]
fn clear_of_no_difference_but_across_the_margin_differs() {
    let given = cpu().pairs(0, repeating(&[1.05, 1.15], 30));
    assert_eq!(given.finding(), Finding::Differs);
    assert_eq!(given.first().verdict, Some(Verdict::Differs));
}

#[test]
fn an_undecided_cell_says_how_many_more_pairs_it_needs() {
    let given = cpu().pairs(0, repeating(&[0.7, 0.9, 0.9, 1.2], 16));
    let Finding::Inconclusive { more_pairs: Some(more), why } = given.finding() else {
        panic!("{:?}", given.finding())
    };
    assert!(more > 1);
    assert!(why.starts_with("about ") && why.ends_with(" more pairs are needed"), "{why}");
    assert_eq!(given.first().verdict, Some(Verdict::Inconclusive));
}

#[test]
fn an_estimate_on_the_margin_will_not_resolve() {
    let ratios = [1.10, 1.10, 1.10, 1.10, 0.9, 1.10, 1.10, 1.10, 1.10, 1.10];
    let given = cpu().pairs(0, repeating(&ratios, 10));
    assert!(matches!(given.finding(), Finding::Inconclusive { more_pairs: None, .. }));
    let told = why(given.finding());
    assert!(told.contains("more pairs will not resolve it"), "{told}");
}

#[test]
fn few_pairs_are_too_few_to_tell() {
    let given = cpu().pairs(0, around(0.5, 5));
    assert_eq!(why(given.finding()), "too few pairs to tell");
    assert_eq!(given.row().pairs, 5);
}

#[test]
fn a_difference_that_changed_while_measuring_is_inconclusive_with_both_thirds() {
    let given = cpu().pairs(0, around(0.5, 30)).pairs(0, around(2.0, 60));
    let told = why(given.finding());
    assert!(told.starts_with("the difference changed while measuring: 0.50x"), "{told}");
    let row = given.row();
    assert_eq!((row.low, row.high), (None, None));
}

#[test]
fn time_outs_are_above_everything_and_have_no_median() {
    let mut given = cpu();
    for (_, go) in around(1.0, 12) {
        given.pair(0, Seen::TimedOut, Seen::Value(go));
    }
    let row = given.row();
    assert_eq!(row.finding, Finding::Shown(Relation::Above));
    assert_eq!((row.ratio, row.high), (None, None));
    assert!(!row.values.contains_key(&side("rust")) && row.values.contains_key(&side("go")));
    assert_eq!(row.warnings, ["12 runs of rust reached the deadline and were ended"]);
}

#[test]
fn crashes_void_pairs_and_are_counted_by_side() {
    let mut given = cpu();
    for (number, (rust, go)) in around(0.6, 30).into_iter().enumerate() {
        let go = if number % 10 == 9 { Seen::Failed } else { Seen::Value(go) };
        given.pair(0, Seen::Value(rust), go);
    }
    let row = given.row();
    assert_eq!(row.finding, Finding::Shown(Relation::Below));
    assert_eq!(row.pairs, 27);
    assert_eq!(row.voids, [(side("go"), 3)].into());
    let told = "3 runs of go failed and their pairs are void; the first: ended with signal 6";
    assert_eq!(row.warnings, [told]);
}

#[test]
fn one_side_that_fails_much_more_often_is_told() {
    let mut given = cpu();
    for (number, (rust, go)) in around(0.6, 40).into_iter().enumerate() {
        let go = if number % 3 == 0 { Seen::Failed } else { Seen::Value(go) };
        given.pair(0, Seen::Value(rust), go);
    }
    let warnings = given.row().warnings;
    assert!(warnings.iter().any(|told| told == "one side fails more often than the other"));
}

#[test]
fn exact_cells_have_a_value_and_no_interval() {
    const MIB: f64 = 1024.0 * 1024.0;
    let size = || Given::one(Metric::Size, Relation::Below);
    let row = size().pairs(0, [(4.0 * MIB, 40.0 * MIB)]).row();
    assert_eq!(row.finding, Finding::Shown(Relation::Below));
    assert_eq!((row.low, row.high, row.level, row.pairs), (None, None, None, 1));
    assert!((row.ratio.unwrap() - 0.1).abs() < 1e-12);
    assert!(row.spread.is_empty());
    let small = size().pairs(0, [(0.4 * MIB, 2.0 * MIB)]);
    assert_eq!(small.finding(), Finding::Shown(Relation::Inside), "below the floor of 5 MiB");
}

#[test]
fn counts_are_compared_by_difference() {
    let count =
        |rust, go| Given::one(Metric::Dependencies, Relation::Above).pairs(0, [(rust, go)]).row();
    let row = count(30.0, 0.0);
    assert_eq!(row.finding, Finding::Shown(Relation::Above));
    assert_eq!((row.ratio, row.difference), (None, Some(30.0)));
    assert_eq!(count(5.0, 0.0).finding, Finding::Shown(Relation::Inside));
}

#[test]
fn an_exact_look_that_failed_says_why() {
    let mut given = Given::one(Metric::Size, Relation::Below);
    given.pair(0, Seen::Value(1.0), Seen::Failed);
    let expected = "every pair is void: go: ended with signal 6".to_owned();
    assert_eq!(given.finding(), Finding::NotRun { why: expected });
    // A later look makes up for it.
    given.pair(0, Seen::Value(1e6), Seen::Value(1e8));
    assert_eq!(given.finding(), Finding::Shown(Relation::Below));
}

#[test]
fn a_declared_number_of_pairs_says_nothing_before_it_is_reached() {
    let build = |n| {
        let pairs = around(0.3, n).into_iter().map(|(rust, go)| (rust * 100.0, go * 100.0));
        Given::one(Metric::BuildClean, Relation::Below).pairs(0, pairs)
    };
    assert_eq!(why(build(5).finding()), "about 3 more pairs are needed");
    assert_eq!(build(5).row().pairs, 5);
    assert_eq!(build(8).finding(), Finding::Shown(Relation::Below));
    assert!(build(8).row().level.unwrap() > 0.99);
    assert_eq!(build(9).row().pairs, 8, "pairs beyond the declared number do not count");
}

#[test]
fn flagged_sources_of_memory_are_told() {
    let pairs = around(0.4, 12).into_iter().map(|(rust, go)| (rust * 1e9, go * 1e9));
    let mut given = Given::one(Metric::Memory, Relation::Below).pairs(0, pairs);
    assert!(given.row().warnings.is_empty());
    for trial in &mut given.facts.trials {
        trial.memory_source = Some(model::MemorySource::FlooredMaxRss);
    }
    assert_eq!(given.row().warnings, ["memory read by floored-maxrss"]);
}
