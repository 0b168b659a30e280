//! What the launcher can be asked for here: peak memory, side effects, counts
//! of instructions, a place for output, a real-time priority. Each is tried on
//! a program that ends at once.

use launch::probe::{self, EffectsReading, InstructionSource, MemorySource, Seen};
use launch::{LaunchError, Launcher, Medium, Refusal, Scratch, Trial};

use super::kernel::Kernel;
use super::{Checked, no_op};

pub(super) fn all(kernel: &Kernel, launcher: &Launcher) -> Vec<Checked> {
    vec![
        memory(launcher),
        effects(kernel, launcher),
        instructions(kernel, launcher),
        output(),
        realtime(launcher),
    ]
}

fn memory(launcher: &Launcher) -> Checked {
    const SUBJECT: &str = "peak memory";
    match probe::memory(launcher, &no_op()) {
        Ok(probe) if probe.reading.source == MemorySource::VmHwmAtExit => {
            Checked::fine(SUBJECT, "exact, by ptrace")
        }
        Ok(probe) => Checked::lacking(
            SUBJECT,
            probe.reading.source.to_string(),
            "figures are flagged; allow ptrace (in a container: --cap-add SYS_PTRACE)",
        ),
        Err(error) => Checked::lacking(SUBJECT, "none", format!("memory is not run: {error}")),
    }
}

fn effects(kernel: &Kernel, launcher: &Launcher) -> Checked {
    const SUBJECT: &str = "side effects";
    let unseen = match probe::effects(launcher, &no_op()) {
        Ok(probe) => unseen(probe.reading),
        Err(error) => Some(error.to_string()),
    };
    match unseen {
        None => Checked::fine(SUBJECT, "seen, by ptrace"),
        Some(reason) => Checked::lacking(
            SUBJECT,
            "unseen",
            format!("files, syncs and connections are not compared: {reason}{}", kernel.tracing()),
        ),
    }
}

/// Why something could not be seen of a program that does nothing.
fn unseen(reading: EffectsReading) -> Option<String> {
    let EffectsReading { bytes_written, bytes_sent, syncs, files_created, connections, processes } =
        reading;
    [bytes_written, bytes_sent, syncs, files_created, connections, processes].into_iter().find_map(
        |seen| match seen {
            Seen::Unseen { reason } => Some(reason),
            Seen::Counted { .. } => None,
        },
    )
}

fn instructions(kernel: &Kernel, launcher: &Launcher) -> Checked {
    let by = |source| probe::instructions_by(launcher, &no_op(), source);
    let lacking = match by(InstructionSource::Processor) {
        Ok(_) => return counters(kernel, None, true),
        Err(LaunchError::Refused(Refusal::Instructions { reason })) => reason,
        Err(error) => error.to_string(),
    };
    counters(kernel, Some(&lacking), by(InstructionSource::Valgrind).is_ok())
}

/// What follows from what perf lacks, if it lacks anything, and from valgrind
/// being there or not.
pub(super) fn counters(kernel: &Kernel, lacking: Option<&str>, valgrind: bool) -> Checked {
    const SUBJECT: &str = "counters";
    let Some(lacking) = lacking else {
        return Checked::fine(SUBJECT, "instructions, by the processor");
    };
    let paranoid = kernel.counters_closed();
    if valgrind {
        let costs = format!(
            "valgrind counts instead, some 50 times slower, one thread at a time: {lacking}{paranoid}"
        );
        Checked::lacking(SUBJECT, "not those of the processor", costs)
    } else {
        let costs = format!(
            "instructions are not run; install valgrind, or perf where the processor has \
             counters: {lacking}{paranoid}"
        );
        Checked::lacking(SUBJECT, "none", costs)
    }
}

fn output() -> Checked {
    const SUBJECT: &str = "output of timed runs";
    match Scratch::fresh().map(|scratch| scratch.medium()) {
        Ok(Medium::Tmpfs) => Checked::fine(SUBJECT, "in memory"),
        Ok(Medium::Disk) => Checked::lacking(
            SUBJECT,
            "temporary files on a disk",
            "more noise in programs that write files; make /dev/shm writable",
        ),
        Err(error) => Checked::lacking(SUBJECT, "none", error.to_string()),
    }
}

/// Whether a trial may run under a real-time priority here.
///
/// # Errors
/// The launcher's reason, with the way out.
pub fn try_realtime(launcher: &Launcher) -> Result<(), LaunchError> {
    launcher.run(&Trial { realtime: true, ..no_op() }).map(|_| ())
}

fn realtime(launcher: &Launcher) -> Checked {
    const SUBJECT: &str = "--realtime";
    match try_realtime(launcher) {
        Ok(()) => Checked::fine(SUBJECT, "permitted"),
        Err(_) => Checked::lacking(
            SUBJECT,
            "not permitted",
            "wall time is noisier than it could be; run as root or grant CAP_SYS_NICE",
        ),
    }
}
