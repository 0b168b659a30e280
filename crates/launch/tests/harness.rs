//! A harness or a launcher that is killed leaves nothing behind either.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use launch::{Ended, LaunchError, Launcher, Trial, built_binary, tool};

const LAUNCHER: &str = env!("CARGO_BIN_EXE_evenhand-launcher");
const FAKE: &str = env!("CARGO_BIN_EXE_fake-subject");

/// A harness that has started the command, and the processes the command has announced.
fn harness(announcements: usize, command: &[&str]) -> (Child, Vec<u32>) {
    let mut harness = Command::new(FAKE)
        .args(["harness", LAUNCHER, &announcements.to_string()])
        .args(command)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(harness.stdout.take().unwrap()).lines();
    let pids = lines.take(announcements).map(|line| line.unwrap().parse().unwrap()).collect();
    (harness, pids)
}

fn field(pid: u32, name: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start_matches(':').trim().to_owned())
}

/// An orphan may stay unreaped for a while where the first process does not care.
fn runs(pid: u32) -> bool {
    field(pid, "State").is_some_and(|state| !state.starts_with('Z'))
}

fn eventually(what: &str, condition: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(Instant::now() < until, "not so after 20 s: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_killed_harness_takes_the_whole_tree_and_the_scratch_folder_along() {
    for command in [&["fork-tree", "4"][..], &["double-fork"], &["ignore-term"]] {
        let (mut harness, pids) = harness(1, command);
        let scratch: PathBuf = fs::read_link(format!("/proc/{}/cwd", pids[0])).unwrap();
        assert!(scratch.exists());
        harness.kill().unwrap();
        harness.wait().unwrap();
        eventually("the tree is gone", || !pids.iter().any(|&pid| runs(pid)));
        eventually("the scratch folder is gone", || !scratch.exists());
    }
}

#[test]
fn a_killed_harness_takes_a_tree_of_many_along() {
    let (mut harness, pids) = harness(4, &["fork-tree", "4"]);
    assert!(pids.iter().all(|&pid| runs(pid)));
    harness.kill().unwrap();
    harness.wait().unwrap();
    eventually("the tree is gone", || !pids.iter().any(|&pid| runs(pid)));
}

#[test]
fn a_killed_launcher_is_an_error_and_its_tree_is_killed() {
    let running = Launcher::at(LAUNCHER).start(&Trial::of(FAKE).with_args(["hang"])).unwrap();
    let pid = u32::try_from(running.pid().unwrap()).unwrap();
    let launcher: i32 = field(pid, "PPid").unwrap().parse().unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(launcher), nix::sys::signal::SIGKILL)
        .unwrap();
    let error = running.finish().unwrap_err();
    assert!(matches!(error, LaunchError::LauncherDied { .. }), "{error}");
    eventually("the subject is gone", || !runs(pid));
}

#[test]
fn what_a_killed_launcher_had_started_is_found_in_other_sessions_too() {
    let running = Launcher::at(LAUNCHER).start(&Trial::of(FAKE).with_args(["tree-of-sessions"]));
    let running = running.unwrap();
    let pids = || -> Vec<u32> {
        running.stdout_so_far().lines().map(|line| line.parse().unwrap()).collect()
    };
    eventually("two processes are there", || pids().len() == 2);
    let pids = pids();
    let launcher: i32 = field(pids[0], "PPid").unwrap().parse().unwrap();
    nix::sys::signal::kill(nix::unistd::Pid::from_raw(launcher), nix::sys::signal::SIGKILL)
        .unwrap();
    running.finish().unwrap_err();
    eventually("both are gone", || !pids.iter().any(|&pid| runs(pid)));
}

#[test]
fn binaries_for_tests_are_found_beside_them() {
    assert_eq!(built_binary("fake-subject").unwrap(), Path::new(FAKE).canonicalize().unwrap());
    assert!(matches!(built_binary("no-such-binary"), Err(LaunchError::NotBuilt { .. })));
    let outcome = Launcher::beside_tests().unwrap().run(&Trial::of(FAKE).with_args(["exit", "3"]));
    assert_eq!(outcome.unwrap().ended, Ended::Exited(3));
}

#[test]
fn a_tool_inherits_the_environment_with_additions() {
    let tool = tool::Tool {
        added: vec![("EVENHAND_ADDED".into(), "yes".into())],
        removed: vec!["CARGO_MANIFEST_DIR".into()],
        ..tool::Tool::of(FAKE, ".").with_args(["read-env"])
    };
    let outcome = tool::run(&Launcher::at(LAUNCHER), &tool).unwrap();
    let text = outcome.stdout_text();
    let has = |name: &str| text.lines().any(|line| line.starts_with(&format!("{name}=")));
    assert!(has("PATH") && has("EVENHAND_ADDED") && !has("CARGO_MANIFEST_DIR"), "{text}");
}

#[test]
fn a_tools_complaint_is_kept_and_its_folder_stays() {
    let folder = tempfile::tempdir().unwrap();
    let script = "echo fine; echo first >&2; echo last >&2; echo x > made; exit 4";
    let tool = tool::Tool::of("sh", folder.path()).with_args(["-c", script]);
    let outcome = tool::run(&Launcher::at(LAUNCHER), &tool).unwrap();
    assert_eq!(outcome.ended, Ended::Exited(4));
    assert_eq!(outcome.stdout_text(), "fine\n");
    assert_eq!(outcome.last_lines(1), "last");
    assert_eq!(fs::read_to_string(folder.path().join("made")).unwrap(), "x\n");
}
