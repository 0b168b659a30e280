//! One server for each way to fail, or to answer oddly; each must be counted as what it is.

use std::io::Write;
use std::net::TcpListener;
use std::time::Duration;

use load::responder::ResponderOptions;
use load::{Errors, Expect, Golden, Report, Request, Reuse, Schedule};
use sha2::{Digest, Sha256};

use crate::order::{carry_out, get, order};
use crate::responding::Responding;
use crate::server::{Server, Then, always, serve};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

fn drive(server: &Server) -> Report {
    carry_out(&order(server.address))
}

/// Every request of the window failed in one way, and no figure of right answers has any of it.
fn all_failed(report: &Report, kind: impl Fn(&Errors) -> u64) {
    let counts = report.counts;
    assert!(counts.intended > 100, "{counts:?}");
    assert_eq!(kind(&report.errors), counts.intended, "{:?}", report.errors);
    assert_eq!(report.errors.total(), counts.intended, "{:?}", report.errors);
    assert_eq!((counts.right, counts.in_time), (0, 0));
    assert_eq!(report.service.max_ms, 0.0);
    assert!(!report.valid, "nothing was answered");
}

fn all_right(report: &Report) {
    assert!(report.counts.intended > 100, "{report:?}");
    assert_eq!(report.errors, Errors::default());
    assert_eq!(report.counts.right, report.counts.intended);
}

fn expecting(body: &str) -> Request {
    let digest = Sha256::digest(body.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Request { expect: Expect { status: None, body: Golden::Same(hex) }, ..get("/") }
}

#[test]
fn nobody_listens_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let report = carry_out(&order(address));
    all_failed(&report, |errors| errors.refused);
    assert_eq!(report.counts.sent, 0);
}

#[test]
fn a_server_killed_in_the_middle_is_refused_from_then_on() {
    let mut server = Responding::with(&ResponderOptions::default());
    let mut order = order(server.address);
    order.server = Some(server.pid());
    order.schedule = Schedule::Constant { rate: 200.0 };
    order.window.measured = Duration::from_secs(2);
    let killer = std::thread::spawn(move || {
        // Until the drive has begun and gone on for a while.
        std::thread::sleep(Duration::from_millis(1000));
        server.kill();
    });
    let report = carry_out(&order);
    killer.join().unwrap();
    let (counts, errors) = (report.counts, report.errors);
    assert!(counts.right > 0 && errors.refused > 0, "{counts:?} {errors:?}");
    assert_eq!(counts.right + errors.total(), 400, "{errors:?}");
    // At most what was under way is lost in another way.
    assert!(errors.total() - errors.refused <= 8, "{errors:?}");
    assert_eq!(report.server, None);
    assert!(report.invalid_because.iter().any(|fault| fault.contains("metered")), "{report:?}");
}

#[test]
fn a_reset_connection_is_a_reset() {
    all_failed(&drive(&always("", || Then::Reset)), |errors| errors.reset);
}

#[test]
fn half_a_body_is_an_early_end() {
    let server = always("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", || Then::Close);
    all_failed(&drive(&server), |errors| errors.eof);
}

#[test]
fn a_wrong_body_is_a_mismatch_and_a_right_one_is_not() {
    let server = always(OK, || Then::Keep);
    let mut order = order(server.address);
    order.requests = vec![expecting("hullo")];
    all_failed(&carry_out(&order), |errors| errors.body_mismatch);
    order.requests = vec![expecting("hello")];
    all_right(&carry_out(&order));
}

#[test]
fn a_503_is_a_status_unless_it_is_what_is_expected() {
    let server = always("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", || Then::Keep);
    let mut order = order(server.address);
    all_failed(&carry_out(&order), |errors| errors.status);
    order.requests[0].expect.status = Some(503);
    all_right(&carry_out(&order));
}

#[test]
fn a_redirect_is_a_status_and_is_not_followed() {
    let to = "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    let server = serve(move |asked, stream| {
        assert_eq!(asked.what, "GET /");
        let _ = stream.write_all(to.as_bytes());
        Then::Keep
    });
    all_failed(&drive(&server), |errors| errors.status);
}

#[test]
fn silence_is_a_timeout() {
    let server = serve(|_, _| Then::Keep);
    let mut order = order(server.address);
    order.timeout = Duration::from_millis(100);
    order.connections.most = 500;
    all_failed(&carry_out(&order), |errors| errors.timeout);
}

#[test]
fn silence_with_too_few_connections_starves_the_rest() {
    let server = serve(|_, _| Then::Keep);
    let mut order = order(server.address);
    order.timeout = Duration::from_millis(200);
    order.connections.most = 2;
    let report = carry_out(&order);
    let (errors, counts) = (report.errors, report.counts);
    assert_eq!(errors.timeout + errors.starved, counts.intended, "{errors:?}");
    assert!(errors.starved > errors.timeout, "{errors:?}");
    assert!(counts.waited_for_socket > counts.intended / 2, "{counts:?}");
}

#[test]
fn no_answer_by_the_end_is_kept_at_its_age() {
    let server = serve(|_, _| Then::Keep);
    let mut order = order(server.address);
    order.timeout = Duration::from_secs(30);
    order.connections.most = 2;
    let report = carry_out(&order);
    // Both connections were taken in the warm-up and never came back.
    assert_eq!(report.errors.unsent, report.counts.intended);
    assert!(report.response.max_ms > 1000.0, "{:?}", report.response);
    order.connections.most = 500;
    let report = carry_out(&order);
    assert_eq!(report.counts.censored, report.counts.intended);
    assert!(report.response.max_ms > 1000.0, "{:?}", report.response);
    assert!(!report.valid);
}

#[test]
fn garbage_is_no_answer() {
    all_failed(&drive(&always("SSH-2.0-x\r\n", || Then::Keep)), |errors| errors.parse);
    let endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    all_failed(&drive(&always(endless, || Then::Keep)), |errors| errors.parse);
}

#[test]
fn a_closed_keep_alive_connection_is_opened_again() {
    let server = serve(|asked, stream| {
        let _ = stream.write_all(OK.as_bytes());
        if asked.before == 4 { Then::Close } else { Then::Keep }
    });
    let mut order = order(server.address);
    // Far enough apart to see a connection's end before the next request.
    order.schedule = Schedule::Constant { rate: 100.0 };
    order.window.measured = Duration::from_secs(1);
    let report = carry_out(&order);
    assert_eq!(report.counts.intended, 100);
    // Whoever asks in the very moment of the end has lost; nobody else has.
    assert!(report.counts.right >= 90, "{:?}", report.errors);
    assert_eq!(report.counts.right + report.errors.eof + report.errors.reset, 100);
    assert!(server.connections() >= 20, "{}", server.connections());
}

#[test]
fn connection_close_is_obeyed() {
    let bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello";
    // The server would take more.
    let server = always(bytes, || Then::Keep);
    let report = drive(&server);
    all_right(&report);
    let requests = report.counts.intended + report.counts.warm_up;
    assert_eq!(server.connections() as u64, requests);
}

#[test]
fn a_body_may_end_with_the_connection() {
    let server = always("HTTP/1.0 200 OK\r\n\r\nhello", || Then::Close);
    let mut order = order(server.address);
    order.requests = vec![expecting("hello")];
    all_right(&carry_out(&order));
}

#[test]
fn continue_comes_before_the_answer() {
    let server = serve(|asked, stream| {
        let _ = stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        std::thread::sleep(Duration::from_millis(1));
        assert_eq!(asked.body, b"name");
        let _ = stream.write_all(OK.as_bytes());
        Then::Keep
    });
    let mut order = order(server.address);
    order.requests = vec![Request {
        method: "POST".to_owned(),
        headers: vec![("Expect".to_owned(), "100-continue".to_owned())],
        body: "name".to_owned(),
        ..expecting("hello")
    }];
    all_right(&carry_out(&order));
}

#[test]
fn a_chunked_body_is_read_to_its_end() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
        2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
    let server = serve(move |_, stream| {
        for part in chunked.as_bytes().chunks(7) {
            let _ = stream.write_all(part);
        }
        Then::Keep
    });
    let mut order = order(server.address);
    order.requests = vec![expecting("hello")];
    all_right(&carry_out(&order));
    assert!(server.connections() <= 8);
}

#[test]
fn answers_without_a_body_keep_the_connection() {
    let not_modified = "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n";
    let server = always(not_modified, || Then::Keep);
    let mut order = order(server.address);
    order.requests[0].expect.status = Some(304);
    all_right(&carry_out(&order));
    assert!(server.connections() <= 8);

    let server = always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", || Then::Keep);
    order.target.address = server.address;
    order.requests = vec![Request { method: "HEAD".to_owned(), ..get("/") }];
    all_right(&carry_out(&order));
    assert!(server.connections() <= 8);
}

#[test]
fn answers_to_nobody_cost_the_connection_and_no_request() {
    let twice = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n\
        HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    let server = always(twice, || Then::Keep);
    let report = drive(&server);
    all_right(&report);
    assert_eq!(server.connections() as u64, report.counts.intended + report.counts.warm_up);
}

#[test]
fn an_answer_without_end_is_given_up_in_time() {
    let server = serve(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\n\r\n";
        let mut going = stream.write_all(head.as_bytes()).is_ok();
        let piece = vec![b'x'; 1 << 20];
        while going {
            going = stream.write_all(&piece).is_ok();
        }
        Then::Close
    });
    let mut order = order(server.address);
    order.timeout = Duration::from_millis(300);
    order.connections.most = 2;
    let report = carry_out(&order);
    let errors = report.errors;
    assert_eq!(errors.timeout + errors.starved, report.counts.intended, "{errors:?}");
}

#[test]
fn a_connection_for_each_request_is_closed_after_it() {
    let server = serve(|asked, stream| {
        assert!(asked.headers.contains(&"Connection: close".to_owned()), "{asked:?}");
        let _ = stream.write_all(OK.as_bytes());
        Then::Keep
    });
    let mut order = order(server.address);
    order.connections.reuse = Reuse::PerRequest;
    let report = carry_out(&order);
    all_right(&report);
    assert_eq!(server.connections() as u64, report.counts.intended + report.counts.warm_up);
    assert!(report.connect.max_ms > 0.0);
}
