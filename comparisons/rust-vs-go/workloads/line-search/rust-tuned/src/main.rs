//! Searches the text files below a folder for lines which match a pattern.
//!
//! The folder is walked first, then the files are searched in parallel, and what was found is
//! printed in the order of the paths. One fault (a folder or file that cannot be read) does not
//! end the search: it is told on stderr, and the exit code says so at the end.

mod lines;
mod search;
mod walk;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use rayon::prelude::*;

use crate::lines::Lines;
use crate::search::Report;

/// Search the text files below DIR for lines which match PATTERN
#[derive(Parser)]
struct Args {
    /// Ignore case
    #[arg(short)]
    ignore_case: bool,

    /// Print for each file with a match how many lines match
    #[arg(short)]
    count: bool,

    /// Print only the names of files with a match; wins over -c
    #[arg(short = 'l')]
    names: bool,

    /// A regular expression, in the syntax which RE2 and the regex crate share
    pattern: String,

    /// The folder; hidden entries, symbolic links and binary files below it are passed over
    dir: PathBuf,
}

impl Args {
    fn report(&self) -> Report {
        match (self.names, self.count) {
            (true, _) => Report::Names,
            (false, true) => Report::Counts,
            (false, false) => Report::Lines,
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Outcome {
    matched: bool,
    faulty: bool,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome { faulty: true, .. } => ExitCode::from(2),
            Outcome { matched: true, .. } => ExitCode::SUCCESS,
            Outcome { matched: false, .. } => ExitCode::from(1),
        }
    }
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(outcome) => outcome.into(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("line-search: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

fn run(args: &Args) -> Result<Outcome> {
    let lines = Lines::new(&args.pattern, args.ignore_case).context("invalid pattern")?;
    let metadata = args
        .dir
        .metadata()
        .with_context(|| args.dir.display().to_string())?;
    ensure!(metadata.is_dir(), "{}: not a directory", args.dir.display());

    let (files, faults) = walk::text_file_candidates(&args.dir);
    let mut outcome = Outcome::default();
    for fault in &faults {
        eprintln!("line-search: {fault}");
        outcome.faulty = true;
    }

    // Each thread has its own regex, for its scratch space, and reads into its own buffer.
    let found: Vec<io::Result<Vec<u8>>> = files
        .par_iter()
        .map_init(
            || (lines.clone(), Vec::new()),
            |(lines, buffer), path| search::search(lines, path, buffer, args.report()),
        )
        .collect();

    let mut stdout = BufWriter::new(io::stdout().lock());
    for (path, found) in files.iter().zip(&found) {
        match found {
            Ok(text) => {
                outcome.matched |= !text.is_empty();
                stdout.write_all(text).context("stdout")?;
            }
            Err(error) => {
                eprintln!("line-search: {}: {error}", path.display());
                outcome.faulty = true;
            }
        }
    }
    stdout.flush().context("stdout")?;
    Ok(outcome)
}
