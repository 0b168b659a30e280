//! What came of a check or step, before it is known whose and when it was.

use launch::Ended;
use launch::tool::ToolOutcome;
use model::{AttemptEnd, Diagnostic, Gate};

/// How far a program or step got, and what was said on the way.
pub(crate) struct Came {
    pub(crate) end: AttemptEnd,
    pub(crate) stopped_at: Option<Gate>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) made: Option<bool>,
    pub(crate) detail: Option<String>,
}

impl Came {
    /// It could not be tried.
    pub(crate) fn to_nothing(why: String) -> Self {
        Self { end: AttemptEnd::NotMade, detail: Some(why), ..Self::through() }
    }

    /// Nothing was in the way so far.
    pub(crate) fn through() -> Self {
        Self {
            end: AttemptEnd::Passed,
            stopped_at: None,
            diagnostics: Vec::new(),
            stdout: String::new(),
            stderr: String::new(),
            made: None,
            detail: None,
        }
    }

    /// The next command ended so, at this gate if it was at one.
    pub(crate) fn end_with(&mut self, outcome: &ToolOutcome, gate: Option<Gate>) {
        self.stdout = outcome.first_of_stdout();
        self.stderr = outcome.last_of_stderr();
        match outcome.ended {
            Ended::Exited(0) => {}
            Ended::TimedOut => self.end = AttemptEnd::TimedOut,
            _ => {
                self.end = AttemptEnd::Failed;
                self.stopped_at = gate;
            }
        }
    }
}
