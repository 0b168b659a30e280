//! One of the programs compared.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::{LanguageId, SideName};

/// A program, where it comes from and what is always said to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Names it in tables and JSON.
    pub name: SideName,
    /// Where it comes from.
    pub origin: Origin,
    /// Arguments before a case's own.
    pub args: Vec<String>,
    /// Variables over those of every run.
    pub env: BTreeMap<String, String>,
    /// The toolchain to build it with, by version or by name; `None`: installed.
    pub toolchain: Option<String>,
}

/// Where a program comes from. Paths are absolute, but for a bare name that is
/// looked up on `PATH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A project of a language, built under the contract's profile.
    Project {
        /// Its language.
        language: LanguageId,
        /// The folder with the manifest.
        folder: PathBuf,
        /// Which package of the folder; `None`: the folder's own.
        package: Option<String>,
        /// Which program of the package; `None`: its only one.
        binary: Option<String>,
        /// Features or build tags.
        features: Vec<String>,
    },
    /// A project of any kind, built by a command of the user's.
    Built {
        /// Where the command is run.
        folder: PathBuf,
        /// The command.
        command: Vec<String>,
        /// What it leaves.
        program: PathBuf,
    },
    /// A program that is there.
    Program {
        /// A file, or a bare name.
        path: PathBuf,
    },
}

impl Origin {
    /// The kind in one word, as in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Project { .. } => "project",
            Self::Built { .. } => "built",
            Self::Program { .. } => "program",
        }
    }

    /// The language, if it is known.
    pub fn language(&self) -> Option<&LanguageId> {
        match self {
            Self::Project { language, .. } => Some(language),
            Self::Built { .. } | Self::Program { .. } => None,
        }
    }
}
