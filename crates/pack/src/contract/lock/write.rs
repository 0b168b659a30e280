//! From a [`Lock`] to evenhand.lock.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value};

use super::{Lock, Locked, Recorded};

/// Of the form of the file.
pub(super) const VERSION: u32 = 1;

const HEAD: &str = "\
# Written by `evenhand compare --write`, not by hand: what the margins and guards
# of evenhand.toml are, so that a margin that is loosened shows in two files, and
# the ratios that were seen, a kind of machine each.
";

pub(super) fn text(lock: &Lock) -> String {
    let mut document = DocumentMut::new();
    document.insert("version", toml_edit::value(i64::from(VERSION)));
    document.decor_mut().set_prefix(HEAD);
    fill(&mut document, "guard", lock.guards.iter().map(locked));
    fill(&mut document, "metric", lock.metrics.iter().map(locked));
    fill(&mut document, "recorded", lock.recorded.iter().map(recorded));
    document.to_string()
}

fn fill(document: &mut DocumentMut, list: &str, tables: impl Iterator<Item = Table>) {
    let tables: toml_edit::ArrayOfTables = tables.collect();
    if !tables.is_empty() {
        document.insert(list, Item::ArrayOfTables(tables));
    }
}

fn locked(locked: &Locked) -> Table {
    let terms = locked.terms.0.iter().map(|(key, words)| (*key, words.as_str()));
    let all = [("name", locked.name.as_str())].into_iter().chain(terms);
    all.chain([("sha256", locked.sha256.as_str())]).collect()
}

fn recorded(recorded: &Recorded) -> Table {
    let mut table = Table::new();
    let mut put = |key: &str, value: Value| {
        table.insert(key, Item::Value(value));
    };
    put("guard", recorded.guard.as_str().into());
    put("machine", recorded.machine.as_str().into());
    put("ratio", recorded.ratio.into());
    for (key, end) in [("low", recorded.low), ("high", recorded.high)] {
        if let Some(end) = end {
            put(key, end.into());
        }
    }
    let values = recorded.values.iter().map(|(side, value)| (side.as_str(), *value));
    put("values", values.collect::<InlineTable>().into());
    // A day is written alike in both.
    if let Ok(date) = recorded.date.to_string().parse::<toml_edit::Datetime>() {
        put("date", date.into());
    }
    put("pairs", i64::from(recorded.pairs).into());
    table
}
