//! Probes of one question each: what if nobody reads, how many instructions.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that cannot be made here says so")]

use std::time::Duration;

use launch::probe::{
    ClosedPipe, InstructionSource, Instructions, closed_pipe, instructions, instructions_by,
};
use launch::{Bytes, Ended, LaunchError, Launcher, Refusal, Trial};

const SIGPIPE: i32 = 13;

fn launcher() -> Launcher {
    Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"))
}

fn fake(args: &[&str]) -> Trial {
    Trial::of(env!("CARGO_BIN_EXE_fake-subject")).with_args(args)
}

fn pipe(trial: &Trial, read: u64) -> ClosedPipe {
    closed_pipe(&launcher(), trial, Bytes(read)).unwrap()
}

#[test]
fn a_program_that_leaves_sigpipe_alone_is_ended_by_it() {
    let yes = Trial::of("yes");
    for read in [0, 1, 100_000] {
        let closed = pipe(&yes, read);
        assert_eq!(closed.ended, Ended::Signalled(SIGPIPE));
        assert_eq!(closed.read, Bytes(read));
        assert_eq!(closed.stderr, "");
    }
}

#[test]
fn a_program_that_takes_the_error_ends_as_it_likes() {
    for read in [0, 5000] {
        let closed = pipe(&fake(&["print", "1000000"]), read);
        assert_eq!(closed.ended, Ended::Exited(1));
        assert!(closed.stderr.contains("BrokenPipe"), "{}", closed.stderr);
    }
}

#[test]
fn a_program_that_does_not_notice_ends_as_ever() {
    let silent = pipe(&fake(&["exit", "7"]), 0);
    assert_eq!((silent.ended, silent.read), (Ended::Exited(7), Bytes(0)));
    let brief = pipe(&fake(&["print", "300"]), 1000);
    assert_eq!((brief.ended, brief.read), (Ended::Exited(0), Bytes(300)));
}

#[test]
fn a_program_that_waits_for_its_reader_times_out() {
    let hanging = Trial { deadline: Duration::from_millis(300), ..fake(&["hang"]) };
    for read in [0, 10] {
        assert_eq!(pipe(&hanging, read).ended, Ended::TimedOut);
    }
}

#[test]
fn a_daemon_that_holds_the_pipe_does_not_hold_up_the_probe() {
    let closed = pipe(&fake(&["double-fork"]), 1 << 20);
    assert_eq!(closed.ended, Ended::Exited(0));
    assert!(closed.read > Bytes(0));
}

/// `None` where this source cannot count: then the refusal is the behaviour.
fn counted(trial: &Trial, source: InstructionSource) -> Option<Instructions> {
    match instructions_by(&launcher(), trial, source) {
        Err(LaunchError::Refused(Refusal::Instructions { reason })) => {
            eprintln!("skipped: {reason}");
            assert!(reason.starts_with("perf") || reason.starts_with("valgrind"), "{reason}");
            None
        }
        other => Some(other.unwrap()),
    }
}

#[test]
fn instructions_repeat_and_grow_with_the_work() {
    for source in [InstructionSource::Processor, InstructionSource::Valgrind] {
        let Some(little) = counted(&fake(&["print", "100000"]), source) else { continue };
        let much = counted(&fake(&["print", "10000000"]), source).unwrap();
        assert_eq!(little.outcome.ended, Ended::Exited(0));
        assert_eq!(little.outcome.stdout.bytes, Bytes(100_000));
        assert_eq!(little.source, source);
        let again = counted(&fake(&["print", "100000"]), source).unwrap();
        let (little, again) = (little.count, again.count);
        assert!(little.abs_diff(again) * 50 < little, "{little} {again}");
        assert!(much.count > little, "{little} {}", much.count);
    }
}

#[test]
fn a_counted_subject_has_its_own_end() {
    for source in [InstructionSource::Processor, InstructionSource::Valgrind] {
        let Some(probe) = counted(&fake(&["exit", "9"]), source) else { continue };
        assert_eq!(probe.outcome.ended, Ended::Exited(9));
    }
    let Some(probe) = counted(&fake(&["abort"]), InstructionSource::Valgrind) else { return };
    assert_eq!(probe.outcome.ended, Ended::Signalled(6));
}

#[test]
fn instructions_of_children_count_too() {
    let of = |args: &[&str]| counted(&fake(args), InstructionSource::Valgrind);
    let Some(alone) = of(&["print", "1000000"]) else { return };
    let (idle, both) = (of(&["exit", "0"]).unwrap(), of(&["run", "print", "1000000"]).unwrap());
    let sum = alone.count + idle.count;
    assert!(both.count > sum * 9 / 10, "{} {sum}", both.count);
    let forking = Trial::of("/bin/sh").with_args(["-c", "(echo); (echo)"]);
    assert!(counted(&forking, InstructionSource::Valgrind).is_none());
}

#[test]
fn what_cannot_be_counted_is_refused_with_the_way_out() {
    let late = Trial { deadline: Duration::from_millis(200), ..fake(&["hang"]) };
    let error = instructions(&launcher(), &late).unwrap_err().to_string();
    assert!(error.starts_with("instructions cannot be counted: perf"), "{error}");
    assert!(error.contains("timed out") || error.contains("install"), "{error}");
    let error = instructions(&launcher(), &Trial::of("/nowhere/at-all")).unwrap_err();
    assert!(matches!(error, LaunchError::Refused(Refusal::ProgramNotFound { .. })), "{error}");
}
