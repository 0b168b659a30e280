//! Orders over TLS and HTTP/2, against hyper's own server.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod server;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use load::hyper_driver::{HYPER_ROLE, OrderOver, Over, Tls, Version, drive};
use load::{
    Connections, Expect, Golden, Order, Pick, Report, Request, Reuse, Schedule, Target, Window,
    Wire, report_of,
};

use server::{Behaviour, Server};

const ROOT: &str = include_str!("certificates/root.pem");
const OTHER_ROOT: &str = include_str!("certificates/other-root.pem");

fn over(version: Version, roots: Option<&str>) -> Over {
    let tls = |roots: &str| Tls { name: "server.test".to_owned(), roots: roots.to_owned() };
    Over { version, tls: roots.map(tls) }
}

/// TLS with either version, and HTTP/2 and HTTP/1.1 without.
fn every_way() -> [Over; 4] {
    [
        over(Version::Http1, Some(ROOT)),
        over(Version::Http2, Some(ROOT)),
        over(Version::Http1, None),
        over(Version::Http2, None),
    ]
}

fn order(server: &Server, rate: f64) -> Order {
    Order {
        target: Target { address: server.address, host: "server.test".to_owned() },
        wire: Wire::Http,
        requests: vec![Request {
            weight: 1,
            method: "GET".to_owned(),
            path: "/items/{n}".to_owned(),
            headers: vec![],
            body: String::new(),
            numbers: 3,
            expect: Expect { status: None, body: Golden::Any },
        }],
        schedule: Schedule::Constant { rate },
        window: Window {
            warm_up: Duration::from_millis(100),
            measured: Duration::from_millis(500),
        },
        connections: Connections {
            most: 16,
            pick: Pick::Fifo,
            reuse: Reuse::KeepAlive,
            idle: 0,
            slow: 0,
        },
        timeout: Duration::from_secs(10),
        leave_after: None,
        in_time: None,
        seed: 3,
        processor: None,
        spin: false,
        server: None,
        companions: vec![],
        settle: Duration::ZERO,
        progress: false,
    }
}

fn driven(order: &Order, over: &Over) -> Report {
    drive(order, over, &mut |_| true).unwrap()
}

/// Nothing went wrong, but for what a machine that is busy with other things had no time for before
/// the drive ended.
fn assert_right(report: &Report, context: &Over) {
    let (counts, errors) = (report.counts, report.errors);
    let late = errors.unsent + errors.starved;
    assert_eq!(errors.total(), late, "{context:?}: {errors:?}");
    assert_eq!(counts.right + counts.censored + late, counts.intended, "{context:?}: {counts:?}");
    assert!(counts.right > 0, "{context:?}: {counts:?}");
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_request_of_the_schedule_is_answered_and_counted() {
    for over in every_way() {
        let server = Server::start(&over, Behaviour::default());
        let mut order = order(&server, 200.0);
        let answers = ["/items/0", "/items/1", "/items/2"].map(sha256);
        order.requests[0].expect.body = Golden::PerNumber(answers.to_vec());
        let report = driven(&order, &over);
        assert_eq!(report.counts.intended, 100, "{over:?}");
        assert_right(&report, &over);
        assert!(report.service.p50_ms <= report.response.p50_ms);
        let requests = server.stop().requests;
        assert!((report.counts.right..=120).contains(&requests), "{over:?}: {requests}");
    }
}

#[test]
fn what_is_not_right_is_an_error_of_its_kind() {
    for over in every_way() {
        let server = Server::start(&over, Behaviour::default());
        let mut other_body = order(&server, 200.0);
        other_body.requests[0].expect.body = Golden::Same(sha256("another"));
        let report = driven(&other_body, &over);
        assert_eq!(report.counts.right, 0, "{over:?}");
        assert!(report.errors.body_mismatch > 0, "{over:?}: {:?}", report.errors);
        let mut other_status = order(&server, 200.0);
        other_status.requests[0].expect.status = Some(201);
        let report = driven(&other_status, &over);
        assert_eq!(report.counts.right, 0, "{over:?}");
        assert!(report.errors.status > 0, "{over:?}: {:?}", report.errors);
    }
}

#[test]
fn http2_carries_many_requests_on_one_connection() {
    let over = over(Version::Http2, Some(ROOT));
    let behaviour = Behaviour { delay: Duration::from_millis(100), ..Behaviour::default() };
    let server = Server::start(&over, behaviour);
    let mut order = order(&server, 200.0);
    order.connections.most = 1;
    let report = driven(&order, &over);
    assert_right(&report, &over);
    // Twenty at once are 200 a second; one at a time were ten.
    assert!(report.counts.right > 20, "{:?}", report.counts);
    // One more was opened to see whether the server speaks h2.
    assert_eq!(server.stop().connections, 2);
}

#[test]
fn http1_has_a_request_wait_where_all_connections_are_taken() {
    let over = over(Version::Http1, Some(ROOT));
    let behaviour = Behaviour { delay: Duration::from_millis(50), ..Behaviour::default() };
    let server = Server::start(&over, behaviour);
    let mut order = order(&server, 200.0);
    order.connections.most = 4;
    let report = driven(&order, &over);
    assert_right(&report, &over);
    assert!(report.counts.waited_for_socket > 50);
    assert!(report.response.p95_ms > 2.0 * report.service.p50_ms, "{:?}", report.response);
    assert!(server.stop().connections <= 5);
}

#[test]
fn a_connection_for_each_request_is_closed_after_it() {
    for over in every_way() {
        let server = Server::start(&over, Behaviour::default());
        let mut order = order(&server, 100.0);
        order.connections.reuse = Reuse::PerRequest;
        let report = driven(&order, &over);
        assert_right(&report, &over);
        let connections = server.stop().connections;
        assert!(connections > report.counts.right, "{over:?}: {connections} connections");
    }
}

#[test]
fn connections_that_the_server_closes_are_opened_again() {
    let over = over(Version::Http1, Some(ROOT));
    let server = Server::start(&over, Behaviour { closes: true, ..Behaviour::default() });
    let report = driven(&order(&server, 100.0), &over);
    assert_right(&report, &over);
    assert!(server.stop().connections > report.counts.right);
}

#[test]
fn no_answer_in_time_is_a_timeout_and_no_answer_before_leaving_is_none() {
    for over in every_way() {
        let behaviour = Behaviour { delay: Duration::from_secs(20), ..Behaviour::default() };
        let server = Server::start(&over, behaviour);
        let mut order = order(&server, 100.0);
        order.connections.most = 64;
        order.timeout = Duration::from_millis(400);
        let report = driven(&order, &over);
        assert_eq!(report.counts.right, 0);
        let late = report.errors.timeout + report.errors.starved;
        assert_eq!(late + report.counts.censored + report.errors.unsent, 50, "{report:?}");
        assert!(late > 0, "{over:?}: {:?}", report.counts);

        order.timeout = Duration::from_secs(10);
        order.leave_after = Some(Duration::from_millis(50));
        let report = driven(&order, &over);
        assert!(report.counts.left > 0, "{over:?}: {:?}", report.counts);
        assert_eq!((report.counts.right, report.errors.timeout), (0, 0), "{over:?}");
    }
}

#[test]
fn a_server_that_is_not_there_refuses_every_request() {
    let over = over(Version::Http2, Some(ROOT));
    let server = Server::start(&over, Behaviour::default());
    let order = order(&server, 100.0);
    server.stop();
    let report = driven(&order, &over);
    assert_eq!(report.errors.refused, 50, "{:?}", report.errors);
    assert!(!report.valid);
}

#[test]
fn what_the_server_cannot_speak_is_told_before_the_drive() {
    let secured = over(Version::Http1, Some(ROOT));
    let server = Server::start(&secured, Behaviour::default());
    let order = order(&server, 100.0);
    let refusal = |over: &Over| drive(&order, over, &mut |_| true).unwrap_err().to_string();
    let untrusted = refusal(&over(Version::Http1, Some(OTHER_ROOT)));
    assert!(untrusted.contains("certificate"), "{untrusted}");
    let older = refusal(&over(Version::Http2, Some(ROOT)));
    assert!(older.contains("speaking to the server"), "{older}");
    let rootless = refusal(&over(Version::Http1, Some("")));
    assert!(rootless.contains("no root to trust"), "{rootless}");
}

#[test]
fn resp_and_slow_clients_are_the_plain_generators() {
    let over = over(Version::Http1, None);
    let server = Server::start(&over, Behaviour::default());
    let mut slow = order(&server, 100.0);
    slow.connections.slow = 1;
    assert!(drive(&slow, &over, &mut |_| true).is_err());
    let mut resp = order(&server, 100.0);
    resp.wire = Wire::Resp;
    assert!(drive(&resp, &over, &mut |_| true).is_err());
}

#[test]
fn idle_connections_stand_beside() {
    let over = over(Version::Http1, Some(ROOT));
    let server = Server::start(&over, Behaviour::default());
    let mut order = order(&server, 100.0);
    order.connections.idle = 20;
    let report = driven(&order, &over);
    assert_right(&report, &over);
    assert!(server.stop().connections >= 22);
}

#[test]
fn a_process_takes_an_order_and_writes_a_report() {
    let over = over(Version::Http2, Some(ROOT));
    let server = Server::start(&over, Behaviour::default());
    let order = order(&server, 100.0);
    let mut process = Command::new(env!("CARGO_BIN_EXE_evenhand-load"))
        .arg(HYPER_ROLE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = serde_json::to_string(&OrderOver { order, over }).unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    let report = report_of(&String::from_utf8(output.stdout).unwrap()).unwrap();
    assert!(report.counts.right > 0, "{:?}", report.errors);
}
