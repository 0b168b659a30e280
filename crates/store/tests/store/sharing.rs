//! One process writes, others read meanwhile.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::sample::{run, trial};
use store::{Store, StoreError};

/// A writing process, killed at the end.
struct Writer(Child);

impl Drop for Writer {
    fn drop(&mut self) {
        self.0.kill().expect("it is ours");
        self.0.wait().expect("it was killed");
    }
}

#[test]
fn a_reader_sees_whole_trials_while_another_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    let mut writer = Writer(
        Command::new(env!("CARGO_BIN_EXE_append_for_ever"))
            .arg(&path)
            .arg("r1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut accepted = BufReader::new(writer.0.stdout.take().unwrap()).lines();
    let mut next = || accepted.next().unwrap().unwrap().parse::<usize>().unwrap();
    next();
    let reader = Store::open_for_reading(&path).unwrap();
    for _ in 0..20 {
        let least = next();
        let trials = reader.facts_of(&run("r1").id).unwrap().trials;
        assert!(trials.len() >= least, "{} < {least}", trials.len());
        assert!(trials.iter().zip(0..).all(|(seen, block)| *seen == trial(block)));
    }
    let error = Store::open(&path).unwrap_err();
    let message = error.to_string();
    assert!(matches!(error, StoreError::Locked { .. }), "{message}");
    assert!(
        message.contains(&format!("is being written by process {};", writer.0.id())),
        "{message}"
    );
    assert!(message.contains("wait until") && message.contains("--store DIR"), "{message}");
    drop(writer);
    Store::open(&path).unwrap();
}

#[test]
fn a_store_is_free_again_once_its_writer_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    let first = Store::open(&path).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(
        matches!(error, StoreError::Locked { pid: Some(pid), .. } if pid == std::process::id()),
        "{error}"
    );
    drop(first);
    Store::open(&path).unwrap();
}

#[test]
fn a_reader_that_stays_does_not_stop_the_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    let mut store = Store::open(&path).unwrap();
    store.begin_run(&run("r1")).unwrap();
    let reader = Store::open_for_reading(&path).unwrap();
    for block in 0..50 {
        store.append_trial(&run("r1").id, &trial(block)).unwrap();
        assert_eq!(reader.runs().unwrap()[0].trials, u64::from(block) + 1);
    }
}
