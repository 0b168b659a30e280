//! A trial starts what it was asked to, as it was asked to, and tells how it went.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use launch::{
    Bytes, Ended, Environment, Input, LaunchError, Launcher, Outcome, Refusal, Trial,
    clean_environment,
};

fn launcher() -> Launcher {
    Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"))
}

fn fake(args: &[&str]) -> Trial {
    Trial::of(env!("CARGO_BIN_EXE_fake-subject")).with_args(args)
}

fn run(args: &[&str]) -> Outcome {
    launcher().run(&fake(args)).unwrap()
}

fn stdout(outcome: &Outcome) -> String {
    String::from_utf8(outcome.stdout.read(Bytes::mib(16)).unwrap()).unwrap()
}

#[test]
fn an_exit_code_comes_back() {
    assert_eq!(run(&["exit", "0"]).ended, Ended::Exited(0));
    assert_eq!(run(&["exit", "7"]).ended, Ended::Exited(7));
}

#[test]
fn a_signal_comes_back_as_a_signal() {
    assert_eq!(run(&["abort"]).ended, Ended::Signalled(6));
}

#[test]
fn stdout_is_hashed_and_can_be_read_in_part() {
    let outcome = run(&["print", "200000"]);
    assert_eq!(outcome.stdout.bytes, Bytes(200_000));
    let head = outcome.stdout.read(Bytes(10)).unwrap();
    assert_eq!(head, b"0123456789");
    let again = run(&["print", "200000"]);
    assert_eq!(outcome.stdout.sha256, again.stdout.sha256);
    assert_ne!(outcome.stdout.sha256, run(&["print", "199999"]).stdout.sha256);
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(run(&["exit", "0"]).stdout.sha256, empty);
}

#[test]
fn stderr_is_kept_apart_and_its_end_is_quoted() {
    let outcome = run(&["complain", "1000"]);
    assert_eq!(outcome.stdout.bytes, Bytes(0));
    assert_eq!(outcome.stderr.bytes, Bytes(10_000));
    assert_eq!(outcome.stderr_tail().len(), 4096);
}

#[test]
fn stdin_is_empty_or_the_file_given() {
    assert_eq!(run(&["cat"]).stdout.bytes, Bytes(0));
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input");
    fs::write(&input, "forty-two\n").unwrap();
    let trial = Trial { stdin: Input::File(input), ..fake(&["cat"]) };
    assert_eq!(stdout(&launcher().run(&trial).unwrap()), "forty-two\n");
}

#[test]
fn the_environment_is_exactly_what_was_given_and_the_padding() {
    let given: Vec<(OsString, OsString)> =
        vec![("ONE".into(), "1".into()), ("EMPTY".into(), "".into())];
    let exact = Trial { environment: Environment::Exact(given), ..fake(&["read-env"]) };
    assert_eq!(stdout(&launcher().run(&exact).unwrap()), "ONE=1\nEMPTY=\n");
    let padded = Trial { padding: 1000, ..exact };
    let expected = format!("ONE=1\nEMPTY=\nEVENHAND_PADDING={}\n", "x".repeat(1000));
    assert_eq!(stdout(&launcher().run(&padded).unwrap()), expected);
}

#[test]
fn a_clean_environment_is_the_listed_one_and_nothing_of_the_users() {
    let folder = tempfile::tempdir().unwrap();
    let trial = Trial { scratch: Some(folder.path().into()), ..fake(&["read-env"]) };
    let listed: String = clean_environment(folder.path())
        .into_iter()
        .map(|(name, value)| format!("{}={}\n", name.display(), value.display()))
        .collect();
    assert_eq!(stdout(&launcher().run(&trial).unwrap()), listed);
}

#[test]
fn the_working_directory_is_a_scratch_folder_that_goes_away() {
    let outcome = run(&["write-files", ".", "3", "1"]);
    assert_eq!(outcome.ended, Ended::Exited(0));
    let outcome = run(&["read-env"]);
    let home = stdout(&outcome);
    let home = home.lines().find_map(|line| line.strip_prefix("HOME=")).unwrap();
    assert!(!PathBuf::from(home).exists());
}

#[test]
fn affinity_is_what_the_subject_sees() {
    let allowed = stdout(&run(&["affinity"]));
    let first: usize = allowed.split_whitespace().next().unwrap().parse().unwrap();
    let pinned = Trial { affinity: Some(vec![first]), ..fake(&["affinity"]) };
    assert_eq!(stdout(&launcher().run(&pinned).unwrap()).trim(), first.to_string());
    let workers = Trial { affinity: Some(vec![first]), ..fake(&["workers"]) };
    assert_eq!(stdout(&launcher().run(&workers).unwrap()).trim(), "1");
}

#[test]
fn what_cannot_be_had_is_refused_by_name() {
    let refusal = |trial: &Trial| match launcher().run(trial) {
        Err(LaunchError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let missing = Trial::of("/nowhere/at-all");
    assert!(
        matches!(refusal(&missing), Refusal::ProgramNotFound { program } if program == "/nowhere/at-all")
    );
    let unheard_of = Trial::of("no-such-program-in-the-path");
    assert!(matches!(refusal(&unheard_of), Refusal::ProgramNotFound { .. }));
    let no_program = Trial::of(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    assert!(matches!(refusal(&no_program), Refusal::ProgramNotExecutable { .. }));
    let nowhere = Trial { directory: Some("/nowhere".into()), ..fake(&["exit", "0"]) };
    assert!(matches!(refusal(&nowhere), Refusal::Directory { .. }));
    let unread = Trial { stdin: Input::File("/nowhere".into()), ..fake(&["cat"]) };
    assert!(matches!(refusal(&unread), Refusal::Stdin { .. }));
    let far = Trial { affinity: Some(vec![1000]), ..fake(&["exit", "0"]) };
    assert!(matches!(refusal(&far), Refusal::Affinity { .. }));
}

#[test]
fn a_missing_launcher_is_no_missing_program() {
    let error = Launcher::at("/nowhere/launcher").run(&fake(&["exit", "0"])).unwrap_err();
    assert!(matches!(error, LaunchError::NoLauncher { .. }), "{error}");
}

#[test]
fn a_launcher_that_is_none_is_found_out() {
    let error = Launcher::at("/bin/true").run(&fake(&["exit", "0"])).unwrap_err();
    assert!(matches!(error, LaunchError::LauncherDied { .. }), "{error}");
}

#[test]
fn processor_time_of_the_whole_tree_is_counted() {
    let alone = run(&["spin", "100"]);
    assert!(alone.usage.cpu() >= Duration::from_millis(95), "{:?}", alone.usage);
    let child = run(&["run", "spin", "100"]);
    assert!(child.usage.cpu() >= Duration::from_millis(95), "{:?}", child.usage);
    let daemon = Trial { grace: Duration::from_secs(20), ..fake(&["double-fork", "spin", "100"]) };
    let daemon = launcher().run(&daemon).unwrap();
    assert_eq!(daemon.leftovers.killed, 0);
    assert!(daemon.usage.cpu() >= Duration::from_millis(95), "{:?}", daemon.usage);
    assert!(run(&["sleep", "100"]).usage.cpu() < Duration::from_millis(50));
}

#[test]
fn wall_time_is_the_subjects_own() {
    let slept = run(&["sleep", "100"]).wall;
    assert!(slept >= Duration::from_millis(100), "{slept:?}");
}

#[test]
fn written_bytes_are_in_the_io_of_the_run() {
    let io = run(&["print", "1000000"]).io.unwrap();
    assert!(io.written_by_calls >= Bytes(1_000_000), "{io:?}");
    let of_child = run(&["run", "print", "1000000"]).io.unwrap();
    assert!(of_child.written_by_calls >= Bytes(1_000_000), "{of_child:?}");
}

#[test]
fn trials_of_several_threads_at_once_do_not_meet() {
    std::thread::scope(|scope| {
        for n in 0..8 {
            scope.spawn(move || {
                for round in 0..10 {
                    let bytes = (n * 1000 + round).to_string();
                    let outcome = run(&["print", &bytes]);
                    assert_eq!(outcome.ended, Ended::Exited(0));
                    assert_eq!(outcome.stdout.bytes.0.to_string(), bytes);
                    assert_eq!(outcome.leftovers, launch::Leftovers::default());
                }
            });
        }
    });
}
