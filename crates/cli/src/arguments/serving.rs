//! How programs that serve are compared: what `compare` says of ports, load and drivers.

use std::time::Duration;

use clap::{Args, ValueEnum};
use load::Bound;

use super::bounds::{Named, named};
use super::duration;

#[derive(Debug, Args)]
#[command(next_help_heading = "Programs that serve")]
pub(crate) struct ServingArguments {
    /// Start the programs as servers and send them requests at this rate, a second
    #[arg(long, value_name = "NUMBER")]
    pub(crate) rate: Option<f64>,
    /// Send each side the rate that keeps its own processors this busy, such as 0.5
    #[arg(long, value_name = "SHARE")]
    pub(crate) utilisation: Option<f64>,
    /// Search the highest rate that each side takes within --slo
    #[arg(long)]
    pub(crate) find_capacity: bool,
    /// What --find-capacity holds the programs to
    #[arg(long, value_name = "QUANTILE<TIME", default_value = "p99<20ms")]
    pub(crate) slo: Bound,
    /// Measure the time from start to first right answer
    #[arg(long)]
    pub(crate) cold_start: bool,
    /// Measure memory while so many connections are open and ask nothing
    #[arg(long, value_name = "NUMBER")]
    pub(crate) hold: Option<u32>,
    /// Have this command drive instead, {port} in it; it writes JSON to standard output
    ///
    /// Such as ghz, k6, memtier_benchmark or a script around pgbench. A latency it tells is its own.
    #[arg(long, value_name = "COMMAND", requires = "count")]
    pub(crate) driver: Option<String>,
    /// Where the driver's JSON tells how many requests were answered, such as stats.count
    #[arg(long, value_name = "PATH")]
    pub(crate) count: Option<String>,
    /// Where it tells how many failed
    #[arg(long, value_name = "PATH", requires = "driver")]
    pub(crate) errors: Option<String>,
    /// Where it tells a latency, such as response-p99=latency.p99:ms (s, ms, us or ns)
    #[arg(long, value_name = "METRIC=PATH:UNIT", value_parser = named, requires = "driver")]
    pub(crate) latency: Vec<Named>,
    /// The variable that tells a program the port to listen on, on 127.0.0.1
    #[arg(long, value_name = "NAME", default_value = "PORT")]
    pub(crate) port_variable: String,
    /// A program is ready when this path is answered with 200; or `connect`: when it takes connections
    #[arg(long, value_name = "PATH|connect", default_value = "/")]
    pub(crate) ready: String,
    /// How a program is asked to end
    #[arg(long, value_enum, default_value_t = Stop::Term)]
    pub(crate) stop: Stop,
    /// What is asked, such as /items/7; several in turn, drawn at random. Default: the path of --ready
    #[arg(long, value_name = "PATH")]
    pub(crate) ask: Vec<String>,
    /// How long each turn counts
    #[arg(long = "for", value_name = "TIME", value_parser = duration, default_value = "2s")]
    pub(crate) seconds: Duration,
    /// How long each turn is driven before
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "500ms")]
    pub(crate) warm_up: Duration,
    /// Connections at most
    #[arg(long, value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) connections: u32,
    /// Processors of the programs, such as 0,1; default: all but the generator's
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) server_processors: Vec<usize>,
    /// The processor of the generator; default: the last one
    #[arg(long, value_name = "NUMBER")]
    pub(crate) generator_processor: Option<usize>,
}

/// How a program is asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stop {
    /// SIGTERM
    Term,
    /// SIGINT, as Ctrl-C does
    Int,
}

impl ServingArguments {
    /// Whether anything is to be driven.
    pub(crate) fn drive(&self) -> bool {
        self.rate.is_some()
            || self.utilisation.is_some()
            || self.find_capacity
            || self.cold_start
            || self.hold.is_some()
            || self.driver.is_some()
    }
}
