//! Several metrics at once: what one would show by itself may be chance among many.

use judge::{CompareJudgement, MetricVerdict};
use model::{Margin, Metric};

use crate::given::{BARE, Given, around};

const MANY: [Metric; 3] = [Metric::Cpu, Metric::Memory, Metric::StartUp];

/// Seven pairs of one sign and size: an interval that excludes one, barely.
fn barely() -> Vec<(f64, f64)> {
    around(2.0, 7)
}

fn verdict(judged: &CompareJudgement, metric: Metric) -> MetricVerdict {
    judged.metrics.iter().find(|row| row.metric == metric).unwrap().verdict
}

fn given(metrics: &[Metric]) -> Given {
    let metrics =
        metrics.iter().fold(Given::of(metrics), |given, metric| given.margin(*metric, BARE));
    metrics.case("start", model::contract::CaseUse::StartUp).answer(
        "start",
        "b",
        model::Aspect::Output,
        model::AnswerOutcome::Same,
        None,
    )
}

#[test]
fn one_primary_metric_stands_by_its_interval_whatever_is_looked_at_beside() {
    let alone = given(&[Metric::Cpu]).pairs(Metric::Cpu, barely());
    assert_eq!(verdict(&alone.judged(), Metric::Cpu), MetricVerdict::Above);
    let beside = given(&MANY).pairs(Metric::Cpu, barely());
    assert_eq!(verdict(&beside.judged(), Metric::Cpu), MetricVerdict::Above);
}

#[test]
fn among_several_primary_metrics_one_needs_more_evidence() {
    let several = given(&MANY).primary().pairs(Metric::Cpu, barely());
    let judged = several.judged();
    assert_eq!(verdict(&judged, Metric::Cpu), MetricVerdict::Inconclusive);
    let why = "shown by itself, not yet among all the metrics measured";
    assert_eq!(judged.metrics[0].why, why);
    let more = given(&MANY).primary().pairs(Metric::Cpu, around(2.0, 12));
    assert_eq!(verdict(&more.judged(), Metric::Cpu), MetricVerdict::Above);
}

#[test]
fn metrics_that_all_differ_bear_each_other_out() {
    let all = MANY.iter().fold(given(&MANY).primary(), |g, metric| g.pairs(*metric, barely()));
    let judged = all.judged();
    for metric in MANY {
        assert_eq!(verdict(&judged, metric), MetricVerdict::Above, "{metric}");
    }
}

#[test]
fn secondary_metrics_are_judged_among_themselves() {
    let one_of_two = given(&MANY).pairs(Metric::Memory, barely());
    assert_eq!(verdict(&one_of_two.judged(), Metric::Memory), MetricVerdict::Inconclusive);
    let both = one_of_two.pairs(Metric::StartUp, barely());
    assert_eq!(verdict(&both.judged(), Metric::Memory), MetricVerdict::Above);
}

#[test]
fn within_needs_as_much_evidence_as_beyond() {
    let wide = Margin { factor: 1.5, floor: 0.0 };
    let given = |n| {
        let given = MANY.iter().fold(given(&MANY), |given, metric| given.margin(*metric, wide));
        given.primary().pairs(Metric::Cpu, around(1.0, n))
    };
    assert_eq!(verdict(&given(7).judged(), Metric::Cpu), MetricVerdict::Inconclusive);
    assert_eq!(verdict(&given(20).judged(), Metric::Cpu), MetricVerdict::Within);
}

#[test]
fn a_difference_of_unclear_size_needs_it_too() {
    // Every pair shows a difference, about as large as the margin.
    let on_the_margin = Margin { factor: 2.0, floor: 0.0 };
    let given = |primary: bool| {
        let given = given(&MANY).margin(Metric::Cpu, on_the_margin);
        let given = if primary { given.primary() } else { given };
        given.pairs(Metric::Cpu, barely())
    };
    assert_eq!(verdict(&given(false).judged(), Metric::Cpu), MetricVerdict::Differs);
    assert_eq!(verdict(&given(true).judged(), Metric::Cpu), MetricVerdict::Inconclusive);
}

#[test]
fn exact_values_neither_cost_nor_need_anything() {
    let with_size = [Metric::Cpu, Metric::Size];
    let judged = given(&with_size)
        .primary()
        .pairs(Metric::Cpu, barely())
        .pairs(Metric::Size, [(10.0, 11.0)])
        .judged();
    assert_eq!(verdict(&judged, Metric::Cpu), MetricVerdict::Above);
    assert_eq!(verdict(&judged, Metric::Size), MetricVerdict::Above);
}

/// Numbers from 0 to 1 that a seed repeats (SplitMix64).
struct Drawn(u64);

impl Drawn {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A run of about 0.2 s with noise to one side.
    fn run(&mut self) -> f64 {
        0.2 * (1.0 + 0.02 * self.next() + 0.3 * self.next().powi(12))
    }
}

#[test]
fn of_a_program_against_itself_few_runs_show_any_difference_in_any_metric() {
    let metrics = [Metric::Cpu, Metric::Memory, Metric::StartUp];
    let mut drawn = Drawn(20_261_122);
    let runs = 200;
    let differ = |_: &usize| {
        let run = metrics.iter().fold(given(&metrics), |given, metric| {
            let pairs: Vec<(f64, f64)> = (0..60).map(|_| (drawn.run(), drawn.run())).collect();
            given.pairs(*metric, pairs)
        });
        run.judged().metrics.iter().any(|row| row.verdict != MetricVerdict::Inconclusive)
    };
    let wrong = (0..runs).filter(differ).count();
    // Five in a hundred for the primary metric, five for the others together.
    assert!(wrong <= runs / 10, "{wrong} of {runs}");
}
