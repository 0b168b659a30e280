//! A writing process is killed at fifty moments; what it said it had kept is
//! there.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::sample::{answer, effect, program, run, trial};
use model::RunFacts;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::{Store, StoreError};

#[test]
fn a_killed_writer_loses_at_most_what_is_in_flight() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    let mut moments = ChaCha8Rng::seed_from_u64(50);
    let mut accepted_in_all = 0;
    for round in 0..50_u32 {
        let id = format!("r{round}");
        let from = if round % 2 == 0 { From::Start } else { From::FirstTrial };
        let accepted = killed_after(moments.random_range(0..30_000), from, &path, &id);
        accepted_in_all += accepted;
        let Some(kept) = facts_of(&path, &id) else {
            assert_eq!(accepted, 0, "round {round}: the run is gone");
            continue;
        };
        let rounds = (round, accepted);
        assert_kept(rounds, &kept.trials, trial);
        assert_kept(rounds, &kept.answers, answer);
        assert_kept(rounds, &kept.effects, effect);
        assert_kept(rounds, &kept.programs, program);
    }
    assert!(accepted_in_all >= 25, "the writer came to write: {accepted_in_all}");
}

/// All that were accepted are there as they were, and at most the one in
/// flight besides.
fn assert_kept<T: PartialEq>(
    (round, accepted): (u32, usize),
    kept: &[T],
    appended: impl Fn(u32) -> T,
) {
    assert!(
        (accepted..=accepted + 1).contains(&kept.len()),
        "round {round}: {accepted} accepted, {} kept",
        kept.len()
    );
    assert!(kept.iter().zip(0..).all(|(kept, block)| *kept == appended(block)), "round {round}");
}

/// What the moment of death is counted from: the one also finds a store that
/// is just being opened, the other always one that is written to.
#[derive(Clone, Copy, PartialEq)]
enum From {
    Start,
    FirstTrial,
}

/// How many rounds the process had reported when it ended.
fn killed_after(microseconds: u64, from: From, path: &Path, id: &str) -> usize {
    let mut writer = Command::new(env!("CARGO_BIN_EXE_append_for_ever"))
        .arg(path)
        .arg(id)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let first = if from == From::FirstTrial { lines.next() } else { None };
    let reports = thread::spawn(move || lines.map_while(Result::ok).last());
    thread::sleep(Duration::from_micros(microseconds));
    writer.kill().unwrap();
    writer.wait().unwrap();
    let last = reports.join().unwrap().or_else(|| first.map(Result::unwrap));
    last.map_or(0, |line| line.parse().unwrap())
}

/// `None` if the process did not get as far as to begin its run.
fn facts_of(path: &Path, id: &str) -> Option<RunFacts> {
    let store = Store::open(path).unwrap();
    let check = rusqlite::Connection::open(path).unwrap();
    let verdict: String = check.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    match store.facts_of(&run(id).id) {
        Ok(facts) => Some(facts),
        Err(StoreError::NoSuchRun { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}
