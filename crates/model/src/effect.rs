//! Side effects of a program, as counted beside a run.

use serde::{Deserialize, Serialize};

use crate::{CaseId, SideName};

named! {
    /// What a program does beside its answer.
    pub enum Effect ("side effect") {
        /// Bytes written to files, its captured output apart.
        BytesWritten = "bytes-written",
        /// Bytes sent over sockets.
        BytesSent = "bytes-sent",
        /// Calls that wait for storage: fsync, fdatasync, syncfs, msync, files opened to write through.
        Syncs = "syncs",
        /// Files and folders made.
        FilesCreated = "files-created",
        /// Connections opened to elsewhere.
        Connections = "connections",
        /// Processes started, its own apart.
        Processes = "processes",
    }
}

/// A side effect of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectSeen {
    /// In which case.
    pub case: CaseId,
    /// Of whose program.
    pub side: SideName,
    /// Which effect.
    pub effect: Effect,
    /// How many; `None`: it cannot be known here.
    pub count: Option<u64>,
    /// The first few of them, or why it cannot be known.
    pub told: Option<String>,
}

impl Effect {
    /// Whether it counts bytes.
    pub fn is_bytes(self) -> bool {
        matches!(self, Self::BytesWritten | Self::BytesSent)
    }
}
