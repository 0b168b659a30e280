//! The same side effects, or no numbers.

use judge::{EffectJudged, EffectVerdict};
use model::{Effect, Metric};
use proptest::prelude::*;

use crate::given::{Given, around, side};

fn seen(effect: Effect, a: u64, b: u64) -> Given {
    Given::cpu().pairs(Metric::Cpu, around(0.5, 20)).effect(effect, Some(a), Some(b))
}

fn only(given: &Given) -> EffectJudged {
    let mut effects = given.judged().effects;
    assert_eq!(effects.len(), 1);
    effects.remove(0)
}

fn verdict(effect: Effect, a: u64, b: u64) -> EffectVerdict {
    only(&seen(effect, a, b)).verdict
}

#[test]
fn counts_within_ten_percent_are_the_same() {
    assert_eq!(verdict(Effect::FilesCreated, 100, 110), EffectVerdict::Same);
    assert_eq!(verdict(Effect::FilesCreated, 100, 111), EffectVerdict::Differs);
    assert_eq!(verdict(Effect::Processes, 0, 1), EffectVerdict::Differs);
    assert_eq!(verdict(Effect::Connections, 0, 0), EffectVerdict::Same);
}

#[test]
fn bytes_have_to_lie_apart_by_some_pages_too() {
    assert_eq!(verdict(Effect::BytesWritten, 100, 4196), EffectVerdict::Same);
    assert_eq!(verdict(Effect::BytesWritten, 100, 4197), EffectVerdict::Differs);
    assert_eq!(verdict(Effect::BytesSent, 1 << 30, (1 << 30) + 5000), EffectVerdict::Same);
}

#[test]
fn waiting_for_storage_or_not_always_differs() {
    let mut given = seen(Effect::Syncs, 1, 0);
    given.contract.effects.factor = 1e9;
    let effect = only(&given);
    assert_eq!(effect.verdict, EffectVerdict::Differs);
    assert_eq!(effect.reason.as_deref(), Some("syncs: a 1, b 0"));
    assert_eq!(effect.told[&side("a")], "syncs of a");
    assert!(!effect.told.contains_key(&side("b")));
    let why = given.judged().withheld.unwrap().why;
    assert_eq!(why, ["side effects differ: syncs: a 1, b 0"]);
}

#[test]
fn what_is_allowed_by_name_passes_with_its_reason() {
    let given = seen(Effect::BytesWritten, 0, 1 << 20).allow("bytes_written", "a cache");
    let effect = only(&given);
    assert_eq!(effect.verdict, EffectVerdict::Allowed);
    assert_eq!(effect.reason.as_deref(), Some("a cache"));
    assert_eq!(given.judged().withheld, None);
    let same = seen(Effect::BytesWritten, 5, 5).allow("bytes-written", "a cache");
    assert_eq!(only(&same).verdict, EffectVerdict::Same);
}

#[test]
fn what_cannot_be_seen_is_a_remark_and_withholds_nothing() {
    let given =
        Given::cpu().pairs(Metric::Cpu, around(0.5, 20)).effect(Effect::BytesSent, Some(3), None);
    let judged = given.judged();
    assert_eq!(judged.effects[0].verdict, EffectVerdict::Unseen);
    assert_eq!(judged.effects[0].values[&side("b")], None);
    assert_eq!(judged.withheld, None);
    assert!(judged.remarks.contains(&"bytes-sent unseen: b: no ptrace here".to_owned()));
}

#[test]
fn counts_are_summed_over_the_cases_and_one_unknown_makes_the_sum_unknown() {
    let twice = seen(Effect::Syncs, 3, 3).effect(Effect::Syncs, Some(4), Some(4));
    assert_eq!(only(&twice).values[&side("a")], Some(7));
    let unknown = twice.effect(Effect::Syncs, None, Some(1));
    assert_eq!(only(&unknown).values[&side("a")], None);
}

#[test]
fn effects_that_are_not_asked_for_are_not_judged() {
    let mut given = seen(Effect::Syncs, 1, 0);
    given.contract.effects.look = false;
    assert!(given.judged().effects.is_empty());
    assert_eq!(given.judged().withheld, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(17), ..ProptestConfig::default() })]

    #[test]
    fn exchanged_sides_have_the_same_verdict(a in 0_u64..20_000, b in 0_u64..20_000) {
        for effect in Effect::ALL {
            prop_assert_eq!(verdict(*effect, a, b), verdict(*effect, b, a));
        }
    }
}
