//! Why a trial could not be run at all. How a trial ended is no error: see [`crate::Ended`].

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The trial did not take place, or its numbers were lost.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// The launcher found that it could not do as asked.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The launcher's own binary does not start.
    #[error("the launcher {path} does not start: {reason}")]
    NoLauncher {
        /// Which binary.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// A binary of this workspace is not where tests look for it.
    #[error(
        "{path} is not built; run `cargo build -p launch --bins` with the profile of the tests"
    )]
    NotBuilt {
        /// Where it should be.
        path: PathBuf,
    },
    /// The launcher binary comes from other sources than this crate.
    #[error(
        "the launcher {path} speaks another protocol; build it anew with `cargo build -p launch --bins`"
    )]
    Mismatch {
        /// Which binary.
        path: PathBuf,
    },
    /// The launcher ended without an answer; the tree of its subject has been killed.
    #[error("the launcher ended without an answer ({status}): {stderr}")]
    LauncherDied {
        /// How it ended.
        status: String,
        /// What it or the subject wrote to stderr last.
        stderr: String,
    },
    /// The scratch folder cannot be made or examined.
    #[error("scratch folder {path}: {reason}; set TMPDIR to a folder that can be written to")]
    Scratch {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// Talking to the launcher or reading captured output failed.
    #[error("{step}: {reason}")]
    Io {
        /// What was being done.
        step: &'static str,
        /// What the system said.
        reason: io::Error,
    },
}

impl LaunchError {
    pub(crate) fn scratch(path: &Path, reason: io::Error) -> Self {
        Self::Scratch { path: path.to_owned(), reason }
    }

    pub(crate) fn io(step: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |reason| Self::Io { step, reason }
    }
}

/// What a launcher could not do, found before the subject was started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// There is no such program.
    #[error("program {program} not found; build it, or correct the path")]
    ProgramNotFound {
        /// As asked for.
        program: String,
    },
    /// The program is there but cannot be executed.
    #[error("program {program} cannot be executed: {reason}")]
    ProgramNotExecutable {
        /// As asked for.
        program: String,
        /// What the system said.
        reason: String,
    },
    /// The working directory cannot be entered.
    #[error("working directory {path}: {reason}")]
    Directory {
        /// As asked for.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The file for standard input cannot be opened.
    #[error("standard input {path}: {reason}")]
    Stdin {
        /// As asked for.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The subject cannot be pinned to these processors.
    #[error(
        "cannot pin to processors {processors:?}: {reason}; choose among those that are online"
    )]
    Affinity {
        /// As asked for.
        processors: Vec<usize>,
        /// What the system said.
        reason: String,
    },
    /// Real-time priority is not permitted.
    #[error("real-time priority: {reason}; run as root, grant CAP_SYS_NICE, or leave it off")]
    Realtime {
        /// What the system said.
        reason: String,
    },
    /// A limit cannot be set here.
    #[error("{limit} limit: {reason}")]
    Limit {
        /// Which limit.
        limit: String,
        /// Why not, and what would help.
        reason: String,
    },
    /// The subject cannot be traced for a probe.
    #[error("cannot trace the subject: {reason}")]
    Trace {
        /// Why not.
        reason: String,
    },
    /// Nothing here can count the subject's instructions.
    #[error("instructions cannot be counted: {reason}")]
    Instructions {
        /// Why not, by each way, and what would help.
        reason: String,
    },
    /// Another system call of the launcher failed.
    #[error("{step}: {reason}")]
    System {
        /// Which.
        step: String,
        /// What the system said.
        reason: String,
    },
}

impl Refusal {
    pub(crate) fn system<E: std::fmt::Display>(step: &str) -> impl FnOnce(E) -> Self {
        move |reason| Self::System { step: step.to_owned(), reason: reason.to_string() }
    }
}
