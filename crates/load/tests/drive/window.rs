//! What a report says of a drive that goes well, and of one that was ordered in a special way.

use std::collections::HashSet;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hdrhistogram::Histogram;
use hdrhistogram::serialization::Deserializer;
use load::responder::ResponderOptions;
use load::{Expect, Golden, Line, Pick, Request, Schedule, Wire};
use sha2::{Digest, Sha256};

use crate::order::{carry_out, get, order, output, refusal};
use crate::responding::Responding;
use crate::server::{Then, always, serve};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

fn bare() -> Responding {
    Responding::with(&ResponderOptions { body: "hello".to_owned(), ..ResponderOptions::default() })
}

#[test]
fn every_request_of_the_window_is_counted_once() {
    let server = bare();
    let mut order = order(server.address);
    order.schedule = Schedule::Constant { rate: 500.0 };
    let report = carry_out(&order);
    let counts = report.counts;
    assert_eq!((counts.intended, counts.sent, counts.right), (250, 250, 250));
    assert_eq!(counts.warm_up, 25);
    assert_eq!((report.asked_rate, report.goodput), (500.0, 500.0));
    assert!((480.0..=500.0).contains(&report.achieved_rate), "{}", report.achieved_rate);
    let response = report.response;
    assert!(0.0 < response.p50_ms && response.p50_ms <= response.p99_ms, "{response:?}");
    assert!(response.p99_ms <= response.max_ms, "{response:?}");
    assert!(report.service.mean_ms <= response.mean_ms, "{report:?}");
}

/// Two connections and 10 ms an answer are 200 a second at most; what is sent when the window is over
/// was not achieved in it.
#[test]
fn what_is_sent_after_the_window_is_not_its_rate() {
    let server = Responding::with(&ResponderOptions {
        delay: Duration::from_millis(10),
        ..ResponderOptions::default()
    });
    let mut order = order(server.address);
    order.schedule = Schedule::Constant { rate: 400.0 };
    order.connections.most = 2;
    let report = carry_out(&order);
    assert!(report.counts.sent > 130, "{:?}", report.counts);
    assert!(report.achieved_rate < 230.0, "{}", report.achieved_rate);
}

#[test]
fn the_same_seed_asks_the_same() {
    let drive = |seed| {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&asked);
        let server = serve(move |asked, stream| {
            told.lock().unwrap().push(asked.what.clone());
            let _ = stream.write_all(OK.as_bytes());
            Then::Keep
        });
        let mut order = order(server.address);
        order.seed = seed;
        order.requests = vec![
            Request { numbers: 1000, weight: 3, ..get("/item/{n}") },
            Request { method: "DELETE".to_owned(), ..get("/all") },
        ];
        carry_out(&order);
        let mut asked = asked.lock().unwrap().clone();
        // Two connections may overtake each other.
        asked.sort();
        asked
    };
    let once = drive(1);
    assert!(once.len() > 100);
    assert_eq!(drive(1), once);
    assert_ne!(drive(2), once);
    let deletes = once.iter().filter(|what| *what == "DELETE /all").count();
    assert!(deletes > once.len() / 8 && deletes < once.len() / 2, "{deletes}");
}

#[test]
fn a_number_stands_in_path_and_body_and_has_its_own_right_answer() {
    let server = serve(|asked, stream| {
        let number = asked.what.strip_prefix("PUT /item/").unwrap();
        assert_eq!(asked.body, format!("<{number}/{number}>").as_bytes());
        let length = number.len();
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{number}");
        let _ = stream.write_all(answer.as_bytes());
        Then::Keep
    });
    let hex = |number: u32| {
        let digest = Sha256::digest(number.to_string());
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let mut order = order(server.address);
    order.requests = vec![Request {
        method: "PUT".to_owned(),
        body: "<{n}/{n}>".to_owned(),
        numbers: 120,
        expect: Expect { status: Some(200), body: Golden::PerNumber((0..120).map(hex).collect()) },
        ..get("/item/{n}")
    }];
    let report = carry_out(&order);
    assert_eq!((report.errors.total(), report.counts.right), (0, report.counts.intended));
}

#[test]
fn a_server_process_is_metered() {
    let server = bare();
    let mut order = order(server.address);
    order.server = Some(server.pid());
    order.schedule = Schedule::Poisson { rate: 2000.0 };
    let report = carry_out(&order);
    let used = report.server.expect("it is there");
    assert!(used.cpu_seconds > 0.0 && used.cpu_seconds < 1.5, "{used:?}");
    // Answers that came in the window: of what was meant in it some come after it, and some came
    // that were meant before.
    let came = used.cpu_seconds * 1e6 / used.cpu_us_per_request;
    let (right, before) = (report.counts.right as f64, report.counts.warm_up as f64);
    assert!((came - came.round()).abs() < 1e-3, "{came}");
    assert!(came > right * 0.5 && came <= right + before, "{came} of {right} and {before}");
    assert!(used.peak_memory >= used.settled_memory && used.settled_memory > 100_000, "{used:?}");
    assert!(used.switches > 0 && used.threads == 1, "{used:?}");
    assert!(report.slices[0].server_memory > 100_000);
}

#[test]
fn progress_is_a_line_a_second_and_the_last_line_is_the_report() {
    let server = bare();
    let mut order = order(server.address);
    order.progress = true;
    order.window.measured = Duration::from_millis(2500);
    let lines: Vec<Line> =
        output(&order).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [Line::Progress(a), Line::Progress(b), Line::Progress(c), Line::Report(report)] =
        lines.as_slice()
    else {
        panic!("{lines:?}")
    };
    assert_eq!([a.second, b.second, c.second], [0, 1, 2]);
    assert_eq!(report.slices.len(), 3);
    let sum = |of: fn(&load::Slice) -> u64| report.slices.iter().map(of).sum::<u64>();
    assert_eq!(sum(|slice| slice.intended), report.counts.intended);
    assert_eq!(sum(|slice| slice.right), report.counts.right);
}

#[test]
fn histograms_can_be_read_by_other_tools() {
    use base64::Engine as _;
    let server = bare();
    let report = carry_out(&order(server.address));
    let bytes =
        base64::engine::general_purpose::STANDARD.decode(&report.response_histogram).unwrap();
    let histogram: Histogram<u64> = Deserializer::new().deserialize(&mut bytes.as_slice()).unwrap();
    assert_eq!(histogram.len(), report.counts.right);
    let p99 = histogram.value_at_quantile(0.99) as f64 / 1000.0;
    assert_eq!(p99, report.response.p99_ms);
}

#[test]
fn clients_that_leave_are_no_errors_and_close_their_connections() {
    let server = serve(|_, stream| {
        std::thread::sleep(Duration::from_millis(200));
        let _ = stream.write_all(OK.as_bytes());
        Then::Keep
    });
    let mut order = order(server.address);
    order.leave_after = Some(Duration::from_millis(20));
    order.connections.most = 100;
    let report = carry_out(&order);
    assert_eq!((report.counts.left, report.errors.total()), (report.counts.intended, 0));
    assert_eq!(server.connections() as u64, report.counts.intended + report.counts.warm_up);
}

#[test]
fn what_comes_late_is_right_but_no_goodput() {
    let delay = Duration::from_millis(50);
    let server = Responding::with(&ResponderOptions { delay, ..ResponderOptions::default() });
    let mut order = order(server.address);
    order.connections.most = 200;
    order.in_time = Some(Duration::from_millis(40));
    let report = carry_out(&order);
    assert_eq!(report.counts.right, report.counts.intended);
    assert_eq!((report.counts.in_time, report.goodput), (0, 0.0));
}

#[test]
fn connections_are_opened_as_they_are_needed() {
    let used = |pick| {
        let served = Arc::new(Mutex::new(HashSet::new()));
        let told = Arc::clone(&served);
        let server = serve(move |_, stream| {
            told.lock().unwrap().insert(stream.peer_addr().unwrap());
            let _ = stream.write_all(OK.as_bytes());
            Then::Keep
        });
        let mut order = order(server.address);
        order.connections.pick = pick;
        order.connections.most = 20;
        // All of them are needed at once, and then one at a time.
        order.schedule = Schedule::Burst { rate: 0.0, size: 20, every: Duration::from_millis(250) };
        carry_out(&order);
        let number = served.lock().unwrap().len();
        (server.connections(), number)
    };
    for pick in [Pick::Fifo, Pick::Lifo] {
        let (connections, used) = used(pick);
        assert!((2..=20).contains(&connections), "{connections}");
        assert_eq!(used, connections);
    }
}

#[test]
fn idle_and_slow_clients_stand_beside() {
    let server = always(OK, || Then::Keep);
    let mut order = order(server.address);
    order.connections.idle = 10;
    order.connections.slow = 5;
    let report = carry_out(&order);
    assert_eq!((report.counts.right, report.errors.total()), (report.counts.intended, 0));
    // The accepting thread may not have counted them all the moment they are there.
    let beside = server.connections() - 15;
    assert!((1..=8).contains(&beside), "{beside}");
}

#[test]
fn spinning_is_exact_and_costs_the_processor() {
    let server = bare();
    let mut order = order(server.address);
    order.spin = true;
    let spinning = carry_out(&order);
    order.spin = false;
    let sleeping = carry_out(&order);
    assert!(spinning.generator.cpu_seconds > 2.0 * sleeping.generator.cpu_seconds);
    assert_eq!(spinning.counts.right, sleeping.counts.right);
}

#[test]
fn resp_is_spoken_too() {
    let (address, _server) = redis_like();
    let mut order = order(address);
    order.wire = Wire::Resp;
    let digest = Sha256::digest(b"$1\r\n7\r\n");
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let get = |words: &str| Request { method: words.to_owned(), ..get("") };
    order.requests = vec![
        Request { numbers: 9, ..get("GET {n}") },
        Request { expect: Expect { status: None, body: Golden::Same(hex) }, ..get("GET 7") },
    ];
    let report = carry_out(&order);
    assert_eq!((report.counts.right, report.errors.total()), (report.counts.intended, 0));
    order.requests = vec![get("PUT 7")];
    let report = carry_out(&order);
    assert_eq!(report.errors.status, report.counts.intended);
}

/// Answers `GET x` with `x`, and everything else with an error.
fn redis_like() -> (std::net::SocketAddr, std::thread::JoinHandle<()>) {
    use std::io::Read;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let serve = |mut stream: std::net::TcpStream| {
        let mut bytes = [0; 1024];
        while let Ok(length @ 1..) = stream.read(&mut bytes) {
            let command = String::from_utf8_lossy(&bytes[..length]).into_owned();
            let words: Vec<&str> = command.split("\r\n").collect();
            let answer = match words.as_slice() {
                ["*2", "$3", "GET", size, key, ""] => format!("{size}\r\n{key}\r\n"),
                _ => "-ERR unknown\r\n".to_owned(),
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    };
    let accept = move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream));
        }
    };
    (address, std::thread::spawn(accept))
}

#[test]
fn an_order_that_makes_no_sense_is_refused_with_its_reason() {
    let sound = order(([127, 0, 0, 1], 9).into());
    let mut order = sound.clone();
    order.connections.most = 0;
    assert!(refusal(&order).starts_with("connections: "), "{}", refusal(&order));
    order = sound.clone();
    order.requests[0].path = "/a b".to_owned();
    assert!(refusal(&order).starts_with("path: `/a b`"), "{}", refusal(&order));
    order = sound.clone();
    order.requests[0].expect.body = Golden::Same("12".to_owned());
    assert!(refusal(&order).contains("SHA-256"), "{}", refusal(&order));
    order = sound;
    order.timeout = Duration::from_secs(61);
    assert!(refusal(&order).starts_with("timeout: "), "{}", refusal(&order));
}
