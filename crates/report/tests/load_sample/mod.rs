//! Hand-made drives of servers that do not exist.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::Histogram;
use hdrhistogram::serialization::{Serializer, V2DeflateSerializer};
use load::{
    Capacity, Connections, Counts, Errors, Expect, Generator, Golden, Interference, Little, Order,
    Pick, Quantiles, Report, Request, Reuse, Schedule, ServerUse, Slice, Target, Window, Wire,
};
use model::{CpuLimit, Machine, MemoryLimit};
use report::load::{LoadDocument, LoadInput, SelfChecked, Step};

/// What must not leave the machine of the sample, and what stands for it.
pub(crate) fn conceal() -> [(String, String); 2] {
    [("/home/ada", "~"), ("tower7", "this machine")]
        .map(|(word, stand_in)| (word.to_owned(), stand_in.to_owned()))
}

pub(crate) const PRIVATE: [&str; 2] = ["/home/ada", "tower7"];

/// A drive and what is known beside it.
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) report: Report,
    pub(crate) order: Order,
    pub(crate) url: String,
    pub(crate) partial: bool,
    pub(crate) self_check: Option<SelfChecked>,
    pub(crate) steps: Vec<Step>,
}

impl Sample {
    pub(crate) fn document(&self) -> LoadDocument {
        LoadDocument::new(&LoadInput {
            report: &self.report,
            order: &self.order,
            url: &self.url,
            partial: self.partial,
            self_check: self.self_check,
            steps: &self.steps,
            machine: Some(&machine()),
            started: "2026-11-22T10:30:00Z".parse().expect("an instant"),
            version: "0.1.0",
            command: "evenhand load http://tower7:8080/items --rate 2000 --body-file /home/ada/b --seed 7",
            conceal: &conceal(),
        })
    }
}

fn machine() -> Machine {
    Machine {
        cores: 2,
        cpu: "Example CPU 3000".to_owned(),
        memory_bytes: 8 << 30,
        architecture: "x86_64".to_owned(),
        kernel: "Linux 6.12.9".to_owned(),
        system: "Debian GNU/Linux 12".to_owned(),
        virtualisation: None,
        governor: None,
        load: 0.4,
        cpu_limit: CpuLimit(None),
        memory_limit: MemoryLimit(None),
        cgroup: Some(2),
    }
}

fn order(rate: f64) -> Order {
    Order {
        target: Target {
            address: "127.0.0.1:8080".parse().expect("an address"),
            host: "tower7:8080".to_owned(),
        },
        wire: Wire::Http,
        requests: vec![Request {
            weight: 1,
            method: "GET".to_owned(),
            path: "/items".to_owned(),
            headers: Vec::new(),
            body: String::new(),
            numbers: 0,
            expect: Expect { status: None, body: Golden::Any },
        }],
        schedule: Schedule::Poisson { rate },
        window: Window { warm_up: Duration::from_secs(1), measured: Duration::from_secs(10) },
        connections: Connections {
            most: 16,
            pick: Pick::Fifo,
            reuse: Reuse::KeepAlive,
            idle: 0,
            slow: 0,
        },
        timeout: Duration::from_secs(5),
        leave_after: None,
        in_time: Some(Duration::from_millis(100)),
        seed: 7,
        processor: None,
        spin: false,
        server: None,
        companions: Vec::new(),
        settle: Duration::from_secs(1),
        progress: false,
    }
}

/// Microseconds to a histogram, its quantiles, and its text.
fn histogram(values: impl Iterator<Item = u64>) -> (Quantiles, String) {
    let mut all = Histogram::<u64>::new_with_bounds(1, 60_000_000, 3).expect("a histogram");
    for value in values {
        all.record(value).expect("a value within bounds");
    }
    let at = |quantile| all.value_at_quantile(quantile) as f64 / 1000.0;
    let quantiles = Quantiles {
        p50_ms: at(0.5),
        p90_ms: at(0.9),
        p95_ms: at(0.95),
        p99_ms: at(0.99),
        p999_ms: at(0.999),
        max_ms: all.max() as f64 / 1000.0,
        mean_ms: all.mean() / 1000.0,
    };
    let mut bytes = Vec::new();
    V2DeflateSerializer::new().serialize(&all, &mut bytes).expect("bytes");
    (quantiles, STANDARD.encode(bytes))
}

/// Microseconds that a server takes which stops for 100 ms each second, as seen from the intended
/// instant (`open`) or from the send.
fn stalled(at: u64, open: bool) -> u64 {
    let into_second = at % 2000;
    let own = 180 + at * 7919 % 83;
    let stall = if into_second < 200 { (200 - into_second) * 500 } else { 0 };
    match (open, into_second) {
        (true, _) => own + stall,
        // Only those that are under way when it stops.
        (false, 0..16) => own + stall,
        (false, _) => own,
    }
}

fn slices(rate: u64) -> Vec<Slice> {
    let slice = |second: u32| Slice {
        second,
        intended: rate + u64::from(second * 13 % 7),
        right: rate + u64::from(second * 13 % 7),
        errors: 0,
        p50_ms: 0.22 + f64::from(second % 3) / 100.0,
        p99_ms: 91.0 + f64::from(second * 5 % 4),
        max_ms: 99.2 + f64::from(second % 2),
        server_memory: (14 << 20) + u64::from(second) * 100_000,
    };
    (0..10).map(slice).collect()
}

/// A server that stops 100 ms each second, metered.
pub(crate) fn stalling() -> Sample {
    let (response, response_histogram) = histogram((0..20_000).map(|at| stalled(at, true)));
    let (service, service_histogram) = histogram((0..20_000).map(|at| stalled(at, false)));
    let (lag, _) = histogram((0..20_000).map(|at| 40 + at * 31 % 90));
    let (connect, _) = histogram((0..16).map(|at| 60 + at));
    let report = Report {
        schema: 1,
        asked_rate: 2000.3,
        achieved_rate: 1999.1,
        response,
        service,
        lag,
        connect,
        errors: Errors::default(),
        counts: Counts {
            intended: 20_003,
            sent: 19_991,
            right: 20_000,
            in_time: 19_990,
            left: 0,
            censored: 3,
            waited_for_socket: 1_841,
            warm_up: 1_988,
        },
        goodput: 1999.0,
        little: Little { under_way: 10.4, rate_times_time: 10.5 },
        slices: slices(2000),
        response_histogram,
        service_histogram,
        server: Some(ServerUse {
            cpu_seconds: 1.64,
            cpu_us_per_request: 82.0,
            peak_memory: 15 << 20,
            settled_memory: 12 << 20,
            switches: 40_213,
            threads: 5,
        }),
        interference: Interference { other_processors: 0.04, steal: 0.0 },
        generator: Generator { cpu_seconds: 0.41, requests_per_core_second: 48_700.0 },
        valid: true,
        invalid_because: Vec::new(),
        capacity: None,
    };
    Sample {
        report,
        order: order(2000.0),
        url: "http://tower7:8080/items".to_owned(),
        partial: false,
        self_check: Some(SelfChecked { ceiling: 52_000.0, lag }),
        steps: Vec::new(),
    }
}

/// Everything in time, nothing metered, nothing checked.
pub(crate) fn calm() -> Sample {
    let mut sample = stalling();
    let (quantiles, text) = histogram((0..20_000).map(|at| stalled(at, false) % 2000));
    let report = &mut sample.report;
    (report.response, report.service) = (quantiles, quantiles);
    (report.response_histogram, report.service_histogram) = (text.clone(), text);
    report.counts = Counts { waited_for_socket: 0, censored: 0, ..report.counts };
    report.server = None;
    for slice in &mut report.slices {
        *slice = Slice { p99_ms: 0.4, max_ms: 1.9, server_memory: 0, ..*slice };
    }
    sample.self_check = None;
    sample
}

/// A generator that could not keep up.
pub(crate) fn invalid() -> Sample {
    let mut sample = stalling();
    sample.report.achieved_rate = 1210.0;
    sample.report.valid = false;
    sample.report.invalid_because = vec![
        "only 60 % of the requests meant were sent".to_owned(),
        "the generator's own lag was 12 ms at p99, which is more than 5 ms".to_owned(),
    ];
    sample
}

/// Every kind of failure.
pub(crate) fn failing() -> Sample {
    let mut sample = stalling();
    let errors = Errors {
        refused: 1,
        timeout: 220,
        reset: 3,
        eof: 4,
        parse: 5,
        status: 1600,
        body_mismatch: 7,
        starved: 80,
        unsent: 9,
    };
    sample.report.errors = errors;
    sample.report.counts.right -= errors.total();
    sample.report.counts.left = 12;
    sample.order.leave_after = Some(Duration::from_millis(20));
    for (at, slice) in sample.report.slices.iter_mut().enumerate().skip(6) {
        slice.errors = 120 * at as u64;
        slice.right -= slice.errors;
    }
    sample
}

/// Nobody listens.
pub(crate) fn refused() -> Sample {
    let mut sample = calm();
    let report = &mut sample.report;
    (report.response, report.service) = (Quantiles::default(), Quantiles::default());
    (report.response_histogram, report.service_histogram) = (String::new(), String::new());
    report.errors = Errors { refused: 20_003, ..Errors::default() };
    report.counts = Counts { intended: 20_003, warm_up: 1988, ..Counts::default() };
    report.goodput = 0.0;
    report.achieved_rate = 0.0;
    report.valid = false;
    report.invalid_because = vec!["no request had a right answer".to_owned()];
    for slice in &mut report.slices {
        *slice = Slice { second: slice.second, intended: 2000, errors: 2000, ..Slice::default() };
    }
    sample
}

/// A search for the highest rate, over fresh connections.
pub(crate) fn capacity() -> Sample {
    let mut sample = calm();
    let slo = "p99<20ms".parse().expect("a bound");
    let step = |rate: f64, passed: bool| {
        let mut report = calm().report;
        (report.asked_rate, report.achieved_rate) = (rate, rate * 0.999);
        let because = if passed { Vec::new() } else { vec!["p99 was 31 ms".to_owned()] };
        Step { rate, report, passed, because }
    };
    let rates = [2000.0, 3200.0, 5120.0, 4048.0, 4552.0, 4292.0];
    sample.steps = rates.map(|rate| step(rate, rate < 4400.0)).into();
    let mut best = sample.steps[5].report.clone();
    best.capacity = Some(Capacity { highest_pass: 4292.0, lowest_fail: Some(4552.0), slo });
    sample.report = best;
    sample.order = order(4292.0);
    sample.order.connections.reuse = Reuse::PerRequest;
    sample
}

/// Stopped by the user after three seconds, a ramp over RESP.
pub(crate) fn partial() -> Sample {
    let mut sample = stalling();
    sample.partial = true;
    sample.report.slices.truncate(3);
    sample.order.wire = Wire::Resp;
    sample.order.schedule = Schedule::Ramp { from: 100.0, to: 4000.0 };
    sample.order.connections.idle = 200;
    sample.order.connections.slow = 1;
    sample.url = "redis://127.0.0.1:6379".to_owned();
    sample
}

/// Stopped so early that only whole seconds are known.
pub(crate) fn cut_off() -> Sample {
    let mut sample = refused();
    sample.partial = true;
    let report = &mut sample.report;
    report.errors = Errors::default();
    report.generator = Generator::default();
    report.counts = Counts { intended: 6000, right: 6000, sent: 6000, ..Counts::default() };
    report.slices = stalling().report.slices[..3].to_vec();
    report.invalid_because = vec!["the generator gave no account of itself".to_owned()];
    sample
}

/// Words that could break out of where they are shown.
pub(crate) fn odd_words() -> Sample {
    let mut sample = invalid();
    sample.url = "http://127.0.0.1/</script><b>&amp; | `x_y` *z*\u{1b}[31m".to_owned();
    sample.report.invalid_because = vec!["</script><b>&amp; | `x_y` *z*\u{1b}[31m".to_owned()];
    sample
}

pub(crate) fn all() -> Vec<(&'static str, Sample)> {
    vec![
        ("a server that stops", stalling()),
        ("calm", calm()),
        ("invalid", invalid()),
        ("failing", failing()),
        ("refused", refused()),
        ("capacity", capacity()),
        ("partial", partial()),
        ("cut off", cut_off()),
        ("odd words", odd_words()),
    ]
}
