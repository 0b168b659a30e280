//! docs/store.md says what is so.

use std::collections::BTreeSet;

use rusqlite::Connection;
use store::Store;

use crate::sample::{run, trial};

const PAGE: &str = include_str!("../../../../docs/store.md");

fn filled() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    let mut store = Store::open(&path).unwrap();
    store.begin_run(&run("r1")).unwrap();
    store.append_block(&run("r1").id, &[trial(0), trial(1)]).unwrap();
    (folder, Connection::open(&path).unwrap())
}

#[test]
fn every_column_has_its_sentence_and_no_other_has() {
    let (_folder, connection) = filled();
    let sql = "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_xinfo(t.name) c
        WHERE t.type = 'table'";
    let mut statement = connection.prepare(sql).unwrap();
    let pair = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let columns: BTreeSet<(String, String)> =
        statement.query_map([], pair).unwrap().map(Result::unwrap).collect();
    let mut table = "";
    let mut documented = BTreeSet::new();
    for line in PAGE.lines() {
        let mut words = line.split('`').skip(1);
        match words.next() {
            Some(name) if line.starts_with("### `") => table = name,
            Some(name) if line.starts_with("| `") => {
                documented.insert((table.to_owned(), name.to_owned()));
            }
            _ => {}
        }
    }
    assert_eq!(documented, columns);
}

#[test]
fn the_schema_described_is_the_present_one() {
    let (_folder, connection) = filled();
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    let said = format!("the number of the schema described here, {version};");
    assert!(PAGE.contains(&said), "{said}");
}

#[test]
fn the_queries_run() {
    let (_folder, connection) = filled();
    let blocks: Vec<&str> = PAGE.split("```sql\n").skip(1).collect();
    let rows: Vec<usize> = blocks
        .iter()
        .map(|block| {
            let sql = block.split("```").next().unwrap();
            let mut statement = connection.prepare(sql).unwrap();
            let mut rows = statement.query([]).unwrap();
            let mut count = 0;
            while rows.next().unwrap().is_some() {
                count += 1;
            }
            count
        })
        .collect();
    assert_eq!(rows, [1, 2, 0], "one run; two metrics of one side; no trial that failed");
}
