//! Reads an access log as a stream and prints counts, sums and latency percentiles.
//!
//! `source` turns a file into records, `scan` reads those that look like most, `record` says which
//! of them are well formed, `totals` adds them up and prints the result.

mod record;
mod scan;
mod source;
mod totals;

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};

use crate::totals::Totals;

/// Aggregate an access log by service, route and hour
#[derive(Parser)]
struct Args {
    /// How the records are written
    #[arg(long)]
    format: Format,

    /// How many routes to print, those with most records first
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,

    file: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Jsonl,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("log-aggregate: {error:#}");
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
    let totals = aggregate(args).with_context(|| args.file.display().to_string())?;
    let mut stdout = BufWriter::new(io::stdout().lock());
    totals
        .print(&mut stdout, args.top)
        .and_then(|()| stdout.flush())
        .context("stdout")
}

fn aggregate(args: &Args) -> Result<Totals> {
    let file = File::open(&args.file)?;
    match args.format {
        Format::Csv => source::read_csv(file),
        Format::Jsonl => source::read_jsonl(file),
    }
}
