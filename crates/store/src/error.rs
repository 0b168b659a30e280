//! Why something could not be kept or had.

use std::io;
use std::path::{Path, PathBuf};

use model::{Metric, RunId, Series, SideName};

/// Why something could not be kept or had, with the way out.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store's folder cannot be made or written to.
    #[error("cannot write to the folder {path}: {source}; choose another with --store DIR")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Another process writes to the store.
    #[error(
        "the store {path} is being written by {}; wait until that is done, or use another with \
         --store DIR", process(*pid)
    )]
    Locked {
        /// The store.
        path: PathBuf,
        /// That process, if it said who it is.
        pid: Option<u32>,
    },
    /// There is no store to read.
    #[error(
        "there is no store at {path}; run a comparison first, or name another with --store DIR"
    )]
    Missing {
        /// Where it should have been.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{path} is not a store of Evenhand: {reason}; name another with --store DIR")]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What gives it away.
        reason: String,
    },
    /// The file was a store and cannot be read any more.
    #[error(
        "the store {path} is damaged: {reason}; move it away to begin a new one, or try \
         `sqlite3 {path} .recover`"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// SQLite's reason.
        reason: String,
    },
    /// A newer Evenhand has written the store.
    #[error(
        "the store {path} has schema {found}, and this version of Evenhand knows {known} at most; \
         use a newer Evenhand, or another store with --store DIR"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema known here.
        known: u32,
    },
    /// The store has to be brought up to date before it can be read.
    #[error(
        "the store {path} has schema {found}, older than {known}; the next run that is written \
         to it brings it up to date"
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The schema needed.
        known: u32,
    },
    /// The same trial is there already.
    #[error(
        "run {run} already has the trial of {side} in block {block}, replica {replica}, of {series}"
    )]
    DuplicateTrial {
        /// The run.
        run: RunId,
        /// The trial's series.
        series: Box<Series>,
        /// Its block.
        block: u32,
        /// Its side.
        side: SideName,
        /// Its replica.
        replica: u32,
    },
    /// A run of that id is there already.
    #[error("run {run} is already in the store; a run is begun once")]
    DuplicateRun {
        /// The run.
        run: RunId,
    },
    /// No run has that id.
    #[error("there is no run {run} in the store {path}")]
    NoSuchRun {
        /// The store.
        path: PathBuf,
        /// The id asked for.
        run: RunId,
    },
    /// A value is not a finite number.
    #[error("{metric} of {side} in block {block} is {value}; only finite numbers are kept")]
    NotFinite {
        /// Which value.
        metric: Metric,
        /// The trial's side.
        side: SideName,
        /// The trial's block.
        block: u32,
        /// The value.
        value: f64,
    },
    /// A plan, environment or count that would not come back as it is.
    #[error("the {what} cannot be kept: {reason}")]
    NotStorable {
        /// What it is part of.
        what: &'static str,
        /// What would be lost.
        reason: String,
    },
    /// A row that this version cannot make sense of.
    #[error(
        "cannot read {column} of {table} in the store {path}: {reason}; it may have been written by \
         a newer Evenhand"
    )]
    Unreadable {
        /// The store.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// Anything else that SQLite complains of.
    #[error("the store {path} fails: {source}")]
    Sqlite {
        /// The store.
        path: PathBuf,
        /// SQLite's reason.
        source: rusqlite::Error,
    },
}

fn process(pid: Option<u32>) -> String {
    pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"))
}

/// A failure before it is known to which file it belongs.
#[derive(Debug)]
pub(crate) enum Fault {
    Sqlite(rusqlite::Error),
    Unreadable { table: &'static str, column: &'static str, reason: String },
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Fault {
    pub(crate) fn at(self, path: &Path) -> StoreError {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseCorrupt, NotADatabase, ReadOnly};
        let path = path.to_owned();
        match self {
            Self::Unreadable { table, column, reason } => {
                StoreError::Unreadable { path, table, column, reason }
            }
            Self::Sqlite(source) => match source.sqlite_error_code() {
                Some(NotADatabase) => {
                    StoreError::NotAStore { path, reason: "it is no SQLite file".to_owned() }
                }
                Some(DatabaseCorrupt) => StoreError::Damaged { path, reason: source.to_string() },
                Some(CannotOpen | ReadOnly) => StoreError::Folder {
                    path: path.parent().map_or_else(|| path.clone(), Path::to_owned),
                    source: io::Error::other(source),
                },
                _ => StoreError::Sqlite { path, source },
            },
        }
    }
}
