//! A server that stops 100 ms every second must be seen as its users see it.
//!
//! Whoever asks while it stops waits for the rest of the stop: a tenth of all requests, spread evenly
//! from 0 to 100 ms. So one in twenty waits 50 ms or more, one in a hundred 90 ms, one in a thousand
//! 99 ms. The example `stalling` prints how near the figures come on a quiet machine; here the bounds
//! hold on a busy one too, which can make everything slower and nothing faster.

use std::time::Duration;

use load::Schedule;
use load::responder::{ResponderOptions, Stall};

use crate::order::{carry_out, order};
use crate::responding::Responding;

fn drive(rate: f64, most: u32) -> load::Report {
    let stall = Stall { every: Duration::from_secs(1), lasting: Duration::from_millis(100) };
    let server = Responding::with(&ResponderOptions {
        body: "hello".to_owned(),
        stall: Some(stall),
        ..ResponderOptions::default()
    });
    let mut order = order(server.address);
    order.schedule = Schedule::Poisson { rate };
    // From between two stops to between two.
    order.window.warm_up = Duration::from_millis(1500);
    order.window.measured = Duration::from_secs(3);
    order.connections.most = most;
    carry_out(&order)
}

#[test]
fn a_stop_is_in_the_response_time_of_all_who_wait_for_its_end() {
    let report = drive(2000.0, 512);
    let response = report.response;
    assert_eq!(report.errors.total(), 0);
    assert!(response.p95_ms > 40.0, "{response:?}");
    assert!(response.p99_ms > 80.0, "{response:?}");
    assert!(response.p999_ms > 90.0, "{response:?}");
    assert!(report.little.under_way > 5.0, "{:?}", report.little);
}

#[test]
fn too_few_connections_hide_a_stop_from_the_service_time_only() {
    let report = drive(4000.0, 16);
    let (response, service) = (report.response, report.service);
    assert!(response.p95_ms > 40.0, "{response:?}");
    assert!(service.p95_ms < response.p95_ms / 2.0, "{service:?} {response:?}");
    assert!(report.counts.waited_for_socket > report.counts.intended / 50, "{:?}", report.counts);
}
