//! Counts that must agree with each other, and reports that must not be believed.

use std::time::Duration;

use crate::order::{
    Connections, Expect, Golden, Order, Pick, Request, Reuse, Schedule, Target, Window, Wire,
};
use crate::report::{Generator, Little, Quantiles, Report};

use super::validity::{Inside, faults};
use super::{Failure, Figures, Tally};

const MS: Duration = Duration::from_millis(1);

/// A second of warm-up and so many seconds that count.
fn order(seconds: u64) -> Order {
    Order {
        target: Target { address: ([127, 0, 0, 1], 80).into(), host: "a".to_owned() },
        wire: Wire::Http,
        requests: vec![Request {
            weight: 1,
            method: "GET".to_owned(),
            path: "/".to_owned(),
            headers: Vec::new(),
            body: String::new(),
            numbers: 0,
            expect: Expect { status: None, body: Golden::Any },
        }],
        schedule: Schedule::Constant { rate: 1.0 },
        window: Window { warm_up: Duration::from_secs(1), measured: Duration::from_secs(seconds) },
        connections: Connections {
            most: 1,
            pick: Pick::Fifo,
            reuse: Reuse::KeepAlive,
            idle: 0,
            slow: 0,
        },
        timeout: Duration::from_secs(5),
        leave_after: None,
        in_time: Some(20 * MS),
        seed: 1,
        processor: None,
        spin: false,
        server: None,
        companions: Vec::new(),
        settle: Duration::ZERO,
        progress: false,
    }
}

/// One right answer for each (instant, milliseconds), told in the order of the events.
fn tallied(seconds: u64, requests: &[(Duration, u32)]) -> Figures {
    let mut tally = Tally::new(&order(seconds));
    let mut events: Vec<(Duration, Duration, bool)> = Vec::new();
    for (intended, took) in requests {
        events.push((*intended, *intended, true));
        events.push((*intended + *took * MS, *intended, false));
    }
    events.sort();
    for (now, intended, comes) in events {
        if comes {
            tally.came(intended, now);
            tally.sent(intended, now, true);
        } else {
            tally.right(intended, intended, now);
        }
    }
    tally.finish()
}

#[test]
fn the_warm_up_is_in_no_figure() {
    let figures = tallied(2, &[(500 * MS, 400), (999 * MS, 10), (1000 * MS, 10), (2500 * MS, 30)]);
    assert_eq!((figures.counts.intended, figures.counts.right), (2, 2));
    assert_eq!((figures.counts.warm_up, figures.counts.in_time), (2, 1));
    assert!((29.9..30.1).contains(&figures.response.max_ms), "{:?}", figures.response);
    let rights: Vec<u64> = figures.slices.iter().map(|slice| slice.right).collect();
    assert_eq!(rights, [1, 1]);
}

#[test]
fn littles_law_holds_within_the_windows_ends() {
    let requests: Vec<(Duration, u32)> =
        (0..3000_u32).map(|n| (n * MS, 5 + n * 7919 % 90)).collect();
    let figures = tallied(2, &requests);
    let (counted, timed) = (figures.little.under_way, figures.little.rate_times_time);
    assert!(counted > 40.0, "{counted}");
    assert!((counted - timed).abs() <= figures.little_noise + 1e-6, "{counted} {timed}");
    // Apart from who was there at the beginning and the end they are the same.
    assert!(figures.little_noise < 0.2 * counted, "{}", figures.little_noise);
}

#[test]
fn a_request_fails_in_one_way_and_is_no_answer() {
    let mut tally = Tally::new(&order(1));
    let at = 1500 * MS;
    tally.came(at, at);
    tally.failed(at, Failure::Eof, at + 700 * MS);
    tally.came(at, at);
    tally.unsent(at, at + 800 * MS);
    tally.came(at, at);
    tally.left(at, at + 20 * MS);
    let figures = tally.finish();
    assert_eq!((figures.errors.eof, figures.errors.unsent, figures.errors.total()), (1, 1, 2));
    assert_eq!((figures.counts.left, figures.counts.right), (1, 0));
    assert_eq!(figures.slices[0].errors, 2);
    // Only who never was sent is kept at its age.
    assert!((799.0..801.0).contains(&figures.response.p50_ms), "{:?}", figures.response);
    assert_eq!(figures.service.max_ms, 0.0);
}

#[test]
fn seconds_are_told_in_order_however_long_the_drive() {
    let requests: Vec<(Duration, u32)> = (0..1000_u32).map(|n| (n * 100 * MS, 1)).collect();
    let slices = tallied(99, &requests).slices;
    assert_eq!(slices.len(), 99);
    for (second, slice) in slices.iter().enumerate() {
        assert_eq!((slice.second as usize, slice.right), (second, 10));
        assert!((0.9..1.1).contains(&slice.p99_ms), "{slice:?}");
    }
}

fn quantiles(p99_ms: f64) -> Quantiles {
    let half = p99_ms / 2.0;
    Quantiles {
        p50_ms: half,
        p90_ms: half,
        p95_ms: half,
        p99_ms,
        p999_ms: p99_ms,
        max_ms: p99_ms,
        mean_ms: half,
    }
}

/// A report that nothing speaks against, and what is known inside.
fn sound() -> (Report, Inside) {
    let figures = tallied(1, &[(1100 * MS, 10), (1200 * MS, 10)]);
    let report = Report {
        schema: 1,
        asked_rate: 2.0,
        achieved_rate: 2.0,
        response: figures.response,
        service: figures.service,
        lag: quantiles(0.1),
        connect: quantiles(0.1),
        errors: figures.errors,
        counts: figures.counts,
        goodput: 2.0,
        little: figures.little,
        slices: figures.slices,
        response_histogram: figures.response_histogram,
        service_histogram: figures.service_histogram,
        server: None,
        interference: crate::report::Interference::default(),
        generator: Generator { cpu_seconds: 0.1, requests_per_core_second: 20.0 },
        valid: true,
        invalid_because: Vec::new(),
        capacity: None,
    };
    let inside = Inside {
        measured_seconds: 1.0,
        spins: false,
        leaves: false,
        kept_waiting: 0.0,
        behind: 0,
        little_noise: 0.0,
        meters: false,
        idle_missing: 0,
    };
    (report, inside)
}

/// What speaks against a sound report after something has been done to it.
fn against(spoil: impl Fn(&mut Report, &mut Inside)) -> String {
    let (mut report, mut inside) = sound();
    spoil(&mut report, &mut inside);
    faults(&report, &inside).join("; ")
}

#[test]
fn a_sound_report_has_nothing_against_it() {
    assert_eq!(against(|_, _| {}), "");
}

#[test]
fn lag_speaks_against_a_report_past_a_quarter_of_the_response_and_never_below_half_a_millisecond() {
    assert_eq!(against(|report, _| report.lag = quantiles(2.4)), "");
    assert!(against(|report, _| report.lag = quantiles(2.6)).contains("too late"));
    let fast = |lag| {
        against(|report, _| {
            report.response = quantiles(0.2);
            report.lag = quantiles(lag);
        })
    };
    assert_eq!(fast(0.4), "");
    assert!(fast(0.6).contains("too late"));
}

#[test]
fn what_is_not_to_be_believed_says_why() {
    assert!(against(|report, _| report.counts.right = 0).contains("no request was answered"));
    assert_eq!(
        against(|report, inside| {
            (report.counts.right, report.counts.left, inside.leaves) = (0, 2, true);
        }),
        ""
    );
    assert!(against(|report, _| report.counts.intended = 0).contains("no request was meant"));
    assert!(against(|_, inside| inside.behind = 1).contains("could not send 50.0 %"));
    assert!(against(|report, _| report.response.p50_ms = 11.0).contains("out of order"));
    let wrong = Little { under_way: 1.0, rate_times_time: 1.1 };
    assert!(against(|report, _| report.little = wrong).contains("Little's law"));
    assert_eq!(
        against(|report, inside| {
            report.little = wrong;
            inside.little_noise = 0.1;
        }),
        ""
    );
    assert!(against(|report, _| report.generator.cpu_seconds = 0.71).contains("71 %"));
    assert_eq!(
        against(|report, inside| {
            report.generator.cpu_seconds = 1.0;
            inside.spins = true;
        }),
        ""
    );
    assert!(against(|_, inside| inside.meters = true).contains("not there to be metered"));
    assert!(against(|_, inside| inside.idle_missing = 3).contains("3 connections"));
    assert!(against(|_, inside| inside.kept_waiting = 0.2).contains("20 %"));
}
