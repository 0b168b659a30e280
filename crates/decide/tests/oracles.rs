//! Scenarios whose answer is known, under twenty-seven ways of asking: how far
//! below the best is nearly as good, how widely carried-over evidence spreads,
//! how sure the weights are.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::path::Path;

use decide::{OutcomeKind, Recommendation, Terms, decide};
use model::Decision;
use model::decision::Found;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../comparisons/rust-vs-go/decisions/scenarios")
}

fn text(scenario: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{scenario}.toml"))).unwrap()
}

fn scenario(name: &str) -> Decision {
    pack::decision::parse(name, &text(name)).unwrap_or_else(|faults| panic!("{faults}"))
}

/// δ × τ × concentration.
fn perturbed() -> Vec<Terms> {
    let mut all = Vec::new();
    for delta in [0.03, 0.05, 0.08] {
        for spread_factor in [0.5, 1.0, 2.0] {
            for concentration in [10.0, 20.0, 60.0] {
                let concentration = Some(concentration);
                all.push(Terms { delta, spread_factor, concentration, draws: 4_000 });
            }
        }
    }
    all
}

/// How many of the twenty-seven say this, and what the others say.
fn stability(
    decision: &Decision,
    expected: impl Fn(&Recommendation) -> bool,
) -> (usize, Vec<String>) {
    let mut others = Vec::new();
    for terms in perturbed() {
        let answer = decide(decision, &Found::default(), &terms);
        if !expected(&answer) {
            let safe: Vec<String> = answer
                .options
                .iter()
                .map(|option| format!("{} {:.2}", option.name, option.safe))
                .collect();
            others.push(format!("{terms:?}: {} {safe:?}", said(&answer)));
        }
    }
    (27 - others.len(), others)
}

fn said(answer: &Recommendation) -> String {
    let choice = answer.outcome.choice.map(|choice| answer.options[choice].name.as_str());
    format!("{} {}", answer.outcome.kind.name(), choice.unwrap_or("nothing"))
}

fn every_time(name: &str, expected: &str) {
    let (times, others) = stability(&scenario(name), |answer| said(answer) == expected);
    assert_eq!(times, 27, "{name}: {others:#?}");
}

#[test]
fn firmware_is_decided_by_a_constraint() {
    every_time("sensor-firmware", "by_constraint rust");
}

#[test]
fn a_control_plane_by_people_who_know_go_is_written_in_it() {
    every_time("control-plane-in-14-weeks", "choose go");
}

#[test]
fn a_codec_for_strangers_is_written_in_rust() {
    every_time("untrusted-codec", "choose rust");
}

#[test]
fn a_small_agent_splits_a_control_plane() {
    every_time("agent-and-control-plane", "choose go (control) + rust (agent)");
}

#[test]
fn where_everything_is_near_its_goal_either_will_do() {
    let decision = scenario("internal-cli");
    let (times, others) = stability(&decision, |answer| answer.outcome.kind == OutcomeKind::Either);
    assert!(times >= 19, "{times}: {others:#?}");
    let (times, others) = stability(&decision, |answer| {
        answer.outcome.kind == OutcomeKind::Either || said(answer).ends_with(" rust")
    });
    assert_eq!(times, 27, "{others:#?}");
}

#[test]
fn four_hundred_cores_are_worth_it_and_not_for_the_tail() {
    every_time("many-cores", "choose rust");
    let answer = decide(&scenario("many-cores"), &Found::default(), &Terms::default());
    let p99: Vec<f64> =
        answer.options.iter().map(|option| option.criteria[1].contributes).collect();
    assert!((p99[0] - p99[1]).abs() < 0.01, "{p99:?}");
}

#[test]
fn eight_cores_are_not() {
    let eight = pack::decision::with(&text("many-cores"), "evidence.cores.go.value=8").unwrap();
    let decision = pack::decision::parse("eight cores", &eight).unwrap();
    let (times, others) = stability(&decision, |answer| !said(answer).ends_with(" rust"));
    assert_eq!(times, 27, "{others:#?}");
}

#[test]
fn two_musts_that_nobody_meets_leave_no_option() {
    every_time("nobody-knows-it", "no_option nothing");
    let answer = decide(&scenario("nobody-knows-it"), &Found::default(), &Terms::default());
    assert_eq!(answer.relax.unwrap().musts.len(), 1, "one must is enough");
}

#[test]
fn where_one_file_is_all_that_matters_either_will_do() {
    let decision = scenario("deployment-only");
    let (times, others) = stability(&decision, |answer| answer.outcome.kind == OutcomeKind::Either);
    assert_eq!(times, 27, "{others:#?}");
}

#[test]
fn what_others_wrote_settles_nothing() {
    let decision = scenario("balanced-service");
    let unsettled = [OutcomeKind::NotSettled, OutcomeKind::Lean];
    let (times, others) = stability(&decision, |answer| unsettled.contains(&answer.outcome.kind));
    assert_eq!(times, 27, "{others:#?}");
    let usual = decide(&decision, &Found::default(), &Terms::default());
    assert_eq!(usual.outcome.kind, OutcomeKind::NotSettled);
    assert!(!usual.next.is_empty(), "what to measure is said");
}

#[test]
fn an_edge_of_one_percent_does_not_outweigh_five_weeks() {
    every_time("narrow-edge", "choose go");
}

#[test]
fn the_stability_of_every_scenario_by_design_is_what_it_was() {
    let mut told = String::new();
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .filter(|name| !name.starts_with("case-"))
        .collect();
    names.sort();
    for name in names {
        let decision = scenario(&name);
        let usual = said(&decide(&decision, &Found::default(), &Terms::default()));
        let (times, _) = stability(&decision, |answer| said(answer) == usual);
        told += &format!("{name}: {usual}, {times} of 27\n");
    }
    insta::assert_snapshot!(told);
}
