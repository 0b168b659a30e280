//! A check of a probe: whether its program came as far as was said, and for the
//! reason that was named.

use model::{Attempt, AttemptEnd, Check, CheckExpectation, Diagnostic, Gate, Level};
use regex::Regex;

use crate::attempt::Shown;
use crate::text::{expression, first_line, last_line, matched_line, quoting, shortened};

/// What is expected, in words.
pub(crate) fn expected(check: &Check) -> String {
    match check.expect {
        CheckExpectation::Passes if check.says.is_some() => {
            format!("{}, with the output named", through(check.at))
        }
        CheckExpectation::Passes => through(check.at).to_owned(),
        CheckExpectation::Warned => warned(check.at, check.code.as_deref()),
        CheckExpectation::Stopped => match &check.code {
            Some(code) => format!("{} with {code}", stopped(Some(check.at))),
            None => stopped(Some(check.at)).to_owned(),
        },
    }
}

fn warned(gate: Gate, code: Option<&str>) -> String {
    let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
    format!("{} with a warning{code}", through(gate))
}

fn through(gate: Gate) -> &'static str {
    match gate {
        Gate::Compile => "passes the compiler",
        Gate::Lint => "passes the linter",
        Gate::Test => "passes its tests",
        Gate::Run => "runs",
    }
}

fn stopped(gate: Option<Gate>) -> &'static str {
    match gate {
        Some(Gate::Compile) => "stopped by the compiler",
        Some(Gate::Lint) => "stopped by the linter",
        Some(Gate::Test) => "stopped by its tests",
        Some(Gate::Run) => "stopped while it runs",
        None => "stopped",
    }
}

/// What an attempt that ended by itself shows.
///
/// # Errors
///
/// In words, if the check's expression cannot be read.
pub(crate) fn shown(check: &Check, attempt: &Attempt) -> Result<Shown, String> {
    let says = expression(check.says.as_deref())?;
    Ok(if attempt.end == AttemptEnd::Passed {
        got_through(check, says.as_ref(), attempt)
    } else {
        was_stopped(check, says.as_ref(), attempt)
    })
}

fn got_through(check: &Check, says: Option<&Regex>, attempt: &Attempt) -> Shown {
    let Some(says) = says.filter(|_| check.expect == CheckExpectation::Passes) else {
        let told = attempt.diagnostics.iter().find(|told| names(check, says, told));
        let as_said = match check.expect {
            CheckExpectation::Passes => true,
            CheckExpectation::Warned => told.is_some_and(|told| is_warning(check.at, told.level)),
            CheckExpectation::Stopped => false,
        };
        return Shown { as_said, seen: unstopped(check.at, told.or(attempt.diagnostics.first())) };
    };
    let (said, printed) = (through(check.at), matched_line(says, &attempt.stdout));
    match says.is_match(&attempt.stdout) {
        true => Shown { as_said: true, seen: quoting(said.to_owned(), printed) },
        false => {
            let other = format!("{said}, with other output");
            Shown { as_said: false, seen: quoting(other, first_line(&attempt.stdout)) }
        }
    }
}

fn unstopped(gate: Gate, told: Option<&Diagnostic>) -> String {
    match (told, gate) {
        (Some(told), _) => {
            format!("{}: {}", warned(gate, told.code.as_deref()), shortened(&told.text))
        }
        (None, Gate::Compile | Gate::Lint) => "goes through silently".to_owned(),
        (None, Gate::Test | Gate::Run) => through(gate).to_owned(),
    }
}

/// A linter's word is a warning, whatever it calls it.
fn is_warning(gate: Gate, level: Level) -> bool {
    level == Level::Warning || gate == Gate::Lint
}

fn was_stopped(check: &Check, says: Option<&Regex>, attempt: &Attempt) -> Shown {
    let as_expected = check.expect == CheckExpectation::Stopped;
    let there = attempt.stopped_at == Some(check.at);
    let for_that = stopped_as_named(check, says, attempt);
    let mut seen = stopped(attempt.stopped_at).to_owned();
    seen = match attempt.stopped_at {
        Some(Gate::Test | Gate::Run) => quoting(seen, said_last(says, attempt)),
        _ => format!("{seen}{}", reason(check, says, attempt)),
    };
    if as_expected && there && !for_that {
        seen = format!("{seen}, which is another reason");
    }
    Shown { as_said: as_expected && there && for_that, seen }
}

/// Whether what the tool or program said is what the check names.
fn stopped_as_named(check: &Check, says: Option<&Regex>, attempt: &Attempt) -> bool {
    match check.at {
        Gate::Compile | Gate::Lint => {
            let mut errors = errors(attempt).peekable();
            match errors.peek() {
                // Some refusals have no place in the program, such as the linker's.
                None => check.code.is_none() && says.is_none_or(|s| s.is_match(&attempt.stderr)),
                Some(_) => errors.any(|told| names(check, says, told)),
            }
        }
        Gate::Test | Gate::Run => {
            let told =
                |says: &Regex| says.is_match(&attempt.stdout) || says.is_match(&attempt.stderr);
            let coded = |code: &String| {
                attempt.diagnostics.iter().any(|told| told.code.as_ref() == Some(code))
            };
            says.is_none_or(told) && check.code.as_ref().is_none_or(coded)
        }
    }
}

fn errors(attempt: &Attempt) -> impl Iterator<Item = &Diagnostic> {
    attempt.diagnostics.iter().filter(|told| told.level == Level::Error)
}

/// Whether a diagnostic has the code and matches the expression of a check.
fn names(check: &Check, says: Option<&Regex>, told: &Diagnostic) -> bool {
    let coded = check.code.is_none() || told.code == check.code;
    coded && says.is_none_or(|says| says.is_match(&told.text))
}

fn reason(check: &Check, says: Option<&Regex>, attempt: &Attempt) -> String {
    let named = errors(attempt).find(|told| names(check, says, told));
    match named.or_else(|| errors(attempt).next()).or(attempt.diagnostics.first()) {
        Some(told) => words(told),
        None => quoting(String::new(), last_line(&attempt.stderr)),
    }
}

fn words(told: &Diagnostic) -> String {
    let code = told.code.as_deref().map(|code| format!(" with {code}")).unwrap_or_default();
    format!("{code}: {}", shortened(&told.text))
}

/// The line that was looked for, else the first that a stopped program leaves.
fn said_last(says: Option<&Regex>, attempt: &Attempt) -> Option<String> {
    let matched = |says: &Regex| {
        matched_line(says, &attempt.stderr).or_else(|| matched_line(says, &attempt.stdout))
    };
    says.and_then(matched)
        .or_else(|| first_line(&attempt.stderr))
        .or_else(|| last_line(&attempt.stdout))
}
