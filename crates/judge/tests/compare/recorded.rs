//! Guards against what was recorded, and against the revision a change is based on.

use judge::{GuardJudged, GuardVerdict, RecordedRatio, base_guards, guards};
use model::contract::{Better, GuardLimit, OwnMetric, Pick, Stream};
use model::{Margin, Metric, Scale};

use crate::given::{BARE, Given, around, side};

const TWO_PERCENT: Margin = Margin { factor: 1.02, floor: 0.001 };

fn recorded(ratio: f64, high: Option<f64>) -> RecordedRatio {
    RecordedRatio { guard: "kept".to_owned(), ratio, low: None, high }
}

fn held(
    metric: Metric,
    pairs: Vec<(f64, f64)>,
    known: &[RecordedRatio],
    machine: bool,
) -> GuardJudged {
    let limit = GuardLimit::Recorded { against: side("a") };
    let margin = if metric.is_exact() { BARE } else { TWO_PERCENT };
    let given = Given::of(&[metric]).guard(metric, limit, margin).pairs(metric, pairs);
    guards(&given.contract, &given.facts, known, machine).remove(0)
}

#[test]
fn a_ratio_that_grew_beyond_what_was_recorded_fails() {
    let grown = |ratio| held(Metric::Cpu, around(ratio, 80), &[recorded(0.6, None)], true).verdict;
    assert_eq!(grown(0.5), GuardVerdict::Holds);
    assert_eq!(grown(0.7), GuardVerdict::Fails);
}

#[test]
fn what_was_recorded_is_known_only_as_well_as_its_interval() {
    let judged = held(Metric::Cpu, around(0.7, 80), &[recorded(0.6, Some(0.72))], true);
    assert_eq!((judged.verdict, judged.limit), (GuardVerdict::Holds, Some(0.72)));
}

#[test]
fn without_a_record_for_this_machine_it_is_not_judged() {
    let judged = held(Metric::Cpu, around(0.7, 80), &[], true);
    assert_eq!((judged.verdict, judged.limit), (GuardVerdict::NotJudged, None));
    assert!(judged.why.contains("compare --write"), "{}", judged.why);
    assert_eq!(judged.against, Some(side("a")));
}

#[test]
fn on_a_machine_not_seen_before_only_exact_metrics_are_held_against_a_record() {
    let known = [recorded(0.5, None)];
    let cpu = held(Metric::Cpu, around(0.7, 80), &known, false);
    assert_eq!(cpu.verdict, GuardVerdict::NotJudged);
    assert!(cpu.why.contains("not seen before"), "{}", cpu.why);
    let size = held(Metric::Size, vec![(100.0, 51.0)], &known, false);
    assert_eq!(size.verdict, GuardVerdict::Fails);
}

#[test]
fn sides_measured_together_are_judged_on_any_machine() {
    let limit = GuardLimit::Of { against: side("a"), at_most: 0.8 };
    let given =
        Given::cpu().guard(Metric::Cpu, limit, TWO_PERCENT).pairs(Metric::Cpu, around(0.95, 80));
    let judged = guards(&given.contract, &given.facts, &[], false).remove(0);
    assert_eq!(judged.verdict, GuardVerdict::Fails);
}

fn change(metric: Metric) -> Given {
    let mut given = Given::between(&["base", "head"], &[metric]);
    if let Metric::Own(name) = metric {
        given.contract.own.push(OwnMetric {
            name,
            stream: Stream::Stdout,
            pick: Pick::Json("rows".to_owned()),
            unit: "rows/s".to_owned(),
            better: Better::More,
            scale: Scale::Ratio,
        });
    }
    let given = given.planned();
    given.margin(metric, TWO_PERCENT)
}

fn of_change(metric: Metric, ratio: f64) -> GuardVerdict {
    let mut given = change(metric);
    given.contract.guards = base_guards(&given.contract);
    let given = given.pairs(metric, around(ratio, 80));
    guards(&given.contract, &given.facts, &[], false).remove(0).verdict
}

#[test]
fn a_change_may_cost_nothing_beyond_each_measures_margin() {
    let guards = base_guards(&change(Metric::Cpu).contract);
    assert_eq!(guards.len(), 1);
    assert_eq!((guards[0].name.as_str(), guards[0].margin), ("cpu", TWO_PERCENT));
    assert_eq!(of_change(Metric::Cpu, 1.0), GuardVerdict::Holds);
    assert_eq!(of_change(Metric::Cpu, 1.2), GuardVerdict::Fails);
    assert_eq!(of_change(Metric::Cpu, 0.8), GuardVerdict::Holds);
}

#[test]
fn where_more_is_better_a_change_fails_by_less() {
    let rows = Metric::Own("rows".parse().unwrap());
    assert_eq!(of_change(rows, 1.2), GuardVerdict::Holds);
    assert_eq!(of_change(rows, 0.8), GuardVerdict::Fails);
}

#[test]
fn a_contract_of_other_sides_has_no_base() {
    assert!(base_guards(&Given::cpu().contract).is_empty());
}
