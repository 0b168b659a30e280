//! A step of a drill: whether a command ended, spoke and left behind what was said.

use model::{Attempt, AttemptEnd, DrillStep, StepExpectation};

use crate::attempt::Shown;
use crate::text::{expression, first_line, last_line, matched_line, quoting};

/// What is expected, in words.
pub(crate) fn expected(step: &DrillStep) -> String {
    let mut said = ended(step.expect == StepExpectation::Passes).to_owned();
    if step.silent {
        said.push_str(", printing nothing");
    }
    if step.says.is_some() {
        said.push_str(", with the output named");
    }
    if let Some(made) = &step.makes {
        said.push_str(&format!(", making {made}"));
    }
    said
}

fn ended(passed: bool) -> &'static str {
    if passed { "succeeds" } else { "fails" }
}

/// What an attempt that ended by itself shows.
///
/// # Errors
///
/// In words, if the step's expression cannot be read.
pub(crate) fn shown(step: &DrillStep, attempt: &Attempt) -> Result<Shown, String> {
    let says = expression(step.says.as_deref())?;
    let passed = attempt.end == AttemptEnd::Passed;
    let output = format!("{}\n{}", attempt.stdout, attempt.stderr);
    let end = ended(passed).to_owned();
    let last = || last_line(&attempt.stderr).or_else(|| last_line(&attempt.stdout));
    if passed != (step.expect == StepExpectation::Passes) {
        return Ok(Shown { as_said: false, seen: quoting(end, last()) });
    }
    if let Some(says) = &says
        && !says.is_match(&output)
    {
        let seen = quoting(format!("{end}, with other output"), last());
        return Ok(Shown { as_said: false, seen });
    }
    if step.silent
        && let Some(line) = first_line(&attempt.stdout)
    {
        return Ok(Shown { as_said: false, seen: format!("{end}, but prints: {line}") });
    }
    if let Some(made) = &step.makes
        && attempt.made != Some(true)
    {
        return Ok(Shown { as_said: false, seen: format!("{end}, but {made} is not there") });
    }
    let quoted = says.and_then(|says| matched_line(&says, &output));
    Ok(Shown { as_said: true, seen: quoting(as_expected(step), quoted) })
}

/// What was expected is what was seen; the output itself follows.
fn as_expected(step: &DrillStep) -> String {
    expected(&DrillStep { says: None, ..step.clone() })
}
