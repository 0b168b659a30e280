//! The schema and how an older one becomes the present one. SQLite's
//! `user_version` counts the steps taken, `application_id` tells a store from
//! any other SQLite file.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;
use crate::error::Fault;

/// Step *n* leads from schema *n* to *n* + 1. A step that was released is
/// never edited; the files in tests/store/fixture hold them to that.
const STEPS: &[&str] = &[
    include_str!("schema/v1.sql"),
    include_str!("schema/v2.sql"),
    include_str!("schema/v3.sql"),
    include_str!("schema/v4.sql"),
];

/// "EvHd".
const APPLICATION_ID: i64 = 0x4576_4864;

/// The schema of a file that may be read or migrated; 0 for an empty one.
fn found(connection: &Connection, path: &Path, known: u32) -> Result<u32, StoreError> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let read = || -> Result<_, Fault> {
        Ok((
            number("SELECT user_version FROM pragma_user_version")?,
            number("SELECT application_id FROM pragma_application_id")?,
            number("SELECT count(*) FROM sqlite_schema")?,
        ))
    };
    let (version, application, objects) = read().map_err(|fault| fault.at(path))?;
    if version == 0 && objects == 0 {
        return Ok(0);
    }
    match u32::try_from(version) {
        Ok(found) if application == APPLICATION_ID && found > known => {
            Err(StoreError::Newer { path: path.to_owned(), found, known })
        }
        Ok(found) if application == APPLICATION_ID => Ok(found),
        _ => Err(StoreError::NotAStore {
            path: path.to_owned(),
            reason: "it is an SQLite file of another program".to_owned(),
        }),
    }
}

/// Brings the file to the present schema, all steps or none.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    take_steps(connection, path, STEPS)
}

fn take_steps(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let known = steps.len() as u32;
    let from = found(connection, path, known)?;
    if from == known {
        return Ok(());
    }
    let fault = |error| Fault::from(error).at(path);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    for step in &steps[from as usize..] {
        transaction.execute_batch(step).map_err(fault)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(fault)?;
    transaction.pragma_update(None, "user_version", known).map_err(fault)?;
    transaction.commit().map_err(fault)
}

/// Holds that the file has the present schema.
pub(crate) fn require_present(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let known = STEPS.len() as u32;
    let found = found(connection, path, known)?;
    if found < known {
        return Err(StoreError::Older { path: path.to_owned(), found, known });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
