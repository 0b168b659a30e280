//! The command line of `evenhand load`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use load::{Bound, Schedule};

use super::duration;

#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct LoadArguments {
    /// http://HOST:PORT/PATH, https:// if built so, or redis://HOST:PORT with --command
    ///
    /// {n} in it, and in the body, is a number below --numbers, drawn for each request. Nothing but
    /// this server is asked; a host's name is looked up once.
    pub(crate) url: String,
    #[command(flatten)]
    pub(crate) rates: RateArguments,
    #[command(flatten)]
    pub(crate) connections: ConnectionArguments,
    #[command(flatten)]
    pub(crate) request: RequestArguments,
    #[command(flatten)]
    pub(crate) capacity: CapacityArguments,
    #[command(flatten)]
    pub(crate) generator: GeneratorArguments,
    #[command(flatten)]
    pub(crate) results: LoadResultArguments,
}

const EXAMPLES: &str = "Examples:
  evenhand load http://127.0.0.1:8080/items --rate 2000 --for 30s --output load.html
  evenhand load http://127.0.0.1:8080/items/{n} --numbers 1000 --pid 4242
  evenhand load http://127.0.0.1:8080/ --find-capacity --slo 'p99<20ms'
  evenhand load redis://127.0.0.1:6379 --command 'GET key:{n}' --numbers 1000

Exit codes: 0 done · 2 usage · 3 nothing was measured, or what was measured is invalid · 130 stopped
by Ctrl-C, with what was known by then.";

#[derive(Debug, Args)]
#[command(next_help_heading = "When requests are sent")]
pub(crate) struct RateArguments {
    /// Requests a second [default: 100]; where a search for the highest rate begins
    #[arg(long, value_name = "NUMBER", value_parser = rate)]
    pub(crate) rate: Option<f64>,
    /// poisson, constant, ramp:FROM:TO, step:A,B,C, or burst:RATE:SIZE:EVERY
    ///
    /// Poisson is as from many users who know nothing of each other. A ramp goes evenly from one rate
    /// to another, steps have equal parts of the time, a burst sends so many at once, again and again.
    #[arg(long, default_value = "poisson", value_parser = schedule)]
    pub(crate) schedule: Rates,
    /// How long it is measured, such as 10s or 2m; of a search, each of its rates [default: 10s, of a search 2s]
    #[arg(long = "for", value_name = "TIME", value_parser = duration)]
    pub(crate) length: Option<Duration>,
    /// Sent before, in no figure; 0: none
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration_or_none)]
    pub(crate) warm_up: Duration,
    /// Draw every instant and number from this seed; drawn at random if not given
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

/// What `--schedule` says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rates {
    /// With `--rate`.
    Poisson,
    /// With `--rate`.
    Constant,
    /// With rates of its own.
    Own(Schedule),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Over which connections")]
pub(crate) struct ConnectionArguments {
    /// At most so many; a request that finds none free waits, and counts from its instant
    #[arg(long, value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) connections: u32,
    /// Take the connection used last instead of the one free longest, so that few are hot
    #[arg(long)]
    pub(crate) hot: bool,
    /// Open a connection for each request
    #[arg(long, conflicts_with = "hot")]
    pub(crate) fresh_connections: bool,
    /// So many connections beside that ask nothing
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) idle: u32,
    /// So many clients beside that send a byte each 100 ms and never end their request
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) slow: u32,
    /// A request without an answer so long after its instant has failed
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = duration)]
    pub(crate) timeout: Duration,
    /// Clients give up so long after sending, and close their connection
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) leave_after: Option<Duration>,
    /// What counts as in time; the timeout if not given
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) in_time: Option<Duration>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is asked")]
pub(crate) struct RequestArguments {
    /// GET, or POST with a body, if not given
    #[arg(long)]
    pub(crate) method: Option<String>,
    /// A header line; may be given more than once
    #[arg(long, short = 'H', value_name = "NAME: VALUE")]
    pub(crate) header: Vec<String>,
    /// A file of header lines; empty lines and those that begin with # are left out
    #[arg(long, value_name = "FILE")]
    pub(crate) headers_file: Option<PathBuf>,
    /// The body
    #[arg(long, value_name = "TEXT", conflicts_with = "body_file")]
    pub(crate) body: Option<String>,
    /// A file with the body
    #[arg(long, value_name = "FILE")]
    pub(crate) body_file: Option<PathBuf>,
    /// How many values {n} has, from 0
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) numbers: u32,
    /// The command of a redis:// server; may be given more than once
    #[arg(long, value_name = "WORDS")]
    pub(crate) command: Vec<String>,
    /// Speak HTTP/2; needs a build with the feature `tls`
    #[arg(long)]
    pub(crate) http2: bool,
    /// Certificates that vouch for an https:// server, PEM; the machine's own if not given
    #[arg(long, value_name = "FILE")]
    pub(crate) roots: Option<PathBuf>,
    /// The status that is right; any from 200 to 299 if not given
    #[arg(long, value_name = "STATUS", value_parser = clap::value_parser!(u16).range(100..600))]
    pub(crate) expect_status: Option<u16>,
    /// A file with the body that every right answer has, to the byte; {n} in it is the number asked
    #[arg(long, value_name = "FILE")]
    pub(crate) golden: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "The highest rate")]
pub(crate) struct CapacityArguments {
    /// Search the highest rate that stays within --slo
    #[arg(long, requires = "slo")]
    pub(crate) find_capacity: bool,
    /// A bound on one quantile of the response time, such as 'p99<20ms'
    #[arg(long, value_name = "BOUND", requires = "find_capacity")]
    pub(crate) slo: Option<Bound>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "The generator and the server")]
pub(crate) struct GeneratorArguments {
    /// Meter this process and those below it: its processor time and memory; on this machine
    #[arg(long, value_name = "PID")]
    pub(crate) pid: Option<i32>,
    /// Hold the generator to this processor
    #[arg(long, value_name = "NUMBER")]
    pub(crate) processor: Option<usize>,
    /// Spin to each instant instead of sleeping: exact, and costs a whole processor
    #[arg(long)]
    pub(crate) spin: bool,
    /// Look longer at what the generator can do here, before anything is asked
    #[arg(long, conflicts_with = "no_self_check")]
    pub(crate) self_check: bool,
    /// Do not look at what the generator can do here
    #[arg(long)]
    pub(crate) no_self_check: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
pub(crate) struct LoadResultArguments {
    /// The form of the result on standard output
    #[arg(long, value_enum, default_value_t = LoadFormat::Text)]
    pub(crate) format: LoadFormat,
    /// Write the result to this file too; the ending decides: .html, .json, .md or .txt
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Vec<PathBuf>,
    /// Write all response and service times to this file, for HdrHistogram's tools
    #[arg(long, value_name = "FILE")]
    pub(crate) hdr_log: Option<PathBuf>,
}

/// Forms of the document of a drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LoadFormat {
    /// For a terminal, 80 columns
    Text,
    /// For an issue or a pull request
    Markdown,
    /// For programs; see docs/json.md
    Json,
    /// One page, no network, no script
    Html,
}

fn rate(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches("/s").replace('_', "");
    let rate = number.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate > 0.0);
    rate.ok_or_else(|| format!("`{text}` is no number of requests a second, such as 2000"))
}

/// A duration, or `0`.
fn duration_or_none(text: &str) -> Result<Duration, String> {
    if text.trim_end_matches('s') == "0" { Ok(Duration::ZERO) } else { duration(text) }
}

fn schedule(text: &str) -> Result<Rates, String> {
    let mut parts = text.split(':');
    let kind = parts.next().unwrap_or_default();
    let parts: Vec<&str> = parts.collect();
    let own = |schedule| Ok(Rates::Own(schedule));
    match (kind, parts.as_slice()) {
        ("poisson", []) => Ok(Rates::Poisson),
        ("constant", []) => Ok(Rates::Constant),
        ("ramp", [from, to]) => own(Schedule::Ramp { from: from_zero(from)?, to: from_zero(to)? }),
        ("step", [rates]) => {
            let rates = rates.split(',').map(from_zero).collect::<Result<_, _>>()?;
            own(Schedule::Step { rates })
        }
        ("burst", [rate, size, every]) => {
            let size = size.parse().ok().filter(|size| *size > 0);
            let size = size.ok_or("a burst has one request or more: burst:100:50:2s")?;
            own(Schedule::Burst { rate: from_zero(rate)?, size, every: duration(every)? })
        }
        _ => {
            Err("write poisson, constant, ramp:FROM:TO, step:A,B,C or burst:RATE:SIZE:EVERY"
                .to_owned())
        }
    }
}

fn from_zero(text: &str) -> Result<f64, String> {
    if text.trim() == "0" { Ok(0.0) } else { rate(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_written_with_colons() {
        assert_eq!(schedule("poisson"), Ok(Rates::Poisson));
        assert_eq!(
            schedule("ramp:0:4_000"),
            Ok(Rates::Own(Schedule::Ramp { from: 0.0, to: 4000.0 }))
        );
        assert_eq!(
            schedule("step:100,200,50"),
            Ok(Rates::Own(Schedule::Step { rates: vec![100.0, 200.0, 50.0] }))
        );
        let burst = Schedule::Burst { rate: 100.0, size: 50, every: Duration::from_millis(500) };
        assert_eq!(schedule("burst:100:50:500ms"), Ok(Rates::Own(burst)));
        for bad in
            ["", "ramp", "ramp:1", "step:", "step:1,x", "burst:1:0:2s", "burst:1:2", "poisson:1"]
        {
            assert!(schedule(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn rates_are_more_than_nothing_and_a_warm_up_may_be_none() {
        assert_eq!((rate("2000"), rate("2_000/s")), (Ok(2000.0), Ok(2000.0)));
        for bad in ["0", "-1", "nan", "inf", "fast", ""] {
            assert!(rate(bad).is_err(), "{bad}");
        }
        assert_eq!(duration_or_none("0"), Ok(Duration::ZERO));
        assert_eq!(duration_or_none("250ms"), Ok(Duration::from_millis(250)));
        assert!(duration_or_none("-1s").is_err());
    }
}
