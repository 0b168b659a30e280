//! Instructions of a run in user mode: a figure that repeats almost exactly where times do not.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{LaunchError, Refusal};
use crate::launcher::{Launcher, rooted};
use crate::outcome::{Ended, Outcome};
use crate::role;
use crate::scratch::Scratch;
use crate::trial::Trial;

/// Who counts instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InstructionSource {
    /// The processor, by `perf stat`. A subject ended by a signal is said to have exited with 0.
    Processor,
    /// `valgrind --tool=cachegrind`, which runs one thread at a time, some 50 times slower. A
    /// subject that forks without an exec is refused, as its instructions would count twice; of one
    /// that becomes another program only the last counts.
    Valgrind,
}

impl fmt::Display for InstructionSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Processor => "perf, instructions:u",
            Self::Valgrind => "valgrind, cachegrind",
        })
    }
}

/// A count of instructions in user mode, of the whole tree, and the run it was made in.
#[derive(Debug)]
pub struct Instructions {
    /// How many.
    pub count: u64,
    /// Who counted. Counts compare only within one source.
    pub source: InstructionSource,
    /// How the run ended and what it printed; its times and usage are those of the tool.
    pub outcome: Outcome,
}

/// Instructions by the best source there is: the processor's own counter, or else valgrind, whose
/// slowness the trial's deadline must allow for.
///
/// # Errors
/// [`Refusal::Instructions`] with what each source lacks; or when the trial cannot take place.
pub fn instructions(launcher: &Launcher, trial: &Trial) -> Result<Instructions, LaunchError> {
    let mut reasons = Vec::new();
    for source in [InstructionSource::Processor, InstructionSource::Valgrind] {
        match instructions_by(launcher, trial, source) {
            Err(LaunchError::Refused(Refusal::Instructions { reason })) => reasons.push(reason),
            other => return other,
        }
    }
    Err(refused(reasons.join("; ")))
}

/// Instructions by one source and no other, such as the one that another program was counted by.
///
/// # Errors
/// As [`instructions`].
pub fn instructions_by(
    launcher: &Launcher,
    trial: &Trial,
    source: InstructionSource,
) -> Result<Instructions, LaunchError> {
    if !trial.program.exists() && trial.program.components().count() > 1 {
        let program = trial.program.display().to_string();
        return Err(LaunchError::Refused(Refusal::ProgramNotFound { program }));
    }
    if source == InstructionSource::Processor {
        // Not with the subject: a run that counts nothing would be one more than was asked for.
        counted(launcher, &Trial::of("true"), source)?;
    }
    counted(launcher, trial, source)
}

fn counted(
    launcher: &Launcher,
    trial: &Trial,
    source: InstructionSource,
) -> Result<Instructions, LaunchError> {
    let told = Scratch::fresh()?;
    let (name, options) = match source {
        InstructionSource::Processor => ("perf", perf(told.path())),
        InstructionSource::Valgrind => ("valgrind", valgrind(told.path())),
    };
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let Some(program) = role::in_folders(Path::new(name), &folders) else {
        return Err(refused(format!("{name} is not installed; install it")));
    };
    let subject = rooted(&trial.program)?;
    let args = options.into_iter().chain([subject]).chain(trial.args.iter().cloned());
    let outcome = launcher.run(&Trial { program, ..trial.clone() }.with_args(args))?;
    if !matches!(outcome.ended, Ended::Exited(_) | Ended::Signalled(_)) {
        return Err(refused(format!("{name}: the run was cut short: {}", outcome.ended)));
    }
    let count = match source {
        InstructionSource::Processor => told_by_perf(told.path()),
        InstructionSource::Valgrind => told_by_valgrind(told.path()),
    };
    let last = || outcome.stderr_tail().lines().last().unwrap_or_default().to_owned();
    let count = count.map_err(|reason| match last() {
        line if reason.is_empty() => refused(format!("{name}: it told nothing: {line}")),
        _ => refused(format!("{name}: {reason}")),
    })?;
    Ok(Instructions { count, source, outcome })
}

fn refused(reason: String) -> LaunchError {
    LaunchError::Refused(Refusal::Instructions { reason })
}

fn perf(told: &Path) -> Vec<OsString> {
    let fixed = ["stat", "-x", ",", "-e", "instructions:u", "-o"].map(OsString::from);
    fixed.into_iter().chain([told.join("perf").into(), "--".into()]).collect()
}

/// Lines `value,unit,event,…`; a processor of unlike cores has a line for each kind.
fn told_by_perf(told: &Path) -> Result<u64, String> {
    let text = fs::read_to_string(told.join("perf")).unwrap_or_default();
    let mut sum = None;
    for line in text.lines().filter(|line| line.contains("instructions")) {
        let value = line.split(',').next().unwrap_or_default();
        match value.parse::<u64>() {
            Ok(count) => sum = Some(sum.unwrap_or(0) + count),
            // A kind of cores the subject was never on.
            Err(_) if value == "<not counted>" => {}
            Err(_) => return Err(format!("the processor's counter of instructions is {value}")),
        }
    }
    sum.ok_or_else(String::new)
}

/// What `%p` and `%n` become tells a program, which begins at 1, from a copy of one by fork.
fn valgrind(told: &Path) -> Vec<OsString> {
    let mut log = OsString::from("--log-file=");
    log.push(told.join("%p.%n"));
    let fixed = [
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
        "--trace-children=yes",
    ];
    fixed.map(OsString::from).into_iter().chain([log, "--".into()]).collect()
}

/// A line `==PID== I   refs:      1,234,567` in the log of each program.
fn told_by_valgrind(told: &Path) -> Result<u64, String> {
    let mut sum = None;
    for log in fs::read_dir(told).into_iter().flatten().flatten() {
        let text = fs::read(log.path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
        let count = text.lines().find_map(|line| digits(line.split_once("refs:")?.1).parse().ok());
        let Some(count): Option<u64> = count else { continue };
        if log.path().extension().is_some_and(|sequence| sequence != "1") {
            return Err("it forks without an exec, and would be counted twice".to_owned());
        }
        sum = Some(sum.unwrap_or(0) + count);
    }
    sum.ok_or_else(String::new)
}
