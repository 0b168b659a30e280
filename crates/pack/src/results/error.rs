//! What can be wrong with results of others, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why results cannot be read or compared.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// The file or folder.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// More than anyone measures.
    #[error("{} is larger than {most} MiB", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// In MiB.
        most: u64,
    },
    /// None of the forms.
    #[error("{} is of no form that is read here", path.display())]
    Unknown {
        /// Which.
        path: PathBuf,
    },
    /// One of the forms, damaged.
    #[error("{}, {place}: {what}", path.display())]
    Malformed {
        /// Which.
        path: PathBuf,
        /// The line, or the benchmark.
        place: String,
        /// What is wrong there.
        what: String,
    },
    /// One of the forms, with nothing in it.
    #[error("{} has no result in it", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// Nothing to compare with.
    #[error("{} has one result, `{name}`, and nothing to compare it with", path.display())]
    Alone {
        /// Which.
        path: PathBuf,
        /// The benchmark or command.
        name: String,
    },
    /// Too many to know which two are meant.
    #[error("{} has {count} benchmarks ({names}): which two are meant is not known", path.display())]
    Ambiguous {
        /// Which.
        path: PathBuf,
        /// How many.
        count: usize,
        /// The first few.
        names: String,
    },
    /// No benchmark is in two files.
    #[error("no benchmark of {} is in {}, measured in the same unit: {names}", first.display(), other.display())]
    NothingInCommon {
        /// Which.
        first: PathBuf,
        /// Which.
        other: PathBuf,
        /// The first few of either.
        names: String,
    },
}

/// How each form is made.
const FORMS: &str = "give a file made by `hyperfine --export-json FILE …`, the output of \
    `go test -bench . -count 10`, a folder such as target/criterion/NAME that `cargo bench` with \
    criterion leaves, or the lines of `cargo criterion --message-format json`";

impl ResultsError {
    /// What to do about it.
    pub fn way_out(&self) -> String {
        match self {
            Self::Unreadable { .. } | Self::Unknown { .. } | Self::Empty { .. } => FORMS.to_owned(),
            Self::TooLarge { .. } => "give a file of one run only".to_owned(),
            Self::Malformed { .. } => {
                "was the file cut short or edited? make it again, and give it as the tool wrote it"
                    .to_owned()
            }
            Self::Alone { .. } => {
                "measure two commands into one file, or give a second file".to_owned()
            }
            Self::Ambiguous { .. } => "give two files, such as one from before a change and one \
                from after it: benchmarks of the same name are compared; or leave two benchmarks \
                in the file"
                .to_owned(),
            Self::NothingInCommon { .. } => "measure benchmarks of the same names on both sides, \
                or give files with one benchmark each"
                .to_owned(),
        }
    }

    pub(super) fn malformed(
        path: &Path,
        place: impl Into<String>,
        what: impl Into<String>,
    ) -> Self {
        Self::Malformed { path: path.to_owned(), place: place.into(), what: what.into() }
    }

    /// serde_json's own words carry the place; it is told in front.
    pub(super) fn json(path: &Path, error: &serde_json::Error) -> Self {
        Self::json_from(path, 0, error)
    }

    /// The same of a text that begins after so many lines of the file.
    pub(super) fn json_from(path: &Path, before: usize, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let what = error.to_string();
        let end = format!(" at line {line} column {column}");
        let what = what.strip_suffix(&end).unwrap_or(&what);
        Self::malformed(path, format!("line {}, column {column}", before + line), what)
    }
}
