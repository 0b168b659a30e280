//! Peak memory is the subject's own, whoever starts it and whatever ran before.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::hint::black_box;
use std::time::Duration;

use launch::probe::{MemoryProbe, MemorySource, Way, memory, memory_by};
use launch::{Bytes, Ended, LaunchError, Launcher, Refusal, Trial};

fn launcher() -> Launcher {
    Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"))
}

fn fake(args: &[&str]) -> Trial {
    Trial::of(env!("CARGO_BIN_EXE_fake-subject")).with_args(args)
}

fn peak(args: &[&str]) -> MemoryProbe {
    memory(&launcher(), &fake(args)).unwrap()
}

/// A harness that has touched this much memory.
fn fat_harness(mib: usize) -> Vec<u8> {
    let mut memory = vec![0; mib << 20];
    memory.iter_mut().step_by(4096).for_each(|page| *page = 1);
    black_box(memory)
}

#[test]
fn a_small_subject_of_a_fat_harness_reads_its_own_memory() {
    let fat = fat_harness(100);
    let probe = peak(&["exit", "0"]);
    assert_eq!(probe.reading.source, MemorySource::VmHwmAtExit);
    assert_eq!(probe.reading.processes, Some(1));
    assert_eq!(probe.outcome.ended, Ended::Exited(0));
    assert!(probe.reading.bytes < Bytes::mib(4), "{}", probe.reading.bytes);
    assert!(probe.reading.pss.unwrap() <= probe.reading.bytes);
    // A timed run's figure is floored too, but by the launcher, never by the harness.
    let timed = launcher().run(&fake(&["exit", "0"])).unwrap();
    assert!(timed.max_rss.floor > Bytes(0));
    assert!(timed.max_rss.bytes < Bytes::mib(16), "{:?}", timed.max_rss);
    drop(fat);
}

#[test]
fn the_trap_is_real_a_child_is_said_to_have_its_parents_memory() {
    let outcome = launcher().run(&fake(&["fat-parent", "100"])).unwrap();
    let said = String::from_utf8(outcome.stdout.read(Bytes::kib(1)).unwrap()).unwrap();
    let kib: u64 = said.trim().parse().unwrap();
    assert!(Bytes::kib(kib) >= Bytes::mib(100), "{kib} KiB");
}

#[test]
fn a_figure_does_not_depend_on_what_ran_before() {
    let figures = |first: &str, second: &str| {
        let of = |mib| peak(&["allocate", mib]).reading.bytes.0 as f64;
        (of(first), of(second))
    };
    let (big, small_after_big) = figures("200", "10");
    let (small, big_after_small) = figures("10", "200");
    assert!((big / big_after_small).ln().abs() < 0.05, "{big} {big_after_small}");
    assert!((small / small_after_big).ln().abs() < 0.05, "{small} {small_after_big}");
    assert!(big > 200e6 && small < 20e6, "{big} {small}");
}

#[test]
fn the_largest_process_of_the_tree_is_read_and_all_are_counted() {
    let child = peak(&["run", "allocate", "50"]);
    assert!(child.reading.bytes > Bytes::mib(50), "{}", child.reading.bytes);
    assert_eq!(child.reading.processes, Some(2));
    let patient =
        Trial { grace: Duration::from_secs(20), ..fake(&["double-fork", "allocate", "50"]) };
    let daemon = memory(&launcher(), &patient).unwrap();
    assert!(daemon.reading.bytes > Bytes::mib(50), "{}", daemon.reading.bytes);
    assert_eq!(daemon.reading.processes, Some(3));
}

#[test]
fn threads_are_followed_and_are_no_processes() {
    let probe = peak(&["threads", "16"]);
    assert_eq!(probe.outcome.ended, Ended::Exited(0));
    assert_eq!(probe.reading.processes, Some(1));
    assert_eq!(probe.outcome.stdout.read(Bytes(8)).unwrap(), b"16\n");
}

#[test]
fn a_traced_subject_behaves_as_an_untraced_one() {
    assert_eq!(peak(&["exit", "9"]).outcome.ended, Ended::Exited(9));
    assert_eq!(peak(&["abort"]).outcome.ended, Ended::Signalled(6));
    let plain = launcher().run(&fake(&["read-env"])).unwrap();
    let traced = peak(&["read-env"]).outcome;
    // HOME and TMPDIR differ: each run has a scratch folder of its own.
    assert_eq!(plain.stdout.bytes, traced.stdout.bytes);
}

#[test]
fn a_traced_subject_is_contained_too() {
    let hanging = Trial { deadline: Duration::from_millis(300), ..fake(&["ignore-term"]) };
    let probe = memory(&launcher(), &hanging).unwrap();
    assert_eq!(probe.outcome.ended, Ended::TimedOut);
    let daemon = peak(&["double-fork"]).outcome;
    assert_eq!(daemon.leftovers.killed, 1);
    let pid = String::from_utf8(daemon.stdout.read(Bytes(20)).unwrap()).unwrap();
    assert!(!std::path::Path::new("/proc").join(pid.trim()).exists());
    let loud = Trial { output_cap: Bytes::mib(1), ..fake(&["print", "100000000000"]) };
    assert_eq!(memory(&launcher(), &loud).unwrap().outcome.ended, Ended::OutputTooLarge);
}

#[test]
fn a_missing_program_is_refused_before_any_way_is_tried() {
    let error = memory(&launcher(), &Trial::of("/nowhere/at-all")).unwrap_err();
    assert!(matches!(error, LaunchError::Refused(Refusal::ProgramNotFound { .. })), "{error}");
}

#[test]
fn the_other_ways_see_a_large_subject_too() {
    let large = fake(&["allocate", "200"]);
    for way in [Way::Polled, Way::Floored, Way::Cgroup] {
        match memory_by(&launcher(), &large, way) {
            Ok(probe) => {
                let reading = probe.unwrap().reading;
                // Looking every 2 ms may miss the last of it.
                assert!(reading.bytes > Bytes::mib(20), "{way:?}: {}", reading.bytes);
                assert!(reading.bytes < Bytes::mib(300), "{way:?}: {}", reading.bytes);
            }
            // Without the right to make control groups.
            Err(LaunchError::Refused(Refusal::Limit { .. })) if way == Way::Cgroup => {}
            Err(error) => panic!("{way:?}: {error}"),
        }
    }
}
