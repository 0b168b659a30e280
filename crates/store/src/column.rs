//! The border between rows and the model's types: names are written as they
//! are shown to people, times in UTC with all nine decimals so that their text
//! sorts as they do.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::FromSql;

use crate::error::Fault;

/// A row of a table that is named in errors.
pub(crate) struct Columns<'a> {
    pub(crate) table: &'static str,
    pub(crate) row: &'a Row<'a>,
}

impl Columns<'_> {
    /// A text or number as it is.
    pub(crate) fn plain<T: FromSql>(&self, column: &'static str) -> Result<T, Fault> {
        use rusqlite::Error::{
            FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType,
        };
        self.row.get(column).map_err(|error| match error {
            FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) => {
                self.unreadable(column, error)
            }
            error => error.into(),
        })
    }

    /// A text that stands for a value.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<T, Fault> {
        let text: String = self.plain(column)?;
        text.parse().map_err(|error| self.unreadable(column, error))
    }

    /// The same, where NULL stands for `None`.
    pub(crate) fn parsed_if_any<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, Fault> {
        let text: Option<String> = self.plain(column)?;
        text.map(|text| text.parse().map_err(|error| self.unreadable(column, error))).transpose()
    }

    /// A text that holds JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<T, Fault> {
        let text: String = self.plain(column)?;
        serde_json::from_str(&text).map_err(|error| self.unreadable(column, error))
    }

    fn unreadable(&self, column: &'static str, reason: impl Display) -> Fault {
        Fault::Unreadable { table: self.table, column, reason: reason.to_string() }
    }
}

pub(crate) fn time(at: Timestamp) -> String {
    format!("{at:.9}")
}
