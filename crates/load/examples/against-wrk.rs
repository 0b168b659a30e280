//! Requests for each processor second of the generator, against wrk on the same servers in the same
//! run: `cargo run --release -p load --example against-wrk [ROUNDS [SECONDS]]`.
//!
//! Both drive 64 connections as fast as they can, in turns; ours as an open loop that is asked for
//! twice of what wrk reaches and falls behind. The servers are the bare responder, where the generator is what there is to see, and
//! hyper, where it waits for the server. At the end the send lag at 2,000 a second. Needs wrk and two
//! processors.

#![expect(clippy::print_stdout, reason = "an example shows its figures")]

use std::convert::Infallible;
use std::io::Write;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use load::responder::ResponderOptions;

use nix::sys::resource::{UsageWho, getrusage};
use pinned::{Serving, between, carry_out, order, tool};

mod pinned;

const CONNECTIONS: u32 = 64;
const HYPER: &str = "--hyper";

fn main() {
    load::enter();
    let mut args = std::env::args().skip(1);
    let first = args.next();
    if first.as_deref() == Some(HYPER) {
        return serve_hyper();
    }
    let rounds: usize = first.map_or(5, |rounds| rounds.parse().expect("a number of rounds"));
    let seconds: u64 = args.next().map_or(4, |seconds| seconds.parse().expect("seconds"));
    let body = "hello".to_owned();
    let options = ResponderOptions { body, ..ResponderOptions::default() };
    compare("bare responder", 1.2, rounds, seconds, || Serving::responder(&options));
    compare("hyper", 0.8, rounds, seconds, || Serving::start(HYPER, ""));
    lag(&Serving::responder(&options));
}

/// Both at the most they can, in turns, so that whatever else the machine does meets both.
fn compare(name: &str, wanted: f64, rounds: usize, seconds: u64, start: impl Fn() -> Serving) {
    let (mut ours, mut wrks) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        let server = start();
        let (wrk, rate) = wrk(&server, seconds);
        let own = own(&server, 2.0 * rate, seconds);
        println!("{name}: round {round}: ours {own:.0}, wrk {wrk:.0} a core-second");
        ours.push(own);
        wrks.push(wrk);
    }
    let (ours, wrks) = (median(ours), median(wrks));
    let ratio = ours / wrks;
    println!("{name}: {ours:.0} against {wrks:.0}: {ratio:.2} times wrk (wanted {wanted})");
}

fn own(server: &Serving, rate: f64, seconds: u64) -> f64 {
    let before = of_children();
    let report = carry_out(&order(server, rate, CONNECTIONS, Duration::from_secs(seconds)));
    let answered = report.counts.right + report.counts.warm_up;
    answered as f64 / (of_children() - before)
}

/// Requests for a core-second, and requests a second.
fn wrk(server: &Serving, seconds: u64) -> (f64, f64) {
    let before = of_children();
    let connections = format!("-c{CONNECTIONS}");
    let (duration, url) = (format!("-d{seconds}s"), format!("http://{}/", server.address));
    let said = tool("wrk", &["-t1", &connections, &duration, &url]).expect("wrk is installed");
    let requests = said.lines().find_map(|line| line.trim().split_once(" requests in "));
    let requests: f64 = requests.and_then(|(count, _)| count.parse().ok()).expect("a count");
    let rate = between(&said, "Requests/sec:", "\n").expect("a rate");
    (requests / (of_children() - before), rate)
}

fn lag(server: &Serving) {
    let report = carry_out(&order(server, 2000.0, CONNECTIONS, Duration::from_secs(5)));
    println!("send lag at 2,000/s: {:?} (p50 wanted below 0.2 ms)", report.lag);
    println!("response at 2,000/s: {:?}", report.response);
    println!("valid: {} {:?}", report.valid, report.invalid_because);
}

/// Processor seconds of all children that have ended.
fn of_children() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("usage of children");
    let (user, system) = (usage.user_time(), usage.system_time());
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds(user) + seconds(system)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

fn serve_hyper() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        writeln!(std::io::stdout(), "{port}").expect("somebody reads the port");
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let _ = stream.set_nodelay(true);
            let answer = |_: Request<Incoming>| async {
                Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"hello"))))
            };
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service_fn(answer));
            tokio::spawn(connection);
        }
    });
}
