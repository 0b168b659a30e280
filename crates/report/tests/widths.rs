//! Text for a terminal is never wider than eighty columns, whatever was judged.

#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod sample;

use proptest::prelude::*;
use report::Style;
use report::verify::{RunView, VerifyDocument, VerifyInput};
use unicode_width::UnicodeWidthStr;

/// Words of people, of tools, and of other scripts.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,14}",
        "[a-z/._-]{1,120}",
        "[0-9.]{1,7}x",
        "[語漢字]{1,50}",
        Just("\u{1b}[31m\n\terror:".to_owned()),
        Just("e\u{301}\u{200d}🦀".to_owned()),
    ];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_wider(
        kept in proptest::collection::vec(any::<bool>(), 17),
        texts in proptest::collection::vec(words(), 34),
        verdicts in proptest::collection::vec(proptest::option::of(0..model::Verdict::ALL.len()), 17),
        slug in "[a-z]{1,90}",
        with_run in any::<bool>(),
        version in "[a-z0-9.]{1,60}",
    ) {
        let (mut comparison, mut judgement, mut facts) =
            (sample::comparison(), sample::judgement(), sample::facts());
        let long: model::ClaimId = format!("speed/{slug}").parse().unwrap();
        for claim in comparison.claims.iter_mut().filter(|c| c.id.as_str() == "speed/json") {
            claim.id = long.clone();
        }
        for (at, claim) in judgement.claims.iter_mut().enumerate() {
            if claim.id.as_str() == "speed/json" {
                claim.id = long.clone();
            }
            claim.reason = texts[at].clone();
            claim.verdict = verdicts[at].map(|index| model::Verdict::ALL[index]);
            claim.conditions = vec![texts[17 + at].clone()];
            for row in &mut claim.evidence {
                row.warnings.push(texts[at].clone());
            }
        }
        let mut keep = kept.iter();
        judgement.claims.retain(|_| *keep.next().unwrap());
        judgement.remarks = texts[..3].to_vec();
        for toolchain in facts.run.environment.toolchains.values_mut() {
            toolchain.language = version.clone();
        }
        let run = with_run.then_some(RunView { facts: &facts, repeat: "evenhand verify", pack: None });
        let document = VerifyDocument::new(&VerifyInput {
            texts: &report::defect::DefectTexts::new(),
            comparison: &comparison,
            judgement: &judgement,
            run,
            version: &version,
            conceal: &[],
        });
        for line in document.text(&Style::plain(), Some("page.html")).lines() {
            prop_assert!(line.width() <= 80, "{} columns: {line}", line.width());
            prop_assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        }
        prop_assert!(document.html().is_ok());
    }
}
