//! A private folder for one trial, on tmpfs where there is one.
//!
//! Its maker keeps a lock on it, which the kernel takes back however the maker ends: so folders of a
//! harness that was killed are known, and the next one removes them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock, statfs};
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

/// Before each name of a folder.
const PREFIX: &str = "evenhand-";

/// A folder may be without its lock for so long, between its making and its locking.
const YOUNG: Duration = Duration::from_secs(60);

/// A fresh folder that only this user can read, removed with all its contents when dropped.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    medium: Medium,
    _lock: Option<File>,
}

impl Scratch {
    /// In `/dev/shm` if that is tmpfs and writable, else in the system's temporary folder.
    ///
    /// # Errors
    /// When neither can be written to.
    pub fn fresh() -> Result<Self, LaunchError> {
        static SWEEP: Once = Once::new();
        let shared_memory = Path::new("/dev/shm");
        SWEEP.call_once(|| sweep(shared_memory));
        if Medium::of(shared_memory).is_ok_and(|medium| medium == Medium::Tmpfs)
            && let Ok(scratch) = Self::create(shared_memory)
        {
            return Ok(scratch);
        }
        Self::within(&std::env::temp_dir())
    }

    /// A fresh folder below `parent`; what killed harnesses left there is removed.
    ///
    /// # Errors
    /// When `parent` cannot be written to.
    pub fn within(parent: &Path) -> Result<Self, LaunchError> {
        sweep(parent);
        Self::create(parent)
    }

    fn create(parent: &Path) -> Result<Self, LaunchError> {
        use std::os::unix::fs::DirBuilderExt;
        static NEXT: AtomicU32 = AtomicU32::new(0);
        loop {
            // Of one length always: the path is in the subject's environment, whose size matters.
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = parent.join(format!("{PREFIX}{:08x}-{n:08x}", std::process::id()));
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => {
                    // Where there are no locks, nothing is swept either.
                    let lock = locked(&path).ok();
                    return Ok(Self { medium: Medium::of(&path)?, path, _lock: lock });
                }
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

/// Takes the lock of a folder, or fails if somebody has it.
fn locked(path: &Path) -> io::Result<File> {
    let folder = File::open(path)?;
    flock(&folder, FlockOperation::NonBlockingLockExclusive)?;
    Ok(folder)
}

/// Removes folders whose makers are gone.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        let age = entry.metadata().and_then(|m| m.modified()).map(|made| made.elapsed());
        let old = matches!(age, Ok(Ok(age)) if age > YOUNG);
        if ours && old && locked(&entry.path()).is_ok() {
            // Another user's, perhaps: then it is not ours to remove.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A subject may have taken the right to enter its own folders; nothing more can be done.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn what_a_killed_harness_has_left_is_removed_and_nothing_else() {
        let parent = tempfile::tempdir().unwrap();
        let held = Scratch::within(parent.path()).unwrap();
        let make = |name: &str| {
            let path = parent.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::write(path.join("file"), "x").unwrap();
            path
        };
        let left = make("evenhand-00000001-00000000");
        let (young, other) = (make("evenhand-00000002-00000000"), make("mine"));
        for path in [held.path(), &left, &other] {
            let long_ago = SystemTime::now() - Duration::from_secs(3600);
            File::open(path).unwrap().set_modified(long_ago).unwrap();
        }
        let next = Scratch::within(parent.path()).unwrap();
        assert!(!left.exists());
        assert!([held.path(), &young, &other, next.path()].into_iter().all(Path::exists));
    }
}
