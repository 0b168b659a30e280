//! What has to hold.

use judge::{GuardJudged, GuardVerdict, confirm};
use model::contract::{CaseUse, GuardLimit};
use model::{AnswerOutcome, Aspect, Margin, Metric, Seen};

use crate::given::{BARE, Given, around, of_a, side, times};

const TWO_PERCENT: Margin = Margin { factor: 1.02, floor: 0.001 };

fn cpu(ratio: f64, limit: f64, margin: Margin) -> GuardJudged {
    Given::cpu()
        .guard(Metric::Cpu, of_a(limit), margin)
        .pairs(Metric::Cpu, around(ratio, 80))
        .guarded()
}

fn verdict(ratio: f64, limit: f64) -> GuardVerdict {
    cpu(ratio, limit, TWO_PERCENT).verdict
}

#[test]
fn at_most_four_fifths_holds_below_and_fails_beyond() {
    assert_eq!(verdict(0.61, 0.8), GuardVerdict::Holds);
    assert_eq!(verdict(0.95, 0.8), GuardVerdict::Fails);
    assert_eq!(verdict(1.5, 1.0), GuardVerdict::Fails);
}

#[test]
fn a_value_on_the_limit_holds_for_the_margin_is_beyond_it() {
    let tight = Given::cpu()
        .guard(Metric::Cpu, of_a(0.8), Margin { factor: 1.10, floor: 0.0 })
        .pairs(Metric::Cpu, around(0.8, 80));
    assert_eq!(tight.guarded().verdict, GuardVerdict::Holds);
    let over_by_five = Given::cpu()
        .guard(Metric::Cpu, of_a(0.8), Margin { factor: 1.10, floor: 0.0 })
        .pairs(Metric::Cpu, around(0.84, 80));
    assert_eq!(over_by_five.guarded().verdict, GuardVerdict::Holds);
}

#[test]
fn on_the_edge_of_the_margin_it_is_inconclusive() {
    assert_eq!(verdict(0.816, 0.8), GuardVerdict::Inconclusive);
    let few =
        Given::cpu().guard(Metric::Cpu, of_a(0.8), TWO_PERCENT).pairs(Metric::Cpu, around(2.0, 3));
    assert_eq!(few.guarded().verdict, GuardVerdict::Inconclusive);
}

#[test]
fn beyond_the_factor_but_not_the_floor_holds() {
    let floor = |floor| cpu(0.95, 0.8, Margin { factor: 1.02, floor }).verdict;
    assert_eq!(floor(0.001), GuardVerdict::Fails);
    assert_eq!(floor(0.5), GuardVerdict::Holds);
}

#[test]
fn the_words_have_the_ratio_the_limit_and_the_margin() {
    let judged = cpu(0.95, 0.8, TWO_PERCENT);
    assert!((judged.seen.unwrap() - 0.95).abs() < 0.02);
    assert!(judged.low.unwrap() > 0.8 && judged.high.unwrap() < 1.0);
    assert_eq!((judged.limit, judged.pairs), (Some(0.8), 80));
    assert!((judged.values[&side("a")] - 0.2).abs() < 0.01);
    assert!(judged.why.starts_with("b 0.9"), "{}", judged.why);
    let end = "at most 0.8x and beyond that 2 % and 1 ms: beyond the limit and its margin";
    assert!(judged.why.ends_with(end), "{}", judged.why);
    assert!(judged.why.contains("x of a ("), "{}", judged.why);
}

#[test]
fn an_absolute_size_is_held_to_the_byte() {
    let size = |b, limit| {
        Given::of(&[Metric::Size])
            .guard(Metric::Size, GuardLimit::Value(limit), BARE)
            .pairs(Metric::Size, [(1.0, b)])
            .guarded()
    };
    assert_eq!(size(4096.0, 4096.0).verdict, GuardVerdict::Holds);
    let over = size(4097.0, 4096.0);
    assert_eq!(over.verdict, GuardVerdict::Fails);
    assert_eq!((over.seen, over.low, over.against), (Some(4097.0), None, None));
    assert_eq!(over.why, "b 4.0 KiB, at most 4.0 KiB: beyond the limit and its margin");
    assert_eq!(size(0.0, 0.0).verdict, GuardVerdict::Holds);
    assert_eq!(size(1.0, 0.0).verdict, GuardVerdict::Fails);
}

#[test]
fn an_absolute_peak_of_memory_is_held_by_its_interval() {
    let mib = 1024.0 * 1024.0;
    let memory = |limit| {
        Given::of(&[Metric::Memory])
            .guard(
                Metric::Memory,
                GuardLimit::Value(limit * mib),
                Margin { factor: 1.05, floor: mib },
            )
            .pairs(Metric::Memory, times(around(0.5, 40), 500.0 * mib))
            .guarded()
    };
    assert_eq!(memory(60.0).verdict, GuardVerdict::Holds);
    let over = memory(40.0);
    assert_eq!(over.verdict, GuardVerdict::Fails);
    assert!(over.low.unwrap() < 50.0 * mib && over.high.unwrap() > 49.0 * mib);
    assert!(over.why.contains("MiB"), "{}", over.why);
}

#[test]
fn an_absolute_time_is_not_judged() {
    let given = Given::cpu()
        .guard(Metric::Cpu, GuardLimit::Value(0.1), TWO_PERCENT)
        .pairs(Metric::Cpu, around(1.0, 40));
    let judged = given.guarded();
    assert_eq!(judged.verdict, GuardVerdict::NotJudged);
    assert!(judged.why.contains("depends on the machine"), "{}", judged.why);
}

#[test]
fn counts_are_bound_by_a_ratio_and_their_floor() {
    let faults = |b| {
        Given::of(&[Metric::Faults])
            .guard(Metric::Faults, of_a(2.0), Margin { factor: 1.25, floor: 100.0 })
            .pairs(Metric::Faults, [(1000.0, b); 40])
            .guarded()
            .verdict
    };
    assert_eq!(faults(2000.0), GuardVerdict::Holds);
    assert_eq!(faults(3000.0), GuardVerdict::Fails);
    assert_eq!(faults(0.0), GuardVerdict::Holds);
}

#[test]
fn a_guard_between_two_later_sides_uses_the_pairs_of_their_blocks() {
    let mut given = Given::between(&["a", "b", "c"], &[Metric::Cpu]);
    let cell = given.cell(Metric::Cpu);
    for block in 0..40 {
        for (place, (of, value)) in [("a", 1.0), ("b", 3.0), ("c", 2.0)].into_iter().enumerate() {
            let at = (block, place as u32);
            let trial = crate::given::trial(&cell, at, &side(of), Seen::Value(value));
            given.facts.trials.push(trial);
        }
    }
    let of_c = |at_most| GuardLimit::Of { against: side("c"), at_most };
    let judged = given.clone().guard(Metric::Cpu, of_c(1.0), TWO_PERCENT).guarded();
    assert_eq!(judged.verdict, GuardVerdict::Fails);
    assert!((judged.seen.unwrap() - 1.5).abs() < 1e-9);
    assert_eq!(
        given.guard(Metric::Cpu, of_c(1.6), TWO_PERCENT).guarded().verdict,
        GuardVerdict::Holds
    );
}

#[test]
fn what_was_not_measured_is_not_judged_and_says_why() {
    let wall = Given::cpu().guard(Metric::Wall, of_a(1.0), TWO_PERCENT).guarded();
    assert_eq!(wall.verdict, GuardVerdict::NotJudged);
    assert_eq!(wall.why, "wall is not measured; add a [[metric]] for it");
    let empty = Given::cpu().guard(Metric::Cpu, of_a(1.0), TWO_PERCENT).guarded();
    assert_eq!(empty.verdict, GuardVerdict::NotJudged);
    assert!(empty.why.contains("budget"), "{}", empty.why);
    let mut failing = Given::cpu().guard(Metric::Cpu, of_a(1.0), TWO_PERCENT);
    for _ in 0..5 {
        failing.pair(Metric::Cpu, Seen::Value(1.0), Seen::Failed);
    }
    assert!(failing.guarded().why.starts_with("every pair is void"));
}

#[test]
fn a_case_by_itself_is_judged_if_it_was_measured_by_itself() {
    let of_big = |each| {
        let mut given = Given::cpu().guard(Metric::Cpu, of_a(1.0), TWO_PERCENT);
        given.contract.guards[0].case = Some("only".parse().unwrap());
        given.contract.each_case = each;
        given.case("big", CaseUse::Measured).pairs(Metric::Cpu, around(2.0, 40)).guarded()
    };
    assert_eq!(of_big(true).verdict, GuardVerdict::Fails);
    let judged = of_big(false);
    assert_eq!(judged.verdict, GuardVerdict::NotJudged);
    let why = "cpu of only is not measured by itself; `each-case = true` does";
    assert_eq!(judged.why, why);
}

#[test]
fn programs_that_do_not_do_the_same_are_not_judged() {
    let given = Given::cpu()
        .guard(Metric::Cpu, of_a(1.0), TWO_PERCENT)
        .pairs(Metric::Cpu, around(0.1, 40))
        .answer("only", "b", Aspect::Output, AnswerOutcome::Differs, None);
    let judged = given.guarded();
    assert_eq!(judged.verdict, GuardVerdict::NotJudged);
    assert!(judged.why.starts_with("answers differ"), "{}", judged.why);
}

#[test]
fn a_guard_fails_only_if_a_second_set_says_so_too() {
    let (fails, holds) = (cpu(0.95, 0.8, TWO_PERCENT), cpu(0.61, 0.8, TWO_PERCENT));
    let open = cpu(0.816, 0.8, TWO_PERCENT);
    let both = confirm(&fails, &fails);
    assert_eq!(both.verdict, GuardVerdict::Fails);
    assert!(both.why.contains("a second set says so too"), "{}", both.why);
    let once = confirm(&fails, &holds);
    assert_eq!(once.verdict, GuardVerdict::Holds);
    assert!(once.notice.unwrap().starts_with("beyond its limit once and not seen again"));
    assert_eq!(confirm(&fails, &open).verdict, GuardVerdict::Inconclusive);
    assert_eq!(confirm(&holds, &fails), holds);
}

#[test]
fn no_guard_of_a_program_against_itself_fails_within_two_percent() {
    for seed in 0..20 {
        let pairs: Vec<(f64, f64)> =
            around(1.0, 40).into_iter().cycle().skip(seed).take(40).collect();
        let given = Given::cpu().guard(Metric::Cpu, of_a(1.0), TWO_PERCENT);
        let judged = given.pairs(Metric::Cpu, pairs).guarded();
        assert_ne!(judged.verdict, GuardVerdict::Fails, "{seed}");
    }
}
