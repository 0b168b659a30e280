//! Guards and exceptions added to a contract that somebody wrote: all else,
//! comments too, stays as it is.

use model::contract::{Allowance, Guard};
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::write::guard_keys;

/// Why nothing can be added to a text.
#[derive(Debug, thiserror::Error)]
pub enum NotToml {
    /// It is not TOML at all.
    #[error("nothing can be added, since the file is not TOML: {0}")]
    Text(#[from] toml_edit::TomlError),
    /// What should be a list of tables is something else.
    #[error("nothing can be added, since `{0}` is no list of tables")]
    Form(&'static str),
}

/// Keys that a guard may have had before and may not have now.
const OF_A_GUARD: &[&str] =
    &["metric", "side", "against", "at-most", "recorded", "case", "margin", "floor", "max-age"];

/// The text with these guards: those of a name that is there are changed in
/// place, the others stand at the end. Margins are always spelled out.
///
/// # Errors
/// When the text is not that of a contract.
pub fn with_guards(text: &str, guards: &[Guard]) -> Result<String, NotToml> {
    let mut document: DocumentMut = text.parse()?;
    for guard in guards {
        put(&mut document, "guard", &guard_keys(guard, None), OF_A_GUARD)?;
    }
    Ok(document.to_string())
}

/// The text with this exception; another reason of the same name is replaced.
///
/// # Errors
/// When the text is not that of a contract.
pub fn with_allowance(text: &str, allowance: &Allowance) -> Result<String, NotToml> {
    let mut document: DocumentMut = text.parse()?;
    let keys =
        [("name", allowance.name.as_str().into()), ("reason", allowance.reason.as_str().into())];
    put(&mut document, "allow", &keys, &["reason"])?;
    Ok(document.to_string())
}

type Keys<'a> = &'a [(&'static str, Value)];

/// Puts an entry into a list of tables, whichever way the list is written.
fn put(
    document: &mut DocumentMut,
    list: &'static str,
    keys: Keys,
    known: &[&str],
) -> Result<(), NotToml> {
    let fresh = || Item::ArrayOfTables(ArrayOfTables::new());
    match document.entry(list).or_insert_with(fresh) {
        Item::ArrayOfTables(tables) => {
            let entries = tables.iter_mut().map(|table| table as &mut dyn TableLike);
            let there = changed(entries, keys, known);
            if !there {
                tables.push(keys.iter().cloned().collect::<Table>());
            }
            Ok(())
        }
        Item::Value(Value::Array(array)) => {
            let tables = array.iter_mut().filter_map(Value::as_inline_table_mut);
            let there = changed(tables.map(|table| table as &mut dyn TableLike), keys, known);
            if !there {
                array.push(keys.iter().cloned().collect::<InlineTable>());
            }
            Ok(())
        }
        _ => Err(NotToml::Form(list)),
    }
}

/// Whether there was an entry of that name, which now says this.
fn changed<'t>(
    mut entries: impl Iterator<Item = &'t mut dyn TableLike>,
    keys: Keys,
    known: &[&str],
) -> bool {
    let wanted = keys.iter().find(|(key, _)| *key == "name").and_then(|(_, name)| name.as_str());
    let is_wanted =
        |entry: &&'t mut dyn TableLike| entry.get("name").and_then(Item::as_str) == wanted;
    let Some(entry) = entries.find(is_wanted) else { return false };
    for key in known.iter().filter(|key| !keys.iter().any(|(new, _)| new == *key)) {
        entry.remove(key);
    }
    for (key, value) in keys {
        match entry.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                // What stands behind a value is a comment as a rule.
                let decor = old.decor().clone();
                *old = value.clone();
                *old.decor_mut() = decor;
            }
            None => {
                entry.insert(key, Item::Value(value.clone()));
            }
        }
    }
    true
}
