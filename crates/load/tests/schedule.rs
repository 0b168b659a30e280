//! Requests are meant when the schedule says, as many as it says, and the same for the same seed.

use std::time::Duration;

use load::{Draws, Expect, Golden, Request, Schedule, Window};
use proptest::prelude::*;

fn window(warm_up: f64, measured: f64) -> Window {
    Window {
        warm_up: Duration::from_secs_f64(warm_up),
        measured: Duration::from_secs_f64(measured),
    }
}

fn between(instants: &[Duration], from: f64, to: f64) -> usize {
    instants.iter().filter(|at| (from..to).contains(&at.as_secs_f64())).count()
}

fn any_rate() -> impl Strategy<Value = f64> {
    prop_oneof![1.0..50.0f64, 50.0..20_000.0f64]
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        any_rate().prop_map(|rate| Schedule::Constant { rate }),
        any_rate().prop_map(|rate| Schedule::Poisson { rate }),
        (0.0..20_000.0f64, any_rate()).prop_map(|(from, to)| Schedule::Ramp { from, to }),
        (any_rate(), 0.0..20_000.0f64).prop_map(|(from, to)| Schedule::Ramp { from, to }),
        prop::collection::vec(any_rate(), 1..6).prop_map(|rates| Schedule::Step { rates }),
        (0.0..2_000.0f64, 1..500u32, 10..900u64).prop_map(|(rate, size, every)| {
            Schedule::Burst { rate, size, every: Duration::from_millis(every) }
        }),
    ]
}

fn fixed() -> ProptestConfig {
    ProptestConfig {
        cases: 96,
        rng_seed: proptest::test_runner::RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(fixed())]

    #[test]
    fn instants_are_in_order_and_inside_the_window(
        schedule in any_schedule(), seed: u64, warm_up in 0.0..1.0f64, measured in 0.2..3.0f64
    ) {
        let window = window(warm_up, measured);
        let instants: Vec<_> = schedule.instants(seed, window).collect();
        prop_assert!(schedule.check().is_ok());
        prop_assert!(instants.is_sorted());
        prop_assert!(instants.iter().all(|at| *at < window.warm_up + window.measured));
    }

    #[test]
    fn the_same_seed_gives_the_same_instants(schedule in any_schedule(), seed: u64) {
        let window = window(0.1, 0.7);
        prop_assert!(schedule.instants(seed, window).eq(schedule.instants(seed, window)));
    }

    #[test]
    fn as_many_are_meant_as_the_asked_rate_says(
        schedule in any_schedule(), seed: u64, warm_up in 0.0..1.0f64, measured in 0.2..3.0f64
    ) {
        let window = window(warm_up, measured);
        let asked = schedule.asked_rate(window) * measured;
        let counted =
            schedule.instants(seed, window).filter(|at| *at >= window.warm_up).count() as f64;
        // Five standard deviations of a Poisson count; an evenly spaced one is off by an end.
        let spread = if let Schedule::Poisson { .. } = schedule { 5.0 * asked.sqrt() } else { 0.0 };
        prop_assert!((counted - asked).abs() <= spread + 1.0 + 1e-6 * asked, "{counted} of {asked}");
    }
}

#[test]
fn a_constant_rate_does_not_drift_in_an_hour() {
    let instants = Schedule::Constant { rate: 30_000.3 }.instants(1, window(0.0, 3_600.0));
    let (mut count, mut last) = (0_u64, Duration::ZERO);
    for at in instants {
        (count, last) = (count + 1, at);
    }
    assert_eq!(count, 108_001_080);
    let meant = (count - 1) as f64 / 30_000.3;
    assert!((last.as_secs_f64() - meant).abs() < 2e-9);
}

#[test]
fn a_constant_rate_starts_at_once_and_keeps_its_distance() {
    let instants: Vec<_> = Schedule::Constant { rate: 4.0 }.instants(1, window(0.0, 1.0)).collect();
    assert_eq!(instants, [0, 250, 500, 750].map(Duration::from_millis));
}

#[test]
fn poisson_gaps_have_the_moments_of_an_exponential() {
    let instants: Vec<_> =
        Schedule::Poisson { rate: 1_000.0 }.instants(7, window(0.0, 200.0)).collect();
    let gaps: Vec<f64> =
        instants.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64() * 1_000.0).collect();
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    let square = gaps.iter().map(|gap| gap * gap).sum::<f64>() / gaps.len() as f64;
    let long = gaps.iter().filter(|gap| **gap > 3.0).count() as f64 / gaps.len() as f64;
    assert!((mean - 1.0).abs() < 0.02, "mean {mean}");
    assert!((square - 2.0).abs() < 0.06, "second moment {square}");
    assert!((long - (-3.0_f64).exp()).abs() < 0.003, "share past three means {long}");
}

#[test]
fn another_seed_gives_other_poisson_instants() {
    let schedule = Schedule::Poisson { rate: 100.0 };
    let window = window(0.0, 1.0);
    assert!(!schedule.instants(1, window).eq(schedule.instants(2, window)));
}

#[test]
fn a_ramp_has_the_area_under_it_at_each_quarter() {
    let instants: Vec<_> =
        Schedule::Ramp { from: 0.0, to: 4_000.0 }.instants(1, window(1.0, 3.0)).collect();
    // 500·t² requests by t.
    for (from, to, meant) in
        [(0.0, 1.0, 500), (1.0, 2.0, 1_500), (2.0, 3.0, 2_500), (3.0, 4.0, 3_500)]
    {
        assert!(between(&instants, from, to).abs_diff(meant) <= 1);
    }
}

#[test]
fn steps_share_the_measured_time_and_the_warm_up_has_the_first() {
    let schedule = Schedule::Step { rates: vec![1_000.0, 6_000.0, 0.0, 1_000.0] };
    let instants: Vec<_> = schedule.instants(1, window(0.5, 2.0)).collect();
    let counted = [(0.0, 0.5), (0.5, 1.0), (1.0, 1.5), (1.5, 2.0), (2.0, 2.5)]
        .map(|(from, to)| between(&instants, from, to));
    for (counted, meant) in counted.into_iter().zip([500, 500, 3_000, 0, 500]) {
        assert!(counted.abs_diff(meant) <= 1, "{counted} of {meant}");
    }
}

#[test]
fn a_burst_comes_at_one_instant_and_the_measured_window_begins_with_one() {
    let every = Duration::from_millis(500);
    let schedule = Schedule::Burst { rate: 10.0, size: 100, every };
    let window = window(0.7, 2.0);
    let instants: Vec<_> = schedule.instants(1, window).collect();
    for at in [200, 700, 1_200, 1_700, 2_200].map(Duration::from_millis) {
        let together = instants.iter().filter(|instant| **instant == at).count();
        assert!((100..=101).contains(&together), "{together} at {at:?}");
    }
    assert_eq!(schedule.asked_rate(window).round(), 210.0);
}

#[test]
fn what_cannot_be_sent_is_refused() {
    let every = Duration::from_secs(1);
    for schedule in [
        Schedule::Constant { rate: 0.0 },
        Schedule::Constant { rate: -1.0 },
        Schedule::Poisson { rate: f64::NAN },
        Schedule::Poisson { rate: f64::INFINITY },
        Schedule::Ramp { from: 0.0, to: 0.0 },
        Schedule::Step { rates: vec![] },
        Schedule::Step { rates: vec![1.0, -1.0] },
        Schedule::Burst { rate: 1.0, size: 0, every },
        Schedule::Burst { rate: 1.0, size: 1, every: Duration::ZERO },
    ] {
        assert!(schedule.check().is_err(), "{schedule:?}");
    }
}

fn request(weight: u32, numbers: u32) -> Request {
    Request {
        weight,
        method: "GET".to_owned(),
        path: "/".to_owned(),
        headers: vec![],
        body: String::new(),
        numbers,
        expect: Expect { status: None, body: Golden::Any },
    }
}

#[test]
fn requests_are_drawn_by_weight_and_numbers_evenly() {
    let requests = [request(8, 10), request(1, 0), request(1, 3)];
    let drawn: Vec<_> = Draws::new(&requests, 3).unwrap().take(100_000).collect();
    let share = |request| {
        drawn.iter().filter(|draw| draw.request == request).count() as f64 / drawn.len() as f64
    };
    for (request, meant) in [(0, 0.8), (1, 0.1), (2, 0.1)] {
        assert!((share(request) - meant).abs() < 0.006, "{request}: {}", share(request));
    }
    for number in 0..10 {
        let count = drawn.iter().filter(|draw| draw.request == 0 && draw.number == Some(number));
        assert!((count.count() as f64 / 8_000.0 - 1.0).abs() < 0.06);
    }
    assert!(drawn.iter().all(|draw| draw.number.is_none() == (draw.request == 1)));
}

#[test]
fn the_same_seed_draws_the_same() {
    let requests = [request(2, 1_000), request(1, 7)];
    let first = Draws::new(&requests, 3).unwrap().take(1_000);
    assert!(first.eq(Draws::new(&requests, 3).unwrap().take(1_000)));
}

#[test]
fn no_request_and_no_weight_are_refused() {
    assert!(Draws::new(&[], 1).is_err());
    assert!(Draws::new(&[request(1, 0), request(0, 0)], 1).is_err());
}
