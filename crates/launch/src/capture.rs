//! Output of a subject, held in memory without a name until dropped.
//!
//! The subject writes to a memfd, a tmpfs file that no folder shows: never to `/dev/null`, which
//! some programs recognise and then do less work, and never to a pipe, whose reader would compete
//! for the processor. Nothing needs removing, however the harness ends.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use rustix::fs::{MemfdFlags, memfd_create};
use sha2::{Digest, Sha256};

use crate::outcome::Bytes;

const CHUNK: usize = 256 << 10;

/// A captured stream.
#[derive(Debug)]
pub struct Captured {
    /// Its whole length.
    pub bytes: Bytes,
    /// SHA-256 of the whole, in lower-case hex.
    pub sha256: String,
    file: File,
}

impl Captured {
    pub(crate) fn create(name: &str) -> io::Result<File> {
        Ok(File::from(memfd_create(name, MemfdFlags::CLOEXEC)?))
    }

    pub(crate) fn seal(file: File) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        let mut at = 0;
        loop {
            let n = file.read_at(&mut chunk, at)?;
            if n == 0 {
                break;
            }
            hasher.update(&chunk[..n]);
            at += n as u64;
        }
        let sha256 = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { bytes: Bytes(at), sha256, file })
    }

    /// The first `cap` bytes.
    ///
    /// # Errors
    /// When the kernel cannot give back what it holds.
    pub fn read(&self, cap: Bytes) -> io::Result<Vec<u8>> {
        read_range(&self.file, 0, self.bytes.0.min(cap.0))
    }

    /// The last `cap` bytes, with what is not UTF-8 replaced; empty if unreadable.
    pub fn tail(&self, cap: Bytes) -> String {
        tail(&self.file, cap)
    }
}

/// The last `cap` bytes of a file as text, for messages.
pub(crate) fn tail(file: &File, cap: Bytes) -> String {
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let start = length.saturating_sub(cap.0);
    let bytes = read_range(file, start, length - start).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn read_range(file: &File, start: u64, length: u64) -> io::Result<Vec<u8>> {
    let length = usize::try_from(length).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, start)?;
    Ok(bytes)
}
