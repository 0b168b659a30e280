//! How the program fails: the kind alone decides the exit code.

use std::error::Error;
use std::fmt::Write;
use std::process::ExitCode;

/// Every exit code and what it means; a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done and, where asked, as expected.
    Done = 0,
    /// Not as expected with `--expect`, or a guard failed.
    Unexpected = 1,
    /// A fault in the command line, a pack, or a file of the user's.
    Usage = 2,
    /// Nothing could be measured, or something is inconclusive under `--strict`.
    NothingMeasured = 3,
    /// The programs give different answers, or have other side effects.
    Disagree = 4,
    /// Stored evidence is too old to judge by.
    Expired = 5,
    /// A bug in Evenhand.
    Bug = 70,
    /// Stopped by Ctrl-C.
    Interrupted = 130,
}

impl Exit {
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// What kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The user can mend it.
    Usage,
    /// Nothing to be had here.
    NothingMeasured,
    /// We have to mend it.
    Bug,
}

impl Kind {
    pub(crate) fn exit(self) -> Exit {
        match self {
            Self::Usage => Exit::Usage,
            Self::NothingMeasured => Exit::NothingMeasured,
            Self::Bug => Exit::Bug,
        }
    }
}

/// Why the program ends without a result.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    message: String,
    hints: Vec<String>,
    /// Already in its final form, headings and all.
    rendered: bool,
}

impl Failure {
    pub(crate) fn new(kind: Kind, error: &dyn Error) -> Self {
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let text = cause.to_string();
            if !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            source = cause.source();
        }
        Self { kind, message, hints: Vec::new(), rendered: false }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        let message = message.into();
        Self { kind: Kind::Usage, message, hints: Vec::new(), rendered: false }
    }

    /// A text that brings its own headings, such as rendered faults.
    pub(crate) fn rendered(message: String) -> Self {
        Self { kind: Kind::Usage, message, hints: Vec::new(), rendered: true }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(crate) fn print(&self) {
        let mut text =
            if self.rendered { self.message.clone() } else { format!("error: {}", self.message) };
        for hint in &self.hints {
            // Writing to a string cannot fail.
            let _ = write!(text, "\nhelp: {hint}");
        }
        anstream::eprintln!("{text}");
    }
}

/// Errors that the user can mend.
macro_rules! usage_errors {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(Kind::Usage, &error)
            }
        })+
    };
}

usage_errors!(
    pack::UnpackError,
    pack::contract::NotToml,
    pack::decision::KeyError,
    lab::GenerateError,
    lab::input::InputError,
    store::StoreError,
    std::io::Error,
);

impl From<lab::PlanError> for Failure {
    fn from(error: lab::PlanError) -> Self {
        let kind = match &error {
            lab::PlanError::UnknownClaim { .. } => Kind::Usage,
            lab::PlanError::Empty { .. } => Kind::NothingMeasured,
        };
        Self::new(kind, &error)
    }
}

impl From<pack::Faults> for Failure {
    fn from(faults: pack::Faults) -> Self {
        Self::rendered(faults.render_coloured())
    }
}
