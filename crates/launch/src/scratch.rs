//! A private folder for one trial, on tmpfs where there is one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::fs::statfs;
use serde::{Deserialize, Serialize};

use crate::error::LaunchError;

/// `TMPFS_MAGIC` of linux/magic.h.
const TMPFS_MAGIC: u64 = 0x0102_1994;

/// What a scratch folder lies on. Times of programs that write files compare only on the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// Memory.
    Tmpfs,
    /// Any other file system.
    Disk,
}

impl Medium {
    /// The medium `path` lies on.
    ///
    /// # Errors
    /// When the path cannot be examined.
    pub fn of(path: &Path) -> Result<Self, LaunchError> {
        let magic = statfs(path)
            .map_err(|reason| LaunchError::scratch(path, io::Error::from(reason)))?
            .f_type;
        Ok(if u64::try_from(magic) == Ok(TMPFS_MAGIC) { Self::Tmpfs } else { Self::Disk })
    }
}

/// A fresh folder that only this user can read, removed with all its contents when dropped.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    medium: Medium,
}

impl Scratch {
    /// In `/dev/shm` if that is tmpfs and writable, else in the system's temporary folder.
    ///
    /// # Errors
    /// When neither can be written to.
    pub fn fresh() -> Result<Self, LaunchError> {
        let shared_memory = Path::new("/dev/shm");
        if Medium::of(shared_memory).is_ok_and(|medium| medium == Medium::Tmpfs)
            && let Ok(scratch) = Self::within(shared_memory)
        {
            return Ok(scratch);
        }
        Self::within(&std::env::temp_dir())
    }

    /// A fresh folder below `parent`.
    ///
    /// # Errors
    /// When `parent` cannot be written to.
    pub fn within(parent: &Path) -> Result<Self, LaunchError> {
        use std::os::unix::fs::DirBuilderExt;
        static NEXT: AtomicU32 = AtomicU32::new(0);
        loop {
            // Of one length always: the path is in the subject's environment, whose size matters.
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = parent.join(format!("evenhand-{:08x}-{n:08x}", std::process::id()));
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self { medium: Medium::of(&path)?, path }),
                // Left by a harness of the same process id that was killed.
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(LaunchError::scratch(&path, e)),
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it lies on.
    pub fn medium(&self) -> Medium {
        self.medium
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A subject may have taken the right to enter its own folders; nothing more can be done.
        let _ = fs::remove_dir_all(&self.path);
    }
}
