//! A limit is held by the kernel, or the trial is refused; it never runs without.

use std::time::{Duration, Instant};

use launch::{Bytes, Ended, LaunchError, Launcher, Limits, Outcome, Refusal, Trial};

fn fake(args: &[&str], limits: Limits) -> Trial {
    Trial { limits, ..Trial::of(env!("CARGO_BIN_EXE_fake-subject")).with_args(args) }
}

/// `None` where control groups cannot be made: then the refusal is the behaviour.
fn run(trial: &Trial) -> Option<Outcome> {
    match Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher")).run(trial) {
        Ok(outcome) => Some(outcome),
        Err(LaunchError::Refused(Refusal::Limit { .. })) if trial.limits.memory.is_some() => None,
        Err(LaunchError::Refused(Refusal::Limit { .. })) if trial.limits.processes.is_some() => {
            None
        }
        Err(LaunchError::Refused(Refusal::Limit { .. })) if trial.limits.processors.is_some() => {
            None
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_subject_that_eats_memory_is_killed_at_its_limit() {
    let limits = Limits { memory: Some(Bytes::mib(128)), ..Limits::default() };
    let Some(outcome) = run(&fake(&["eat-memory"], limits)) else { return };
    assert_eq!(outcome.ended, Ended::Signalled(9));
    assert_eq!(outcome.oom_kills, Some(1));
    let Some(modest) = run(&fake(&["allocate", "32"], limits)) else { return };
    assert_eq!((modest.ended, modest.oom_kills), (Ended::Exited(0), Some(0)));
}

#[test]
fn a_subject_cannot_start_more_processes_than_its_limit() {
    let limits = Limits { processes: Some(8), ..Limits::default() };
    let Some(within) = run(&fake(&["threads", "7"], limits)) else { return };
    assert_eq!(within.ended, Ended::Exited(0));
    let launcher = Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"));
    let chain = launcher.start(&fake(&["fork-tree", "20"], limits)).unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while !chain.stderr_so_far().contains("temporarily unavailable") {
        assert!(Instant::now() < until, "nobody was refused: {}", chain.stderr_so_far());
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(chain.stdout_so_far().lines().count(), 8);
    // Seven if the one that was refused has not ended yet.
    let killed = chain.stop().unwrap().leftovers.killed;
    assert!((6..=7).contains(&killed), "{killed}");
}

#[test]
fn a_part_of_a_processor_takes_that_much_longer() {
    // Half of the quota's period can pass before the first throttling.
    for (share, at_least) in [(0.25, 2.0), (0.5, 1.4)] {
        let limits = Limits { processors: Some(share), ..Limits::default() };
        let Some(outcome) = run(&fake(&["spin", "400"], limits)) else { return };
        assert!(outcome.usage.cpu() >= Duration::from_millis(390));
        let ratio = outcome.wall.as_secs_f64() / outcome.usage.cpu().as_secs_f64();
        assert!(ratio > at_least, "{share}: {ratio}");
        assert!(outcome.usage.minor_faults > 0);
    }
}

#[test]
fn limits_that_cannot_be_held_are_refused_for_their_reason() {
    let refusal = |trial: &Trial| {
        let launcher = Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"));
        match launcher.run(trial).unwrap_err() {
            LaunchError::Refused(Refusal::Limit { limit, reason }) => format!("{limit}: {reason}"),
            other => panic!("{other}"),
        }
    };
    let of = |limits| refusal(&fake(&["exit", "0"], limits));
    let cpu = |share| of(Limits { processors: Some(share), ..Limits::default() });
    for share in [0.0, -1.0, 0.001] {
        assert_eq!(
            cpu(share),
            format!("cpu: {share} processors; the kernel's least is 0.01, ask for more")
        );
    }
    let none = of(Limits { processes: Some(0), ..Limits::default() });
    assert_eq!(none, "pids: 0 processes; the subject is one itself");
    let nothing = of(Limits { memory: Some(Bytes(0)), ..Limits::default() });
    assert_eq!(nothing, "memory: 0 bytes; no program runs without memory");
    let limits = Limits { processors: Some(0.5), ..Limits::default() };
    let both = refusal(&Trial { realtime: true, ..fake(&["exit", "0"], limits) });
    assert!(both.starts_with("cpu: real-time priority"), "{both}");
}

#[test]
fn a_control_group_is_gone_after_its_trial() {
    let limits = Limits {
        memory: Some(Bytes::mib(512)),
        processes: Some(64),
        processors: Some(1.0),
        ..Limits::default()
    };
    let Some(outcome) = run(&fake(&["own-groups"], limits)) else { return };
    let groups = String::from_utf8(outcome.stdout.read(Bytes::kib(64)).unwrap()).unwrap();
    let names: Vec<&str> = groups.lines().filter_map(|line| line.rsplit('/').next()).collect();
    let name = names.iter().find(|name| name.starts_with("evenhand-")).unwrap();
    let found = find("/sys/fs/cgroup".as_ref(), name, 6);
    assert!(found.is_empty(), "{found:?}");
}

fn find(folder: &std::path::Path, name: &str, depth: usize) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders
        .flat_map(|entry| match depth {
            _ if entry.file_name() == name => vec![entry.path()],
            0 => Vec::new(),
            _ => find(&entry.path(), name, depth - 1),
        })
        .collect()
}

#[test]
fn a_file_cannot_outgrow_its_limit() {
    let limits = Limits { file_size: Some(Bytes::mib(1)), ..Limits::default() };
    let outcome = run(&fake(&["print", "2000000"], limits)).unwrap();
    // SIGXFSZ
    assert_eq!(outcome.ended, Ended::Signalled(25));
    assert_eq!(outcome.stdout.bytes, Bytes::mib(1));
}

#[test]
fn open_files_can_be_few_but_not_too_few_for_the_launcher() {
    let limits = |files| Limits { open_files: Some(files), ..Limits::default() };
    let shell =
        |files| Trial { limits: limits(files), ..Trial::of("sh").with_args(["-c", "ulimit -n"]) };
    let launcher = Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"));
    let outcome = launcher.run(&shell(16)).unwrap();
    assert_eq!(outcome.stdout.read(Bytes(8)).unwrap(), b"16\n");
    let error = launcher.run(&shell(15)).unwrap_err();
    assert!(matches!(error, LaunchError::Refused(Refusal::Limit { .. })), "{error}");
}

#[test]
fn real_time_priority_is_the_subjects_or_refused() {
    let trial = Trial { realtime: true, ..fake(&["priority"], Limits::default()) };
    match Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher")).run(&trial) {
        Ok(outcome) => assert_eq!(outcome.stdout.read(Bytes(32)).unwrap(), b"SCHED_FIFO 1\n"),
        Err(error) => {
            assert!(matches!(error, LaunchError::Refused(Refusal::Realtime { .. })), "{error}");
        }
    }
    let hanging = Trial {
        realtime: true,
        deadline: Duration::from_millis(300),
        ..fake(&["spin", "1000000"], Limits::default())
    };
    if let Ok(outcome) = Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher")).run(&hanging) {
        assert_eq!(outcome.ended, Ended::TimedOut);
    }
}

#[test]
fn when_memory_runs_out_the_kernel_ends_the_subject_first() {
    let trial = Trial::of("/bin/cat").with_args(["/proc/self/oom_score_adj"]);
    let outcome = run(&trial).unwrap();
    assert_eq!(outcome.stdout.read(Bytes::kib(1)).unwrap(), b"1000\n");
}
