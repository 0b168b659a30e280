//! The search finds the limit of a server whose limit is known, and ends whatever the server does.

use load::capacity::{Reason, Search, Step, StepResult, judge};
use load::{Bound, Capacity, Counts, Errors, Generator, Interference, Little, Quantiles, Report};
use proptest::prelude::*;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};

/// A server of exponential service times at one queue: its time in system is exponential with the
/// mean 1 ∕ (μ − λ), so that its limit at a bound is known.
struct Server {
    per_second: f64,
    /// Spread of a step's quantile, as a share of it.
    noise: f64,
    /// How often a step is slow for no reason.
    hiccups: f64,
    random: ChaCha8Rng,
}

impl Server {
    fn new(per_second: f64, noise: f64, seed: u64) -> Self {
        Self { per_second, noise, hiccups: 0.0, random: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// The rate at which p99 is the bound.
    fn truth(&self, bound: Bound) -> f64 {
        self.per_second - 100.0_f64.ln() / (bound.milliseconds / 1000.0)
    }

    fn drive(&mut self, step: Step) -> Report {
        let spare = self.per_second - step.rate;
        let p99 = if spare > 0.0 { 100.0_f64.ln() / spare } else { f64::INFINITY };
        // Past its limit the queue grows as long as the step lasts.
        let p99_ms = p99.min(step.seconds.as_secs_f64() / 4.0) * 1_000.0;
        let drawn: f64 = StandardNormal.sample(&mut self.random);
        let hiccup = self.random.random_bool(self.hiccups);
        let shaken = p99_ms * (drawn * self.noise).exp();
        report(step, if hiccup { shaken * 100.0 } else { shaken })
    }

    fn search(&mut self, mut search: Search) -> (Capacity, usize) {
        while let Some(step) = search.next() {
            let report = self.drive(step);
            search.tell(&report);
            assert!(search.tried().len() <= 64, "a search without end");
        }
        (search.found().expect("a search that is over has an answer"), search.tried().len())
    }
}

fn report(step: Step, p99_ms: f64) -> Report {
    let intended = (step.rate * step.seconds.as_secs_f64()).ceil() as u64;
    Report {
        schema: 1,
        asked_rate: step.rate,
        achieved_rate: step.rate,
        response: Quantiles {
            p50_ms: p99_ms / 6.64,
            p90_ms: p99_ms / 2.0,
            p95_ms: p99_ms / 1.54,
            p99_ms,
            p999_ms: p99_ms * 1.5,
            max_ms: p99_ms * 2.0,
            mean_ms: p99_ms / 4.6,
        },
        service: Quantiles::default(),
        lag: Quantiles::default(),
        connect: Quantiles::default(),
        errors: Errors::default(),
        counts: Counts {
            intended,
            sent: intended,
            right: intended,
            in_time: intended,
            ..Counts::default()
        },
        goodput: step.rate,
        little: Little::default(),
        slices: Vec::new(),
        response_histogram: String::new(),
        service_histogram: String::new(),
        server: None,
        interference: Interference::default(),
        generator: Generator::default(),
        valid: true,
        invalid_because: Vec::new(),
        capacity: None,
    }
}

fn bound(text: &str) -> Bound {
    text.parse().expect("a bound")
}

fn middle(capacity: &Capacity) -> f64 {
    (capacity.highest_pass * capacity.lowest_fail.expect("it fails somewhere")).sqrt()
}

fn holds(capacity: &Capacity, truth: f64, slack: f64) -> bool {
    capacity.highest_pass <= truth * (1.0 + slack)
        && capacity.lowest_fail.is_some_and(|fail| fail >= truth * (1.0 - slack))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        rng_seed: proptest::test_runner::RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_server_without_noise_is_found_to_five_percent_from_any_start(
        per_second in 1_000.0..60_000.0f64, start in 100.0..60_000.0f64
    ) {
        let bound = bound("p99<20ms");
        let mut server = Server::new(per_second, 0.0, 1);
        let (found, steps) = server.search(Search::new(bound, start, None));
        let truth = server.truth(bound);
        prop_assert!(found.highest_pass < truth && found.lowest_fail.is_some_and(|f| f >= truth));
        prop_assert!(found.lowest_fail.is_some_and(|fail| fail / found.highest_pass <= 1.0501));
        prop_assert!(steps <= 25, "{steps} steps");
    }

    #[test]
    fn a_search_ends_whatever_the_reports_say(
        passes in prop::collection::vec(any::<bool>(), 1..80), ceiling in prop::option::of(10.0..1e6f64)
    ) {
        let mut search = Search::new(bound("p99<20ms"), 1_000.0, ceiling);
        let mut told = passes.iter().cycle();
        while let Some(step) = search.next() {
            prop_assert!(step.rate.is_finite() && step.rate > 0.0);
            prop_assert!(ceiling.is_none_or(|ceiling| step.rate <= ceiling));
            let passed = told.next() == Some(&true);
            search.tell(&report(step, if passed { 1.0 } else { 100.0 }));
            prop_assert!(search.tried().len() <= 64);
        }
        let found = search.found();
        prop_assert!(found.is_some());
        if let Some(Capacity { highest_pass, lowest_fail: Some(fail), .. }) = found {
            prop_assert!(highest_pass < fail);
        }
    }
}

#[test]
fn with_noise_the_interval_has_the_truth_in_most_searches_and_is_never_far() {
    // Share of the truth that a share of noise in p99 is worth: (μ − λ) ∕ λ at the limit.
    for (text, noise, least) in
        [("p99<20ms", 0.15, 0.9), ("p99<2ms", 0.05, 0.8), ("p99<2ms", 0.15, 0.5)]
    {
        let bound = bound(text);
        let (mut inside, searches) = (0, 200);
        let mut middles = Vec::new();
        for seed in 0..searches {
            let mut server = Server::new(10_000.0, noise, seed);
            let (found, _) = server.search(Search::new(bound, 1_500.0, None));
            let truth = server.truth(bound);
            inside += u32::from(holds(&found, truth, 0.0));
            middles.push(middle(&found) / truth);
            assert!(holds(&found, truth, 0.12), "{text} {noise}: {found:?}, truth {truth}");
        }
        let share = f64::from(inside) / searches as f64;
        let pairs = middles.chunks(2).map(|pair| (pair[0] / pair[1]).ln().abs());
        let again = pairs.filter(|apart| *apart <= 1.15_f64.ln()).count() as f64;
        println!("{text}, noise {noise}: {share:.2} inside, {again} of 100 repeated");
        assert!(share >= least, "{text} {noise}: only {share} of the intervals have the truth");
        assert!(again >= 98.0, "{text} {noise}: {again} of 100 repeated within 15 %");
    }
}

#[test]
fn a_hiccup_now_and_then_does_not_lead_a_search_astray() {
    let bound = bound("p99<20ms");
    let (mut close, searches) = (0, 200);
    for seed in 0..searches {
        let mut server = Server { hiccups: 0.05, ..Server::new(10_000.0, 0.1, seed) };
        let (found, steps) = server.search(Search::new(bound, 1_500.0, None));
        close += u32::from(holds(&found, server.truth(bound), 0.06));
        assert!(steps <= 50, "{steps} steps");
    }
    assert!(f64::from(close) >= 0.95 * searches as f64, "{close} of {searches}");
}

#[test]
fn a_server_that_never_passes_has_no_capacity() {
    let mut search = Search::new(bound("p99<20ms"), 1_000.0, None);
    while let Some(step) = search.next() {
        search.tell(&report(step, 50.0));
    }
    let found = search.found().unwrap();
    assert_eq!(found.highest_pass, 0.0);
    assert!(found.lowest_fail.is_some_and(|fail| fail <= 20.0));
    assert!(search.tried().len() <= 12);
}

#[test]
fn a_server_that_never_fails_has_the_ceiling_and_no_fail() {
    let mut search = Search::new(bound("p99<20ms"), 1_000.0, Some(20_000.0));
    while let Some(step) = search.next() {
        search.tell(&report(step, 5.0));
    }
    let found = search.found().unwrap();
    assert_eq!((found.highest_pass, found.lowest_fail), (20_000.0, None));
}

#[test]
fn a_start_past_the_ceiling_begins_at_the_ceiling() {
    let search = Search::new(bound("p99<20ms"), 50_000.0, Some(20_000.0));
    assert_eq!(search.next().unwrap().rate, 20_000.0);
}

#[test]
fn the_ends_of_the_interval_are_confirmed_by_longer_steps() {
    let mut server = Server::new(10_000.0, 0.0, 1);
    let mut search = Search::new(bound("p99<20ms"), 1_500.0, None);
    while let Some(step) = search.next() {
        let report = server.drive(step);
        search.tell(&report);
    }
    let found = search.found().unwrap();
    let short = search.tried()[0].0.seconds;
    for end in [found.highest_pass, found.lowest_fail.unwrap()] {
        let confirming: Vec<_> =
            search.tried().iter().filter(|(step, _)| step.confirms && step.rate == end).collect();
        assert!(confirming.len() >= 2);
        assert!(confirming.iter().all(|(step, _)| step.seconds == short * 3));
    }
}

#[test]
fn a_generator_that_lags_sets_no_limit_to_a_server() {
    let mut search = Search::new(bound("p99<20ms"), 1_000.0, None);
    while let Some(step) = search.next() {
        let mut report = report(step, 10.0);
        report.lag.p99_ms = if step.rate > 5_000.0 { 6.0 } else { 0.1 };
        search.tell(&report);
    }
    let found = search.found().unwrap();
    assert!((4_500.0..=5_000.0).contains(&found.highest_pass), "{found:?}");
    assert_eq!(found.lowest_fail, None);
}

#[test]
fn a_disturbed_fail_is_driven_again_and_a_disturbed_pass_is_not() {
    let mut search = Search::new(bound("p99<20ms"), 1_000.0, None);
    let first = search.next().unwrap();
    let disturbed = |p99_ms| Report {
        interference: Interference { other_processors: 0.6, steal: 0.0 },
        ..report(first, p99_ms)
    };
    search.tell(&disturbed(100.0));
    assert_eq!(search.next(), Some(first));
    search.tell(&disturbed(10.0));
    assert!(search.next().unwrap().rate > first.rate);

    let mut search = Search::new(bound("p99<20ms"), 1_000.0, None);
    for _ in 0..3 {
        assert_eq!(search.next(), Some(first));
        search.tell(&disturbed(100.0));
    }
    assert!(search.next().unwrap().rate < first.rate);
}

#[test]
fn a_step_is_long_enough_for_its_quantile() {
    let seconds =
        |text, rate| Search::new(bound(text), rate, None).next().unwrap().seconds.as_secs();
    assert_eq!(seconds("p99<20ms", 10_000.0), 2);
    assert_eq!(seconds("p99.9<20ms", 2_000.0), 5);
    assert_eq!(seconds("p99.9<20ms", 10.0), 10);
}

fn step() -> Step {
    Search::new(bound("p99<20ms"), 1_000.0, None).next().expect("a first step")
}

#[test]
fn a_step_fails_for_each_of_its_conditions() {
    let good = report(step(), 19.9);
    let judged = |change: &dyn Fn(&mut Report)| {
        let mut report = good.clone();
        change(&mut report);
        judge(bound("p99<20ms"), &report)
    };
    let failed = StepResult::Fail;
    assert_eq!(judged(&|_| {}), StepResult::Pass);
    assert_eq!(judged(&|report| report.response.p99_ms = 20.0), failed(Reason::Slow));
    assert_eq!(judged(&|report| report.errors.timeout = 1), StepResult::Pass);
    assert_eq!(judged(&|report| report.errors.timeout = 2), failed(Reason::Errors));
    assert_eq!(judged(&|report| report.counts.right = 0), failed(Reason::Errors));
    assert_eq!(judged(&|report| report.errors.unsent = 2), failed(Reason::NotSent));
    assert_eq!(judged(&|report| report.achieved_rate *= 0.97), failed(Reason::NotSent));
    assert_eq!(judged(&|report| report.lag.p99_ms = 5.0), failed(Reason::Generator));
    assert_eq!(judged(&|report| report.valid = false), failed(Reason::Generator));
    assert_eq!(judged(&|report| report.counts.intended = 0), failed(Reason::Generator));
}

#[test]
fn a_lagging_generator_does_not_excuse_a_server_that_is_far_too_slow() {
    let mut slow = report(step(), 500.0);
    slow.lag.p99_ms = 6.0;
    assert_eq!(judge(bound("p99<20ms"), &slow), StepResult::Fail(Reason::Slow));
}

#[test]
fn two_searches_may_take_turns() {
    let bound = bound("p99<20ms");
    let mut servers = [Server::new(8_000.0, 0.05, 1), Server::new(16_000.0, 0.05, 2)];
    let mut searches = [Search::new(bound, 2_000.0, None), Search::new(bound, 2_000.0, None)];
    while searches.iter().any(|search| search.next().is_some()) {
        for (search, server) in searches.iter_mut().zip(&mut servers) {
            if let Some(step) = search.next() {
                let report = server.drive(step);
                search.tell(&report);
            }
        }
    }
    let [first, second] = searches.map(|search| middle(&search.found().unwrap()));
    assert!((1.85..2.2).contains(&(second / first)), "{first} and {second}");
}
