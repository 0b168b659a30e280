//! Reads an access log from stdin and works on its records in a pipeline of stages.
//!
//! `record` says which rows are well formed, `stages` wires readers, workers and consumer
//! together, `work` is what a worker does with a record, and `report` prints what came out: the
//! sums of all records, or the first few in order, after which everything upstream has to end.

mod record;
mod report;
mod stages;
mod work;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::report::{First, Totals};
use crate::stages::Plan;

/// Work on the records of an access log (CSV, from stdin) in a pipeline
#[derive(Parser)]
struct Args {
    /// How many workers share the work
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=1024))]
    workers: u16,

    /// How often a user's name is hashed: the work of a record
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,

    /// Print the first N records in order, then cancel what is upstream; 0: read to the end
    #[arg(long, value_name = "N", default_value_t = 0)]
    stop_after: usize,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pipeline: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

fn run(args: &Args) -> Result<()> {
    let plan = Plan {
        workers: args.workers,
        rounds: args.rounds,
    };
    let mut stdout = BufWriter::new(io::stdout().lock());
    match args.stop_after {
        0 => print_totals(&plan, &mut stdout),
        count => print_first(&plan, count, &mut stdout),
    }?;
    stdout.flush().context("stdout")
}

fn print_totals(plan: &Plan, out: &mut impl Write) -> Result<()> {
    let mut totals = Totals::default();
    let ended = stages::run(plan, io::stdin(), |outcome| {
        totals.add(outcome);
        ControlFlow::Continue(())
    })
    .context("stdin")?;
    totals.print(out, ended.malformed).context("stdout")?;
    ended.print(out).context("stdout")
}

fn print_first(plan: &Plan, count: usize, out: &mut impl Write) -> Result<()> {
    let mut first = First::new(count);
    let ended = stages::run(plan, io::stdin(), |outcome| first.add(outcome)).context("stdin")?;
    first.print(out).context("stdout")?;
    ended.print(out).context("stdout")
}
