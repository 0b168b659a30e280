//! Text of a comparison is never wider than eighty columns, whatever was judged.

#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod compare_sample;

use compare_sample as sample;
use judge::{EffectVerdict, MetricVerdict};
use proptest::prelude::*;
use report::Style;
use unicode_width::UnicodeWidthStr;

/// Words of people, of tools, and of other scripts.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,14}",
        "[a-z/._-]{1,120}",
        "[0-9.]{1,7}x",
        "[語漢字]{1,50}",
        Just("\u{1b}[31m\n\t  error:".to_owned()),
        Just("e\u{301}\u{200d}🦀\u{2028}".to_owned()),
    ];
    proptest::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

const VERDICTS: [MetricVerdict; 5] = [
    MetricVerdict::Above,
    MetricVerdict::Below,
    MetricVerdict::Within,
    MetricVerdict::Differs,
    MetricVerdict::Inconclusive,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_wider(
        which in 0..10_usize,
        texts in proptest::collection::vec(words(), 6),
        verdict in 0..VERDICTS.len(),
        own in "[a-z]{24}",
        side in "[a-z]{1,40}",
        numbers in proptest::collection::vec(proptest::option::of(-1e18..1e18_f64), 4),
        more_pairs in proptest::option::of(any::<u64>()),
    ) {
        let (_, mut sample) = sample::all().swap_remove(which);
        let judgement = &mut sample.judgement;
        judgement.remarks = vec![texts[0].clone()];
        for case in judgement.answers.first.iter_mut().chain(&mut judgement.answers.by_case) {
            case.told = texts[1].clone();
        }
        for effect in &mut judgement.effects {
            effect.reason = Some(texts[2].clone());
            effect.told.insert(sample::id("rust"), texts[3].clone());
            effect.verdict = if texts[2].len() % 2 == 0 { EffectVerdict::Differs } else { EffectVerdict::Allowed };
        }
        for row in judgement.metrics.iter_mut().take(2) {
            row.metric = model::Metric::Own(sample::id(&own));
            row.numerator = sample::id(&side);
            row.verdict = VERDICTS[verdict];
            (row.ratio, row.difference, row.low, row.high) = (numbers[0], numbers[1], numbers[2], numbers[3]);
            row.why = texts[4].clone();
            row.more_pairs = more_pairs;
            row.unit_label = Some(texts[5].clone());
            row.marked = Some(texts[4].clone());
            row.warnings = vec![texts[5].clone()];
        }
        let document = sample.document();
        for line in document.text(&Style::plain()).lines() {
            prop_assert!(line.width() <= 80, "{} columns: {line}", line.width());
            prop_assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        }
        prop_assert!(document.html().is_ok());
        prop_assert!(document.json().is_ok());
        prop_assert_eq!(document.csv().lines().count(), document.metrics.len() + 1);
    }
}
