//! A place in a file that may be renamed, and how it is remembered.

use std::fmt::{self, Display};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Position {
    pub inode: u64,
    pub offset: u64,
}

impl Position {
    /// `None` where nothing was saved.
    pub fn load(path: &Path) -> Result<Option<Self>> {
        match fs::read(path) {
            Ok(content) => serde_json::from_slice(&content)
                .map(Some)
                .with_context(|| path.display().to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| path.display().to_string()),
        }
    }

    /// Replaces what was saved before, whole or not at all. It does not wait for the disk: what is
    /// forgotten with the power is sent again.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let next = path.with_added_extension("next");
        fs::write(&next, serde_json::to_vec(self)?)?;
        fs::rename(next, path)
    }
}

impl Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:x}:{}", self.inode, self.offset)
    }
}
