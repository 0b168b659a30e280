use std::path::Path;

use rusqlite::Connection;

use super::{STEPS, take_steps};
use crate::StoreError;

const NEXT: &str = "ALTER TABLE note ADD COLUMN hint TEXT;";
const BROKEN: &str = "CREATE TABLE half (x); CREATE TABLE half (x);";

fn tables(connection: &Connection) -> i64 {
    connection
        .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0))
        .unwrap()
}

fn version(connection: &Connection) -> i64 {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

#[test]
fn an_empty_file_takes_every_step() {
    let mut connection = Connection::open_in_memory().unwrap();
    take_steps(&mut connection, Path::new("x"), &[STEPS[0], NEXT]).unwrap();
    assert_eq!(version(&connection), 2);
    connection.prepare("SELECT hint FROM note").unwrap();
}

#[test]
fn an_older_file_takes_only_the_steps_it_lacks() {
    let mut connection = Connection::open_in_memory().unwrap();
    take_steps(&mut connection, Path::new("x"), &STEPS[..1]).unwrap();
    assert_eq!(version(&connection), 1);
    take_steps(&mut connection, Path::new("x"), &[STEPS[0], NEXT]).unwrap();
    assert_eq!(version(&connection), 2);
    connection.prepare("SELECT hint FROM note").unwrap();
}

#[test]
fn a_step_that_fails_leaves_the_file_as_it_was() {
    let mut connection = Connection::open_in_memory().unwrap();
    take_steps(&mut connection, Path::new("x"), &STEPS[..1]).unwrap();
    let before = tables(&connection);
    take_steps(&mut connection, Path::new("x"), &[STEPS[0], NEXT, BROKEN]).unwrap_err();
    assert_eq!((version(&connection), tables(&connection)), (1, before));
    connection.prepare("SELECT hint FROM note").unwrap_err();
}

#[test]
fn a_newer_file_is_left_alone() {
    let mut connection = Connection::open_in_memory().unwrap();
    take_steps(&mut connection, Path::new("x"), &[STEPS[0], NEXT]).unwrap();
    let error = take_steps(&mut connection, Path::new("x"), &STEPS[..1]).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 2, known: 1, .. }), "{error}");
}
