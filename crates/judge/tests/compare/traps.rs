//! Ways in which a comparison by hand goes wrong, each seen for what it is.

use judge::{AnswersVerdict, EffectVerdict, MetricVerdict, compare};
use model::{AnswerOutcome, Aspect, Effect, Metric, Seen, TrialStatus};

use crate::given::{Given, around, side};

fn fast() -> Given {
    Given::cpu().pairs(Metric::Cpu, around(0.5, 20))
}

#[test]
fn a_missing_sync_withholds_the_speed_that_it_buys() {
    let judged = fast().effect(Effect::Syncs, Some(12), Some(0)).judged();
    assert_eq!(judged.effects[0].verdict, EffectVerdict::Differs);
    assert!(judged.metrics.is_empty() && judged.withheld.is_some());
}

#[test]
fn a_fatter_output_is_another_answer() {
    let told = "3.2 MiB, 8 % more than 2.9 MiB";
    let given = fast().answer("only", "b", Aspect::Size, AnswerOutcome::Differs, Some(told));
    let judged = given.judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::Differ);
    assert_eq!(
        judged.withheld.unwrap().why[0],
        "answers differ in 1 of 1 cases, first in only: size of b"
    );
}

fn one_in_ten(status: TrialStatus, runs: u32, of: &str) -> Given {
    let mut given = Given::cpu();
    for (a, b) in around(0.5, runs) {
        given.pair(Metric::Cpu, Seen::Value(a), Seen::Value(b));
    }
    for trial in given.facts.trials.iter_mut().filter(|t| t.side == side(of) && t.block % 10 == 3) {
        trial.status = status;
        trial.detail = Some("exit code 3".to_owned());
    }
    given
}

#[test]
fn a_side_that_fails_in_one_run_of_ten_does_not_give_the_same_answers() {
    for (status, aspect) in
        [(TrialStatus::Crashed, Aspect::Exit), (TrialStatus::WrongAnswer, Aspect::Output)]
    {
        let judged = one_in_ten(status, 80, "b").judged();
        assert_eq!(judged.answers.verdict, AnswersVerdict::Differ);
        let first = judged.answers.first.unwrap();
        assert_eq!((first.side, first.aspect, first.case), (side("b"), aspect, None));
        assert_eq!(first.told, "b failed in 8 of 80 runs, a in 0; the first: exit code 3");
        assert!(judged.metrics.is_empty());
        assert_eq!(judged.withheld.unwrap().why, [first.told]);
    }
}

#[test]
fn the_first_side_may_be_the_one_that_fails() {
    let first = one_in_ten(TrialStatus::Crashed, 80, "a").judged().answers.first.unwrap();
    assert_eq!(first.told, "a failed in 8 of 80 runs, b in 0; the first: exit code 3");
}

#[test]
fn failures_of_both_sides_alike_are_no_difference() {
    let mut given = one_in_ten(TrialStatus::Crashed, 80, "b");
    for trial in given.facts.trials.iter_mut().filter(|t| t.side == side("a") && t.block % 10 == 7)
    {
        trial.status = TrialStatus::Crashed;
    }
    let judged = given.judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::Same);
    assert_eq!(judged.metrics[0].voids, [(side("a"), 8), (side("b"), 8)].into());
}

#[test]
fn failures_are_counted_over_all_that_is_run() {
    // Four in either series: neither would tell by itself.
    let mut given = Given::of(&[Metric::Cpu, Metric::Memory]);
    for metric in [Metric::Cpu, Metric::Memory] {
        for block in 0..20 {
            let b = if block % 5 == 0 { Seen::Failed } else { Seen::Value(1e9) };
            given.pair(metric, Seen::Value(1e9), b);
        }
    }
    let first = given.judged().answers.first.unwrap();
    assert!(first.told.starts_with("b failed in 8 of 40 runs, a in 0"), "{}", first.told);
}

#[test]
fn failures_in_a_case_that_may_differ_are_allowed() {
    let judged = one_in_ten(TrialStatus::Crashed, 80, "b").allow("only", "known").judged();
    assert_eq!(judged.answers.verdict, AnswersVerdict::Same);
    assert_eq!(judged.metrics.len(), 1);
}

#[test]
fn when_every_run_of_a_side_fails_there_is_no_row_even_anyway() {
    let mut given = Given::cpu();
    for _ in 0..20 {
        given.pair(Metric::Cpu, Seen::Value(0.1), Seen::Failed);
    }
    let judged = compare(&given.contract, &given.facts, true);
    assert_eq!(judged.answers.verdict, AnswersVerdict::Differ);
    assert!(judged.metrics.is_empty());
    let void = "no cpu: every pair is void: b: ended with signal 6";
    assert!(judged.remarks.contains(&void.to_owned()), "{:?}", judged.remarks);
}

/// Pairs with three percent on whatever runs first in a block.
fn first_is_slower(n: u32) -> Given {
    let mut given = Given::cpu();
    for (block, (a, b)) in (0..n).map(|i| (i, around(1.0, 11)[(i % 11) as usize])) {
        let calm = |x: f64| 0.2 + (x - 0.2) * 0.05;
        let (a, b) = match block % 2 == 0 {
            true => (calm(a) * 1.03, calm(b)),
            false => (calm(a), calm(b) * 1.03),
        };
        given.pair(Metric::Cpu, Seen::Value(a), Seen::Value(b));
    }
    given
}

#[test]
fn a_place_in_the_block_that_costs_time_moves_no_ratio_and_is_told() {
    let judged = first_is_slower(300).judged();
    let row = &judged.metrics[0];
    assert!((row.ratio.unwrap() - 1.0).abs() < 0.035, "{:?}", row.ratio);
    assert!(!matches!(row.verdict, MetricVerdict::Above | MetricVerdict::Below));
    let remark = "cpu: the program that runs first in a block shows 3.0 % more; the order is \
                  random, so the ratio is not touched";
    assert_eq!(judged.remarks, [remark]);
    let places = &row.by_position[&side("a")];
    assert!((places[&0] / places[&1] - 1.03).abs() < 0.005);
}

/// Ninety pairs in which `b` takes so many times what `a` does, from block to block.
fn changing(ratio: impl Fn(usize) -> f64) -> Given {
    let pairs = around(1.0, 90).into_iter().enumerate().map(|(i, (a, b))| (a, b * ratio(i)));
    Given::cpu().pairs(Metric::Cpu, pairs)
}

#[test]
fn a_side_that_speeds_up_while_measured_is_inconclusive_and_named() {
    let judged = changing(|i| 2.0 - i as f64 / 60.0).judged();
    let row = &judged.metrics[0];
    assert_eq!((row.verdict, row.low, row.high), (MetricVerdict::Inconclusive, None, None));
    assert!(row.why.starts_with("the difference changed while measuring: 1.7"), "{}", row.why);
    let remark = "cpu: b went from 35";
    assert!(judged.remarks.iter().any(|one| one.starts_with(remark)), "{:?}", judged.remarks);
}

#[test]
fn a_difference_that_the_last_half_does_not_show_is_not_told() {
    let judged = changing(|i| if i < 45 { 2.0 } else { 0.7 }).judged();
    let row = &judged.metrics[0];
    assert_eq!(row.verdict, MetricVerdict::Inconclusive);
    let why = "it changed while it was measured: the last half shows 0.70x";
    assert_eq!(row.why, why);
    let remark = "cpu: b went from 400 ms to 140 ms while it was measured";
    assert!(judged.remarks.iter().any(|one| one.starts_with(remark)), "{:?}", judged.remarks);
    // A size that moved is still a difference.
    let row = &changing(|i| if i < 45 { 2.0 } else { 1.6 }).judged().metrics[0];
    assert_eq!(row.verdict, MetricVerdict::Above);
    assert!(row.warnings[0].contains("the last half of the pairs"), "{:?}", row.warnings);
}

#[test]
fn a_machine_that_slows_down_for_both_changes_no_verdict() {
    let slowing = around(0.5, 60)
        .into_iter()
        .enumerate()
        .map(|(i, (a, b))| if i < 30 { (a, b) } else { (a * 3.0, b * 3.0) });
    let judged = Given::cpu().pairs(Metric::Cpu, slowing).judged();
    assert_eq!(judged.metrics[0].verdict, MetricVerdict::Below);
}
