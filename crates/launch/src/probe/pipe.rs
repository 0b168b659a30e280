//! How a subject takes a reader that goes away, as `head` does.

use std::io::{PipeReader, Read};
use std::os::fd::OwnedFd;

use crate::error::LaunchError;
use crate::launcher::Launcher;
use crate::outcome::{Bytes, Ended};
use crate::trial::Trial;
use crate::wire::Meter;

/// What a run came to whose stdout was a pipe that closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedPipe {
    /// How the subject's own process ended: by SIGPIPE (13), by an exit code of its choice, or not
    /// before its deadline. The signal has its default disposition at the start.
    pub ended: Ended,
    /// How much was read before the pipe was closed: less than asked for if that was all there was.
    pub read: Bytes,
    /// The last 4 KiB of standard error.
    pub stderr: String,
}

/// Runs the trial with a pipe for stdout, whose only reader goes away after so many bytes. At 0 it
/// has gone before the subject starts; else the subject notices only if it writes more than the
/// pipe holds (64 KiB on Linux) or later than the reader leaves.
///
/// # Errors
/// When the trial cannot take place.
pub fn closed_pipe(
    launcher: &Launcher,
    trial: &Trial,
    read: Bytes,
) -> Result<ClosedPipe, LaunchError> {
    let (reader, writer) = std::io::pipe().map_err(LaunchError::io("pipe for stdout"))?;
    let reader = (read > Bytes(0)).then_some(reader);
    let running = launcher.begin_into(trial, Meter::Timed, false, Some(OwnedFd::from(writer)))?;
    let got = match reader {
        Some(mut reader) => take(&mut reader, read, |reader| running.speaks_before(reader))
            .map_err(LaunchError::io("read the pipe for stdout"))?,
        None => Bytes(0),
    };
    let outcome = running.finish()?;
    Ok(ClosedPipe { ended: outcome.ended, read: got, stderr: outcome.stderr_tail() })
}

/// Reads so many bytes, unless the run is over before.
fn take(
    reader: &mut PipeReader,
    Bytes(wanted): Bytes,
    is_over: impl Fn(&PipeReader) -> bool,
) -> std::io::Result<Bytes> {
    let mut chunk = [0; 4096];
    let mut got = 0;
    while got < wanted && !is_over(reader) {
        let room = usize::try_from(wanted - got).map_or(chunk.len(), |left| left.min(chunk.len()));
        match reader.read(&mut chunk[..room])? {
            0 => break,
            n => got += n as u64,
        }
    }
    Ok(Bytes(got))
}
