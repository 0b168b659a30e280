//! Pairs to verdicts, against a margin.

use judge::MetricVerdict;
use model::contract::{Better, OwnMetric, Pick, Stream};
use model::{Margin, MemorySource, Metric, NoteKind, Scale, Seen, Unit};

use crate::given::{BARE, Given, around, case, side, times};
use model::contract::CaseUse;

fn verdict(ratio: f64) -> MetricVerdict {
    Given::cpu().pairs(Metric::Cpu, around(ratio, 60)).row().verdict
}

#[test]
fn the_interval_against_the_margin_gives_the_verdict() {
    assert_eq!(verdict(0.61), MetricVerdict::Below);
    assert_eq!(verdict(1.64), MetricVerdict::Above);
    assert_eq!(verdict(1.0), MetricVerdict::Within);
}

#[test]
fn a_row_has_both_values_and_the_interval() {
    let row = Given::cpu().pairs(Metric::Cpu, around(0.61, 60)).row();
    assert_eq!((row.numerator.as_str(), row.denominator.as_str()), ("b", "a"));
    assert!((row.ratio.unwrap() - 0.61).abs() < 0.01);
    assert!(row.low.unwrap() < 0.61 && row.high.unwrap() > 0.61);
    assert!((row.values[&side("a")] - 0.2).abs() < 0.01);
    assert!((row.values[&side("b")] - 0.122).abs() < 0.01);
    assert_eq!((row.pairs, row.pairs_seen.len(), row.more_pairs), (60, 60, None));
    assert_eq!((row.margin, row.floor, row.primary), (1.02, 0.001, true));
    assert!(row.pairs_seen[0].0 > row.pairs_seen[0].1, "the denominator's value comes first");
    let places: Vec<u32> = row.by_position[&side("a")].keys().copied().collect();
    assert_eq!(places, [0, 1]);
    assert!(row.why.is_empty() && row.warnings.is_empty());
    assert!((row.level.unwrap() - 0.95).abs() < 1e-9);
}

#[test]
fn a_difference_below_the_floor_does_not_matter() {
    let quick = times(around(0.61, 60), 0.001);
    let with = |margin| Given::cpu().margin(Metric::Cpu, margin).pairs(Metric::Cpu, quick.clone());
    assert_eq!(with(Margin { factor: 1.02, floor: 0.001 }).row().verdict, MetricVerdict::Within);
    assert_eq!(with(Margin { factor: 1.02, floor: 0.0 }).row().verdict, MetricVerdict::Below);
}

#[test]
fn without_a_margin_any_difference_counts_and_none_is_ever_within() {
    let with =
        |ratio, n| Given::cpu().margin(Metric::Cpu, BARE).pairs(Metric::Cpu, around(ratio, n));
    assert_eq!(with(1.03, 200).row().verdict, MetricVerdict::Above);
    assert_eq!(with(1.0, 200).row().verdict, MetricVerdict::Inconclusive);
}

#[test]
fn different_by_an_unclear_amount_is_said_so() {
    let row = Given::cpu()
        .margin(Metric::Cpu, Margin { factor: 1.10, floor: 0.0 })
        .pairs(Metric::Cpu, around(1.10, 60))
        .row();
    assert_eq!(row.verdict, MetricVerdict::Differs);
}

#[test]
fn too_few_pairs_say_how_many_more() {
    let row = Given::cpu().pairs(Metric::Cpu, around(1.3, 3)).row();
    assert_eq!((row.verdict, row.low, row.high), (MetricVerdict::Inconclusive, None, None));
    assert!(!row.why.is_empty());
    let row = Given::cpu().pairs(Metric::Cpu, around(1.01, 12)).row();
    assert_eq!(row.verdict, MetricVerdict::Inconclusive);
    assert!(row.more_pairs.unwrap() > 0);
    assert!(row.why.contains("more pairs"), "{}", row.why);
}

#[test]
fn sizes_are_compared_to_the_byte() {
    let size = |b: f64| Given::of(&[Metric::Size]).pairs(Metric::Size, [(4096.0, b)]).row();
    assert_eq!(size(4096.0).verdict, MetricVerdict::Within);
    assert_eq!(size(4097.0).verdict, MetricVerdict::Above);
    assert_eq!(size(4095.0).verdict, MetricVerdict::Below);
    let row = size(8192.0);
    assert_eq!((row.ratio, row.low, row.level, row.unit), (Some(2.0), None, None, Unit::Bytes));
}

#[test]
fn counts_are_compared_by_difference() {
    let faults = [(10.0, 5010.0); 20];
    let row = Given::of(&[Metric::Faults]).pairs(Metric::Faults, faults).row();
    assert_eq!((row.verdict, row.scale), (MetricVerdict::Above, Scale::Difference));
    assert_eq!((row.ratio, row.difference), (None, Some(5000.0)));
}

fn own(better: Better, scale: Scale, values: &[(f64, f64)]) -> Given {
    let name = "rows".parse().unwrap();
    let mut given = Given::of(&[Metric::Own(name)]);
    given.contract.own.push(OwnMetric {
        name,
        stream: Stream::Stderr,
        pick: Pick::Pattern("rows: (.*)".to_owned()),
        unit: "rows/s".to_owned(),
        better,
        scale,
    });
    given.planned().pairs(Metric::Own(name), values.iter().copied())
}

#[test]
fn above_is_above_also_where_more_is_better() {
    let row = own(Better::More, Scale::Ratio, &[(100.0, 200.0); 20]).row();
    assert_eq!((row.verdict, row.better), (MetricVerdict::Above, Better::More));
    assert_eq!(row.unit_label.as_deref(), Some("rows/s"));
}

#[test]
fn a_number_of_the_users_own_may_be_compared_by_difference() {
    let row = own(Better::Less, Scale::Difference, &[(-3.0, 4.0); 20]).row();
    assert_eq!((row.verdict, row.scale), (MetricVerdict::Above, Scale::Difference));
    assert_eq!((row.ratio, row.difference), (None, Some(7.0)));
}

#[test]
fn a_run_that_told_no_number_of_its_own_is_void_and_said_to_be() {
    let mut given = own(Better::Less, Scale::Ratio, &[(100.0, 200.0); 20]);
    let trial = given.facts.trials.iter_mut().find(|trial| trial.side == side("b")).unwrap();
    trial.values.clear();
    let row = given.row();
    assert_eq!((row.pairs, row.voids[&side("b")]), (19, 1));
    let told = "1 run of b failed and its pair is void: it gave no such value";
    assert_eq!(row.warnings, [told]);
}

#[test]
fn zeros_infinities_and_a_single_pair_are_borne() {
    for (a, b) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (f64::INFINITY, 1.0), (f64::NAN, 1.0)] {
        for n in [1, 40] {
            let judged = Given::cpu().pairs(Metric::Cpu, vec![(a, b); n]).judged();
            for row in judged.metrics {
                let numbers = [row.ratio, row.difference, row.low, row.high];
                assert!(numbers.iter().flatten().all(|x| x.is_finite()), "{a} {b} {row:?}");
            }
        }
    }
    let above = Given::cpu().pairs(Metric::Cpu, [(0.0, 1.0); 40]).row();
    assert_eq!((above.verdict, above.ratio), (MetricVerdict::Above, None));
}

#[test]
fn time_outs_are_large_and_do_not_void() {
    let mut given = Given::cpu();
    for _ in 0..20 {
        given.pair(Metric::Cpu, Seen::Value(0.1), Seen::TimedOut);
    }
    let row = given.row();
    assert_eq!((row.verdict, row.ratio, row.pairs), (MetricVerdict::Above, None, 20));
    assert!(row.warnings[0].contains("reached the deadline"));
}

#[test]
fn a_metric_without_pairs_has_no_row_but_a_remark() {
    let given =
        Given::of(&[Metric::Cpu, Metric::Wall, Metric::Memory]).pairs(Metric::Cpu, around(0.5, 20));
    let judged = given.judged();
    // CPU and wall time share their trials, so here a trial without the one is a void pair.
    assert_eq!(judged.metrics.len(), 1);
    let budget = "no memory: the budget was spent before its turn; try a longer --budget";
    assert!(judged.remarks.contains(&budget.to_owned()), "{:?}", judged.remarks);
    let noted = Given::of(&[Metric::Memory, Metric::Size]).note(
        NoteKind::BuildFailed,
        Some("b"),
        "the build failed",
    );
    assert!(noted.judged().remarks.contains(&"no memory, size: b: the build failed".to_owned()));
}

#[test]
fn sources_of_memory_are_told_a_side() {
    let mib = 1024.0 * 1024.0;
    let mut given =
        Given::of(&[Metric::Memory]).pairs(Metric::Memory, times(around(0.5, 20), 500.0 * mib));
    for trial in given.facts.trials.iter_mut().filter(|trial| trial.side == side("b")) {
        trial.memory_source = Some(MemorySource::Polled);
    }
    let row = given.row();
    assert_eq!(row.memory_source[&side("a")], MemorySource::VmHwm);
    assert_eq!(row.memory_source[&side("b")], MemorySource::Polled);
    assert_eq!(row.warnings, ["memory read by polled"]);
}

#[test]
fn every_side_beyond_the_first_has_a_row_a_metric_and_case() {
    let mut given = Given::between(&["a", "b", "c"], &[Metric::Cpu]);
    given.contract.each_case = true;
    given.contract.cases.push(case("big", CaseUse::Measured));
    let mut given = given.planned();
    for cell in given.contract.cells() {
        for (block, (a, b)) in around(0.5, 20).into_iter().enumerate() {
            for (position, (of, value)) in
                [(&cell.denominator, a), (&cell.numerator, b)].into_iter().enumerate()
            {
                let place = (block as u32, position as u32);
                given.facts.trials.push(crate::given::trial(&cell, place, of, Seen::Value(value)));
            }
        }
    }
    let rows = given.judged().metrics;
    let told: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row.numerator.as_str(), row.case.as_ref().unwrap().as_str()))
        .collect();
    assert_eq!(told, [("b", "only"), ("c", "only"), ("b", "big"), ("c", "big")]);
    assert!(rows.iter().all(|row| row.verdict == MetricVerdict::Below));
}

#[test]
fn exchanged_sides_mirror_the_row() {
    for ratio in [0.3, 0.98, 1.0, 1.07, 2.0] {
        let pairs = around(ratio, 50);
        let one = Given::cpu().pairs(Metric::Cpu, pairs.clone()).row();
        let exchanged = pairs.into_iter().map(|(a, b)| (b, a));
        let other = Given::cpu().pairs(Metric::Cpu, exchanged).row();
        let mirrored = match one.verdict {
            MetricVerdict::Above => MetricVerdict::Below,
            MetricVerdict::Below => MetricVerdict::Above,
            same => same,
        };
        assert_eq!((other.verdict, other.more_pairs), (mirrored, one.more_pairs), "{ratio}");
        assert!((other.ratio.unwrap() * one.ratio.unwrap() - 1.0).abs() < 1e-9);
        assert!((other.low.unwrap() * one.high.unwrap() - 1.0).abs() < 1e-9);
        assert_eq!(other.values[&side("a")], one.values[&side("b")]);
    }
}
