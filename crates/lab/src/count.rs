//! Counts facts in programs: symbols, sections, formats, lines on standard error.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use launch::{Bytes, Environment, Input, LaunchError, Launcher, Scratch, Trial, clean_environment};
use model::{Case, FactProbe, FactProbeKind, Workload};
use object::elf::{EM_AARCH64, EM_X86_64, PT_INTERP};
use object::read::elf::{FileHeader, ProgramHeader};
use object::{Object, ObjectSection, ObjectSymbol};
use regex::Regex;

use crate::toolchain::written_name;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) count: u64,
    pub(crate) example: Option<String>,
}

/// Why a fact cannot be counted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CountError {
    #[error("cannot read {path}: {reason}")]
    Io { path: PathBuf, reason: std::io::Error },
    #[error("{path} is not an executable that can be read: {reason}")]
    Format { path: PathBuf, reason: object::Error },
    #[error("`{pattern}` is not a regular expression: {reason}")]
    Pattern { pattern: String, reason: regex::Error },
    #[error("the workload has no case `{0}`")]
    NoCase(String),
    #[error("the run ended with {0}")]
    Ended(String),
    #[error(transparent)]
    Launch(#[from] LaunchError),
}

/// Counts `probe` in the program at `path`.
pub(crate) fn count(
    launcher: &Launcher,
    workload: &Workload,
    probe: &FactProbe,
    path: &Path,
    inputs: &Path,
) -> Result<Counted, CountError> {
    match &probe.kind {
        FactProbeKind::Symbols(pattern) => symbols(path, &compiled(pattern)?),
        FactProbeKind::Sections(pattern) => sections(path, &compiled(pattern)?),
        FactProbeKind::NativeExecutable => native(path),
        FactProbeKind::StaticallyLinked => static_linking(path),
        FactProbeKind::StderrLines { case, env, pattern } => {
            let pattern = compiled(pattern)?;
            let case = workload.case(case).ok_or_else(|| CountError::NoCase(case.to_string()))?;
            stderr_lines(launcher, case, path, inputs, env, &pattern)
        }
        // Answers are compared before facts are counted, and a workload whose
        // programs disagree has no facts.
        FactProbeKind::SameAnswers => {
            let example = workload.cases.first().map(|case| case.id.to_string());
            Ok(Counted { count: workload.cases.len() as u64, example })
        }
    }
}

pub(crate) fn compiled(pattern: &str) -> Result<Regex, CountError> {
    Regex::new(pattern)
        .map_err(|reason| CountError::Pattern { pattern: pattern.to_owned(), reason })
}

fn read(path: &Path) -> Result<Vec<u8>, CountError> {
    fs::read(path).map_err(|reason| CountError::Io { path: path.to_owned(), reason })
}

fn parse<'a>(path: &Path, bytes: &'a [u8]) -> Result<object::File<'a>, CountError> {
    object::File::parse(bytes)
        .map_err(|reason| CountError::Format { path: path.to_owned(), reason })
}

fn matching(names: impl Iterator<Item = String>, pattern: &Regex) -> Counted {
    let mut counted = Counted { count: 0, example: None };
    for name in names.filter(|name| pattern.is_match(name)) {
        counted.count += 1;
        counted.example.get_or_insert(name);
    }
    counted
}

fn symbols(path: &Path, pattern: &Regex) -> Result<Counted, CountError> {
    let bytes = read(path)?;
    let file = parse(path, &bytes)?;
    let names = file.symbols().filter_map(|symbol| symbol.name().ok()).map(written_name);
    Ok(matching(names, pattern))
}

fn sections(path: &Path, pattern: &Regex) -> Result<Counted, CountError> {
    let bytes = read(path)?;
    let file = parse(path, &bytes)?;
    let names = file.sections().filter_map(|section| section.name().ok()).map(str::to_owned);
    Ok(matching(names, pattern))
}

fn yes(found: bool, example: &str) -> Counted {
    Counted { count: u64::from(found), example: found.then(|| example.to_owned()) }
}

/// The file starts as an ELF executable for this machine's architecture.
fn native(path: &Path) -> Result<Counted, CountError> {
    let bytes = read(path)?;
    let Ok(header) = object::elf::FileHeader64::<object::Endianness>::parse(&*bytes) else {
        return Ok(yes(false, ""));
    };
    let endian = object::Endianness::Little;
    let machine = header.e_machine(endian);
    let here = match std::env::consts::ARCH {
        "x86_64" => machine == EM_X86_64,
        "aarch64" => machine == EM_AARCH64,
        _ => false,
    };
    Ok(yes(here, "ELF executable for this machine"))
}

fn static_linking(path: &Path) -> Result<Counted, CountError> {
    let bytes = read(path)?;
    let format = |reason| CountError::Format { path: path.to_owned(), reason };
    let header = object::elf::FileHeader64::<object::Endianness>::parse(&*bytes).map_err(format)?;
    let endian = object::Endianness::Little;
    let segments = header.program_headers(endian, &*bytes).map_err(format)?;
    let interpreter = segments.iter().any(|segment| segment.p_type(endian) == PT_INTERP);
    Ok(yes(!interpreter, "no program interpreter"))
}

fn stderr_lines(
    launcher: &Launcher,
    case: &Case,
    path: &Path,
    inputs: &Path,
    env: &BTreeMap<String, String>,
    pattern: &Regex,
) -> Result<Counted, CountError> {
    let text = stderr(launcher, case, path, inputs, env)?;
    Ok(matching(text.lines().map(str::to_owned), pattern))
}

/// What a program tells on standard error in a run of `case` with variables added.
pub(crate) fn stderr(
    launcher: &Launcher,
    case: &Case,
    path: &Path,
    inputs: &Path,
    env: &BTreeMap<String, String>,
) -> Result<String, CountError> {
    let scratch = Scratch::fresh()?;
    let mut environment = clean_environment(scratch.path());
    environment.extend(env.iter().map(|(name, value)| (name.into(), value.into())));
    let mut trial = Trial::of(path).with_args(crate::trial::arguments(case));
    trial.environment = Environment::Exact(environment);
    trial.directory = Some(inputs.to_owned());
    trial.deadline = Duration::from_secs_f64(case.deadline_seconds);
    trial.scratch = Some(scratch.path().to_owned());
    trial.stdin = match &case.stdin {
        Some(input) => Input::File(inputs.join(input)),
        None => Input::Null,
    };
    let outcome = launcher.run(&trial)?;
    if outcome.ended != launch::Ended::Exited(case.exit) {
        return Err(CountError::Ended(outcome.ended.to_string()));
    }
    let stderr = outcome
        .stderr
        .read(Bytes::mib(16))
        .map_err(|reason| CountError::Io { path: path.to_owned(), reason })?;
    Ok(String::from_utf8_lossy(&stderr).into_owned())
}
