//! Side effects of a run, by looking at its system calls.

use serde::{Deserialize, Serialize};

use crate::error::{LaunchError, Refusal};
use crate::launcher::Launcher;
use crate::outcome::Outcome;
use crate::trial::Trial;
use crate::wire::Meter;

/// What the whole tree of a subject did beside its answer, up to its end or to its being killed.
///
/// Counted are calls that succeeded, by what the kernel said they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectsReading {
    /// Bytes given to files and block devices by any call of the `write` family, `sendfile`,
    /// `copy_file_range` and `splice`. Captured stdout and stderr, however reached, memory files,
    /// pipes, terminals and other devices are no files. Named: the files.
    pub bytes_written: Seen,
    /// Bytes given to sockets, but for those to the kernel itself (netlink). Named: the addresses
    /// where known, or else the kind of socket.
    pub bytes_sent: Seen,
    /// Calls that wait for storage: `fsync`, `fdatasync`, `syncfs`, `sync`, `msync(MS_SYNC)`,
    /// `sync_file_range` with a flag to wait, and every single write through a descriptor opened
    /// with `O_SYNC` or `O_DSYNC` or with `RWF_SYNC` or `RWF_DSYNC`. Named: the files.
    pub syncs: Seen,
    /// Files, folders, links, devices and named sockets that were not there before. What is renamed
    /// and what never has a name (`O_TMPFILE`, memfd) are not made. Named: their paths.
    pub files_created: Seen,
    /// Connections begun, over IP (but for datagrams, which have none) and local sockets, whether
    /// anybody answered or not. Named: the addresses.
    pub connections: Seen,
    /// Processes started, the subject's own apart; threads are none, and one that borrows its
    /// parent's memory (vfork) is one from its exec on. Named: their programs.
    pub processes: Seen,
}

impl EffectsReading {
    /// Nothing could be seen.
    fn unseen(reason: &str) -> Self {
        let unseen = || Seen::Unseen { reason: reason.to_owned() };
        Self {
            bytes_written: unseen(),
            bytes_sent: unseen(),
            syncs: unseen(),
            files_created: unseen(),
            connections: unseen(),
            processes: unseen(),
        }
    }
}

/// One kind of effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// All of it was seen.
    Counted {
        /// How much or how many.
        count: u64,
        /// Names of the first five, each once, for messages: paths below the working directory
        /// without it, paths below `TMPDIR` as `$TMPDIR/…`.
        first: Vec<String>,
    },
    /// Some of it may have been missed, so that no count is given.
    Unseen {
        /// What was in the way.
        reason: String,
    },
}

impl Seen {
    /// How much or how many; `None` if it cannot be known.
    pub fn count(&self) -> Option<u64> {
        match self {
            Self::Counted { count, .. } => Some(*count),
            Self::Unseen { .. } => None,
        }
    }
}

/// Side effects and the run they were seen in.
#[derive(Debug)]
pub struct EffectsProbe {
    /// What was seen.
    pub reading: EffectsReading,
    /// How the run ended and what it printed; its times mean nothing.
    pub outcome: Outcome,
}

/// Runs the trial with every system call looked at. That takes several times as long for a subject
/// of many calls, so the trial's deadline should be longer than a timed run's.
///
/// Where the subject cannot be traced, it is run without, and everything is [`Seen::Unseen`].
///
/// # Errors
/// When the trial cannot take place.
pub fn effects(launcher: &Launcher, trial: &Trial) -> Result<EffectsProbe, LaunchError> {
    let traced = launcher
        .begin(trial, Meter::TracedEffects, false)
        .and_then(|running| running.finish_with_looks());
    match traced {
        Ok((outcome, looks)) => {
            let nothing = || EffectsReading::unseen("the launcher did not tell");
            let reading = looks.effects.unwrap_or_else(nothing);
            Ok(EffectsProbe { reading, outcome })
        }
        Err(LaunchError::Refused(Refusal::Trace { reason })) => Ok(EffectsProbe {
            reading: EffectsReading::unseen(&format!("cannot be traced: {reason}")),
            outcome: launcher.run(trial)?,
        }),
        Err(error) => Err(error),
    }
}
