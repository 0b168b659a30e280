//! Files that are stores, that were, and that never were.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sample::{self, attempt, fact, note, run, trial};
use model::{RunEnd, RunFacts};
use rusqlite::Connection;
use store::{Store, StoreError};
use tempfile::TempDir;

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    (folder, path)
}

/// Both ways of opening refuse the file; the message of the one for writing.
fn refusal(path: &Path) -> String {
    let reading = Store::open_for_reading(path).unwrap_err();
    let writing = Store::open(path).unwrap_err();
    assert_eq!(reading.to_string(), writing.to_string());
    writing.to_string()
}

fn filled(path: &Path, trials: u32) {
    let mut store = Store::open(path).unwrap();
    store.begin_run(&run("r1")).unwrap();
    store.append_block(&run("r1").id, &(0..trials).map(trial).collect::<Vec<_>>()).unwrap();
}

/// A store as the first released version left it.
fn schema_1(path: &Path) {
    let plan = serde_json::to_string(&sample::plan()).unwrap();
    let environment = serde_json::to_string(&sample::environment()).unwrap();
    let sql = include_str!("fixture/v1.sql")
        .replace(":plan,", &format!("'{plan}',"))
        .replace(":environment)", &format!("'{environment}')"));
    Connection::open(path).unwrap().execute_batch(&sql).unwrap();
}

/// A store of schema 1 that the version with schema 2 has written to.
fn schema_2(path: &Path) {
    schema_1(path);
    Connection::open(path).unwrap().execute_batch(include_str!("fixture/v2.sql")).unwrap();
}

fn schema_3(path: &Path) {
    schema_2(path);
    Connection::open(path).unwrap().execute_batch(include_str!("fixture/v3.sql")).unwrap();
}

fn of_schema_1() -> RunFacts {
    RunFacts {
        trials: vec![trial(3)],
        facts: vec![fact()],
        notes: vec![note()],
        end: Some(RunEnd::Interrupted),
        ..RunFacts::of(run("r1"))
    }
}

#[test]
fn a_file_of_schema_1_is_read_as_it_was_meant() {
    let (_folder, path) = place();
    schema_1(&path);
    assert_eq!(Store::open(&path).unwrap().facts_of(&run("r1").id).unwrap(), of_schema_1());
}

#[test]
fn a_file_of_schema_2_is_read_as_it_was_meant() {
    let (_folder, path) = place();
    schema_2(&path);
    let facts = RunFacts { attempts: vec![attempt()], ..of_schema_1() };
    assert_eq!(Store::open(&path).unwrap().facts_of(&run("r1").id).unwrap(), facts);
}

#[test]
fn a_file_of_schema_3_is_read_as_it_was_meant() {
    let (_folder, path) = place();
    schema_3(&path);
    let facts = RunFacts {
        attempts: vec![attempt()],
        answers: vec![sample::answer(1)],
        effects: vec![sample::effect(1)],
        programs: vec![sample::program(1)],
        ..of_schema_1()
    };
    assert_eq!(Store::open(&path).unwrap().facts_of(&run("r1").id).unwrap(), facts);
}

#[test]
fn a_file_of_an_older_schema_takes_what_that_had_no_place_for() {
    let (_folder, path) = place();
    schema_2(&path);
    let id = run("r1").id;
    let error = Store::open_for_reading(&path).unwrap_err();
    assert!(matches!(error, StoreError::Older { found: 2, .. }), "{error}");
    let mut store = Store::open(&path).unwrap();
    store.append_answer(&id, &sample::answer(1)).unwrap();
    store.append_effect(&id, &sample::effect(1)).unwrap();
    store.append_program(&id, &sample::program(1)).unwrap();
    store.append_caught(&id, &sample::caught(1)).unwrap();
    let facts = RunFacts {
        attempts: vec![attempt()],
        answers: vec![sample::answer(1)],
        effects: vec![sample::effect(1)],
        caught: vec![sample::caught(1)],
        programs: vec![sample::program(1)],
        ..of_schema_1()
    };
    assert_eq!(store.facts_of(&id).unwrap(), facts);
}

#[test]
fn a_file_brought_up_to_date_has_the_schema_of_a_new_one() {
    let (folder, old) = place();
    schema_1(&old);
    let older = folder.path().join("2.db");
    schema_2(&older);
    let third = folder.path().join("3.db");
    schema_3(&third);
    let new = folder.path().join("new.db");
    let schema = |path: &Path| -> Vec<String> {
        drop(Store::open(path).unwrap());
        let connection = Connection::open(path).unwrap();
        let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(schema(&old), schema(&new));
    assert_eq!(schema(&older), schema(&new));
    assert_eq!(schema(&third), schema(&new));
}

#[test]
fn an_empty_file_becomes_a_store() {
    let (_folder, path) = place();
    fs::write(&path, "").unwrap();
    let error = Store::open_for_reading(&path).unwrap_err();
    assert!(matches!(error, StoreError::Older { found: 0, .. }), "{error}");
    filled(&path, 1);
    assert_eq!(Store::open_for_reading(&path).unwrap().runs().unwrap()[0].trials, 1);
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let (_folder, path) = place();
    filled(&path, 1);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let message = refusal(&path);
    assert!(message.contains("has schema 99") && message.contains("newer Evenhand"), "{message}");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let (_folder, path) = place();
    let text = "not a database, and long enough to look like one\n".repeat(100);
    fs::write(&path, &text).unwrap();
    let message = refusal(&path);
    assert!(message.contains("is not a store of Evenhand: it is no SQLite file"), "{message}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let (_folder, path) = place();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    let before = fs::read(&path).unwrap();
    let message = refusal(&path);
    assert!(message.contains("an SQLite file of another program"), "{message}");
    assert!(fs::read(&path).unwrap() == before, "the file has changed");
}

#[test]
fn a_damaged_store_is_said_to_be_damaged() {
    let (_folder, path) = place();
    filled(&path, 2000);
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / 4096;
    for page in 5..pages {
        bytes[page * 4096..][..64].fill(0xA5);
    }
    fs::write(&path, &bytes).unwrap();
    let error = Store::open(&path).and_then(|store| store.facts_of(&run("r1").id)).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains(".recover"), "{error}");
}

#[test]
fn a_word_this_version_does_not_know_is_named_with_its_place() {
    let (_folder, path) = place();
    filled(&path, 1);
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("INSERT INTO observation VALUES (1, 'joules', 3.0)").unwrap();
    let store = Store::open(&path).unwrap();
    let message = store.facts_of(&run("r1").id).unwrap_err().to_string();
    assert!(message.starts_with("cannot read metric of observation in the store "), "{message}");
    assert!(message.contains("unknown metric `joules`"), "{message}");
}

#[test]
fn no_fact_is_ever_updated() {
    let (_folder, path) = place();
    let mut store = Store::open(&path).unwrap();
    let head = run("r1");
    store.begin_run(&head).unwrap();
    store.append_trial(&head.id, &trial(0)).unwrap();
    store.append_fact(&head.id, &fact()).unwrap();
    store.append_attempt(&head.id, &attempt()).unwrap();
    store.append_answer(&head.id, &sample::answer(0)).unwrap();
    store.append_effect(&head.id, &sample::effect(0)).unwrap();
    store.append_program(&head.id, &sample::program(0)).unwrap();
    store.append_note(&head.id, &note()).unwrap();
    store.end_run(&head.id, RunEnd::Complete, sample::at(0)).unwrap();
    drop(store);
    let connection = Connection::open(&path).unwrap();
    for (table, column) in [
        ("run", "version"),
        ("run_end", "end"),
        ("trial", "status"),
        ("observation", "metric"),
        ("fact", "side"),
        ("attempt", "end"),
        ("answer", "outcome"),
        ("effect", "effect"),
        ("program", "sha256"),
        ("note", "text"),
    ] {
        let error = connection.execute(&format!("UPDATE {table} SET {column} = 'x'"), []);
        let message = error.unwrap_err().to_string();
        assert!(message.contains("facts are never updated"), "{table}: {message}");
    }
}

#[test]
fn a_store_that_is_not_there_is_missed_but_not_made() {
    let (_folder, path) = place();
    let error = Store::open_for_reading(&path).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
    assert!(!path.exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let (folder, path) = place();
    fs::write(&path, "").unwrap();
    let message = Store::open(&path.join("sub/facts.db")).unwrap_err().to_string();
    let named =
        format!("cannot write to the folder {}", folder.path().join("facts.db/sub").display());
    assert!(message.starts_with(&named), "{message}");
    assert!(message.contains("--store DIR"), "{message}");
}

#[test]
fn a_read_only_folder_is_named_and_can_be_read_from() {
    let (folder, path) = place();
    filled(&path, 3);
    fs::remove_file(folder.path().join("facts.db.lock")).unwrap();
    let program = folder.path().join("append_for_ever");
    fs::copy(env!("CARGO_BIN_EXE_append_for_ever"), &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let started = |argument: &str| {
        let mut command = Command::new(&program);
        command.arg(&path).arg(argument);
        if fs::write(folder.path().join("probe"), "").is_ok() {
            // Root may write anywhere.
            command.uid(65534).gid(65534);
        }
        command.output().unwrap()
    };
    let writing = started("r2");
    let reading = started("--count");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let message = String::from_utf8(writing.stderr).unwrap();
    assert!(message.contains("Folder {") && message.contains("PermissionDenied"), "{message}");
    assert_eq!(String::from_utf8(reading.stdout).unwrap(), "3\n", "{:?}", reading.stderr);
}
