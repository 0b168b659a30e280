//! A server that stops 100 ms every second, as ours, wrk and oha see it:
//! `cargo run --release -p load --example stalling [SECONDS]`.
//!
//! Whoever asks during a stop waits for its end: one request in twenty 50 ms or more, one in a hundred
//! 90, one in a thousand 99, plus the time that it takes to serve all who waited. wrk is a closed loop: it asks
//! nothing while it waits, so that few of its requests see a stop. Tools that are not installed are
//! left out. Needs two processors.

#![expect(clippy::print_stdout, reason = "an example shows its figures")]

use std::time::Duration;

use load::responder::{ResponderOptions, Stall};
use load::{Quantiles, Report};

use pinned::{Serving, between, carry_out, order, tool};

mod pinned;

/// How many wait longer, of all requests.
const LONGER: [f64; 3] = [0.05, 0.01, 0.001];

fn main() {
    load::enter();
    let seconds = std::env::args().nth(1).map_or(10, |seconds| seconds.parse().expect("seconds"));
    let most = most();
    println!("{:34} {:>9} {:>9} {:>9}   milliseconds", "", "p95", "p99", "p99.9");
    println!("{:34} {:9.0} a second", "who waited is served at", most);
    for (rate, connections) in [(2000, 512), (2000, 64), (8000, 512), (8000, 64)] {
        println!("\n{rate} a second over {connections} connections");
        let server = stalling();
        let mut order = order(&server, f64::from(rate), connections, Duration::from_secs(seconds));
        // A stop lets the pool grow by what the listener's backlog takes, 128, until it is full.
        order.window.warm_up = Duration::from_millis(5500);
        let report = carry_out(&order);
        row("expected, with the drain", expected(f64::from(rate) / most));
        show("response, from the instant", &report.response);
        show("service, from the send", &report.service);
        drop(server);
        wrk(&stalling(), connections, seconds);
        oha(&stalling(), rate, connections, seconds);
        say(&report);
    }
}

fn stalling() -> Serving {
    let stall = Stall { every: Duration::from_secs(1), lasting: Duration::from_millis(100) };
    Serving::responder(&ResponderOptions {
        body: "hello".to_owned(),
        stall: Some(stall),
        ..ResponderOptions::default()
    })
}

fn show(what: &str, quantiles: &Quantiles) {
    row(what, [quantiles.p95_ms, quantiles.p99_ms, quantiles.p999_ms]);
}

fn row(what: &str, [p95, p99, p999]: [f64; 3]) {
    println!("{what:34} {p95:9.2} {p99:9.2} {p999:9.2}");
}

/// A second has 100 ms of stop; whoever comes `x` after its beginning waits `100 - x`, and for all
/// who came before to be served, which takes `utilisation * x`.
fn expected(utilisation: f64) -> [f64; 3] {
    LONGER.map(|longer| 100.0 - 1000.0 * longer * (1.0 - utilisation))
}

/// Requests a second when all connections are always busy.
fn most() -> f64 {
    let server = Serving::responder(&ResponderOptions::default());
    let report = carry_out(&order(&server, 400_000.0, 64, Duration::from_secs(2)));
    report.generator.requests_per_core_second * report.generator.cpu_seconds / 2.0
}

fn say(report: &Report) {
    let (little, lag) = (report.little, report.lag);
    let (counted, timed) = (little.under_way, little.rate_times_time);
    println!(
        "  lag p50 {} p99 {} ms; {counted:.2} under way, {timed:.2} by rate and time; {:?}",
        lag.p50_ms, lag.p99_ms, report.invalid_because
    );
}

fn wrk(server: &Serving, connections: u32, seconds: u64) {
    let script = std::env::temp_dir().join(format!("quantiles-{}.lua", std::process::id()));
    let lua = "done = function(s, latency, r) io.write(string.format('q95=%d;q99=%d;q999=%d;', \
        latency:percentile(95), latency:percentile(99), latency:percentile(99.9))) end";
    std::fs::write(&script, lua).expect("a script");
    let (connections, duration) = (format!("-c{connections}"), format!("-d{seconds}s"));
    let url = format!("http://{}/", server.address);
    let path = script.display().to_string();
    let said = tool("wrk", &["-t1", &connections, &duration, "-s", &path, &url]);
    let _ = std::fs::remove_file(&script);
    let Some(said) = said else { return };
    let at = |name| between(&said, name, ";").map_or(f64::NAN, |micros| micros / 1000.0);
    row("wrk, as fast as it can", [at("q95="), at("q99="), at("q999=")]);
}

fn oha(server: &Serving, rate: u32, connections: u32, seconds: u64) {
    let (rate, connections) = (format!("-q{rate}"), format!("-c{connections}"));
    let (duration, url) = (format!("-z{seconds}s"), format!("http://{}/", server.address));
    for (what, corrected) in [("oha", false), ("oha --latency-correction", true)] {
        let mut args = vec!["--no-tui", "--output-format", "json", &rate, &connections, &duration];
        args.extend(corrected.then_some("--latency-correction"));
        args.push(&url);
        let Some(said) = tool("oha", &args) else { return };
        let said: serde_json::Value = serde_json::from_str(&said).unwrap_or_default();
        let at = |name| said["latencyPercentiles"][name].as_f64().unwrap_or(f64::NAN) * 1000.0;
        row(what, [at("p95"), at("p99"), at("p99.9")]);
    }
}
