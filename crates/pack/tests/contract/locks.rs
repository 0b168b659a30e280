//! evenhand.lock: what it keeps, and what it says of a contract that changed.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use jiff::civil::date;
use model::Contract;
use pack::lock::{Change, Lock, LockFault, Recorded, Shift, Subject};

use crate::draft::{Draft, FULL, draft};

fn seen(guard: &str, machine: &str, ratio: f64) -> Recorded {
    let value = |name: &str, value: f64| (name.parse().expect("a name"), value);
    Recorded {
        guard: guard.to_owned(),
        machine: machine.to_owned(),
        ratio,
        low: Some(ratio - 0.01),
        high: Some(ratio + 0.01),
        values: BTreeMap::from([value("go", 0.5), value("rust", 0.5 * ratio)]),
        date: date(2026, 11, 22),
        pairs: 40,
    }
}

fn lock_of(contract: &Contract) -> Lock {
    let one = |guard, ratio| seen(guard, "Imagined 9000, 2 cores, x86_64", ratio);
    Lock::of(contract, vec![one("start", 0.4), one("rust-cpu", 0.61), one("no-guard", 1.0)])
}

fn read(draft: &Draft, text: &str) -> Result<Lock, pack::Faults> {
    draft.put("evenhand.lock", text);
    Lock::read(&draft.path("evenhand.lock"))
}

#[test]
fn a_lock_reads_as_it_was_written() {
    let draft = draft(FULL);
    let contract = draft.contract();
    let lock = lock_of(&contract);
    let text = lock.write();
    assert_snapshot!(text);
    let back = read(&draft, &text).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(back, lock);
    assert_eq!(back.holds(&contract), []);
    assert!(back.knows("Imagined 9000, 2 cores, x86_64") && !back.knows("another"));
    assert_eq!(back.recorded.len(), 2);
}

#[test]
fn of_two_records_of_a_guard_on_one_machine_the_last_counts() {
    let contract = draft(FULL).contract();
    let lock = Lock::of(&contract, vec![seen("start", "a", 0.4), seen("start", "a", 0.5)]);
    let ratios: Vec<f64> = lock.recorded_on("a").map(|entry| entry.ratio).collect();
    assert_eq!(ratios, [0.5]);
}

/// What a lock says of the contract with something replaced.
fn told(find: &str, with: &str) -> String {
    let before = lock_of(&draft(FULL).contract());
    let now = draft(FULL).replace(find, with).contract();
    let faults = before.holds(&now);
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

#[test]
fn a_loosened_margin_is_told_with_both_values() {
    assert_snapshot!(told("margin = \"5 %\"", "margin = \"7.5 %\""));
}

#[test]
fn every_term_that_changed_is_told() {
    assert_snapshot!(told("at-most = 0.8\ncase = \"big\"", "at-most = 0.7\ncase = \"strict\""));
    assert_snapshot!(told("max-age = \"1 day\"", "max-age = \"30 days\"\nfloor = \"1 s\""));
    assert_snapshot!(told("at-most = \"20 MiB\"", "at-most = \"21 MiB\""));
    assert_snapshot!(told("recorded = true", "at-most = 2"));
}

#[test]
fn a_guard_that_comes_and_one_that_leaves_are_told() {
    assert_snapshot!(told("name = \"rust-cpu\"", "name = \"cpu-of-rust\""));
}

#[test]
fn a_margin_of_a_metric_is_told_and_a_new_metric_is_not() {
    assert_snapshot!(told("name = \"memory\"\n", "name = \"memory\"\nmargin = \"1 %\"\n"));
    assert_eq!(told("name = \"size\"\n", "name = \"size\"\n[[metric]]\nname = \"faults\"\n"), "");
}

#[test]
fn words_changed_by_hand_do_not_match_their_digest() {
    let draft = draft(FULL);
    let contract = draft.contract();
    let text = lock_of(&contract).write().replacen("margin = \"5 %\"", "margin = \"50 %\"", 1);
    let faults = read(&draft, &text).expect("it reads").holds(&contract);
    let subject = Subject::Guard("rust-cpu".to_owned());
    assert_eq!(faults, [LockFault { subject, change: Change::Altered }]);
}

#[test]
fn shifts_are_told_apart() {
    let contract = draft(FULL).contract();
    let mut looser = contract.clone();
    looser.guards[0].margin.floor = 1.0;
    let shifts = |now: &Contract, before: &Contract| -> Vec<Shift> {
        let faults = lock_of(before).holds(now).into_iter();
        let shift = |fault: LockFault| match fault.change {
            Change::Term { shift, .. } => shift,
            other => panic!("{other:?}"),
        };
        faults.map(shift).collect()
    };
    assert_eq!(shifts(&looser, &contract), [Shift::Loosened]);
    assert_eq!(shifts(&contract, &looser), [Shift::Tightened]);
}

#[test]
fn a_lock_that_is_wrong_is_told_at_once() {
    let draft = draft(FULL);
    let text = lock_of(&draft.contract()).write();
    let text = text
        .replacen("version = 1", "version = 2", 1)
        .replacen("ratio = 0.61", "ratio = nan", 1)
        .replacen("2026-11-22", "2026-11-22T10:00:00Z", 1)
        .replacen("sha256 = \"", "sha256 = \"x", 1);
    assert_snapshot!(read(&draft, &text).expect_err("it is wrong").render());
    assert_snapshot!(read(&draft, "version = 1\nguards = []\n").expect_err("wrong").render());
    let missing = Lock::read(&draft.path("none.lock")).expect_err("it is not there");
    assert_snapshot!(missing.render());
}
