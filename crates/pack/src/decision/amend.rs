//! Values put at keys of a decision, all else left as it is: `--what-if`, and
//! the answers to a preset's questions.
//!
//! A key is a path of names with dots between them. Where a list of tables
//! stands, the next name is that of an entry: `must.memory.at-most`,
//! `component.agent.share`.

use model::decision::{Answer, Ask, AskKind, Preset};
use toml_edit::{Array, DocumentMut, Item, TableLike, Value, value};

/// Why a value could not be put there.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is no TOML.
    #[error("the decision is not TOML: {0}")]
    Text(#[from] toml_edit::TomlError),
    /// A name on the way leads nowhere.
    #[error("there is no `{name}` in `{key}`; there is: {known}")]
    Nowhere {
        /// The whole key.
        key: String,
        /// The name.
        name: String,
        /// What could have been meant.
        known: String,
    },
    /// It is not `KEY=VALUE`.
    #[error("`{0}` is not KEY=VALUE, such as criteria.delivery.points=40")]
    Form(String),
    /// The value is no TOML.
    #[error("`{value}` is no value; write a number, a \"word\" or a [list]")]
    Value {
        /// As written.
        value: String,
    },
}

/// The text with `KEY=VALUE` put into it.
///
/// # Errors
/// When the key leads nowhere, or the value is none.
pub fn with(text: &str, assignment: &str) -> Result<String, KeyError> {
    let (key, given) =
        assignment.split_once('=').ok_or_else(|| KeyError::Form(assignment.to_owned()))?;
    let given = given.trim();
    // A bare word is meant as one.
    let word = given.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let parsed: Value = match given.parse() {
        Ok(value) => value,
        Err(_) if word && !given.is_empty() => Value::from(given),
        Err(_) => return Err(KeyError::Value { value: given.to_owned() }),
    };
    put(text, key.trim(), parsed)
}

/// What stands at a key, as somebody would type it; nothing if nothing does.
///
/// # Errors
/// When the key leads nowhere.
pub fn value_at(text: &str, key: &str) -> Result<Option<String>, KeyError> {
    let mut document: DocumentMut = text.parse()?;
    let (parent, name) = split(key);
    let table = find(document.as_table_mut(), key, &parent)?;
    Ok(table.get(name).and_then(Item::as_value).map(shown))
}

/// As somebody would type it.
fn shown(value: &Value) -> String {
    match value {
        Value::Boolean(yes) if *yes.value() => "yes".to_owned(),
        Value::Boolean(_) => "no".to_owned(),
        Value::String(word) => word.value().clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(" "),
        other => other.clone().decorated("", "").to_string(),
    }
}

/// Whether a key, or the table it would stand in, is there.
pub(super) fn present(text: &str, key: &str) -> Result<(), KeyError> {
    let mut document: DocumentMut = text.parse()?;
    let (parent, _) = split(key);
    // The key itself may be an entry of a list, such as `must.memory`.
    let whole: Vec<&str> = key.split('.').collect();
    if find(document.as_table_mut(), key, &whole).is_ok() {
        return Ok(());
    }
    find(document.as_table_mut(), key, &parent).map(|_| ())
}

fn put(text: &str, key: &str, new: Value) -> Result<String, KeyError> {
    let mut document: DocumentMut = text.parse()?;
    let (parent, name) = split(key);
    let table = find(document.as_table_mut(), key, &parent)?;
    if let Some(known) = table.get(name).and_then(names_in) {
        return Err(KeyError::Nowhere { key: format!("{key}.…"), name: "…".to_owned(), known });
    }
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(name, value(new));
        }
    }
    Ok(document.to_string())
}

/// What is in a table or a list of tables: no value can stand in its place.
fn names_in(item: &Item) -> Option<String> {
    match item {
        Item::ArrayOfTables(entries) => {
            Some(entries.iter().filter_map(|entry| name_of(entry)).collect::<Vec<_>>().join(", "))
        }
        Item::Table(table) => {
            Some(table.iter().map(|(name, _)| name).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}

fn split(key: &str) -> (Vec<&str>, &str) {
    let mut names: Vec<&str> = key.split('.').collect();
    let last = names.pop().unwrap_or_default();
    (names, last)
}

fn find<'t>(
    table: &'t mut dyn TableLike,
    key: &str,
    names: &[&str],
) -> Result<&'t mut dyn TableLike, KeyError> {
    let Some((name, rest)) = names.split_first() else { return Ok(table) };
    let known: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let nowhere = |name: &str, known: Vec<String>| KeyError::Nowhere {
        key: key.to_owned(),
        name: name.to_owned(),
        known: known.join(", "),
    };
    match table.get_mut(name) {
        Some(Item::ArrayOfTables(entries)) => {
            let names: Vec<String> = entries.iter().filter_map(|entry| name_of(entry)).collect();
            let Some(wanted) = rest.first().copied() else {
                return Err(nowhere(name, names));
            };
            let entry = entries.iter_mut().find(|entry| name_of(*entry).as_deref() == Some(wanted));
            find(entry.ok_or_else(|| nowhere(wanted, names))?, key, &rest[1..])
        }
        Some(item) => match item.as_table_like_mut() {
            Some(inner) => find(inner, key, rest),
            None => Err(nowhere(name, known)),
        },
        None => Err(nowhere(name, known)),
    }
}

fn name_of(entry: &dyn TableLike) -> Option<String> {
    let named = entry.get("name").or_else(|| entry.get("id"));
    named.and_then(Item::as_str).map(str::to_owned)
}

/// A preset's text as a decision of the user's own.
///
/// # Errors
/// When the preset is no TOML, which none of ours is not.
pub fn begun_from(preset: &Preset) -> Result<String, KeyError> {
    let mut document: DocumentMut = preset.text.parse()?;
    document.remove("preset");
    document.remove("ask");
    document.remove("scenario");
    document.insert("from", value(preset.id.as_str()));
    Ok(document.to_string().trim_start().to_owned())
}

/// The text with an answer where its question wants it.
///
/// # Errors
/// When the key leads nowhere.
pub fn answered(text: &str, ask: &Ask, answer: &Answer) -> Result<String, KeyError> {
    let new = match answer {
        Answer::AsItIs => return Ok(text.to_owned()),
        Answer::Unknown => return open(text, &ask.question),
        Answer::None => return removed(text, ask.none_removes.as_deref().unwrap_or(&ask.set)),
        Answer::Text(word) => Value::from(word.as_str()),
        Answer::Number(number) => plain(*number),
        Answer::Range(range) => {
            Value::Array(range.iter().map(|number| plain(*number)).collect::<Array>())
        }
        Answer::YesNo(yes) => Value::from(*yes),
    };
    put(text, &ask.set, new)
}

/// 40, not 40.0.
fn plain(number: f64) -> Value {
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => Value::from(number as i64),
        false => Value::from(number),
    }
}

/// Marks a question as one that nobody could answer.
fn open(text: &str, question: &str) -> Result<String, KeyError> {
    let mut document: DocumentMut = text.parse()?;
    let list = document.entry("open").or_insert_with(|| value(Array::new()));
    if let Some(list) = list.as_array_mut() {
        list.push(question);
    }
    Ok(document.to_string())
}

fn removed(text: &str, key: &str) -> Result<String, KeyError> {
    let mut document: DocumentMut = text.parse()?;
    let (parent, name) = split(key);
    if let [list] = parent.as_slice()
        && let Some(Item::ArrayOfTables(entries)) = document.get_mut(list)
    {
        entries.retain(|entry| name_of(entry).as_deref() != Some(name));
        return Ok(document.to_string());
    }
    find(document.as_table_mut(), key, &parent)?.remove(name);
    Ok(document.to_string())
}

/// Why a line is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAnswer(pub String);

/// What was typed, as an answer: nothing keeps what the preset says, `?` is "I
/// don't know".
///
/// # Errors
/// With what could have been answered.
pub fn parsed_answer(ask: &Ask, typed: &str) -> Result<Answer, NotAnswer> {
    let typed = typed.trim();
    let lower = typed.to_lowercase();
    match lower.as_str() {
        "" => return Ok(Answer::AsItIs),
        "?" | "i don't know" | "don't know" | "unknown" => return Ok(Answer::Unknown),
        "none" | "no limit" if ask.none_removes.is_some() => return Ok(Answer::None),
        _ => {}
    }
    match ask.kind {
        AskKind::Text => Ok(Answer::Text(typed.to_owned())),
        AskKind::Number => one_number(typed),
        AskKind::Range => three_numbers(typed),
        AskKind::Choice => choice(ask, &lower),
        AskKind::YesNo => match lower.as_str() {
            "y" | "yes" | "true" => Ok(Answer::YesNo(true)),
            "n" | "no" | "false" => Ok(Answer::YesNo(false)),
            _ => Err(NotAnswer("write yes or no".to_owned())),
        },
    }
}

fn choice(ask: &Ask, typed: &str) -> Result<Answer, NotAnswer> {
    let starts: Vec<&String> = ask.choices.iter().filter(|word| word.starts_with(typed)).collect();
    match (ask.choices.iter().find(|word| *word == typed), starts.as_slice()) {
        (Some(word), _) => Ok(Answer::Text(word.clone())),
        (None, [word]) => Ok(Answer::Text((*word).clone())),
        _ => Err(NotAnswer(format!("write one of: {}", ask.choices.join(", ")))),
    }
}

fn numbers(typed: &str) -> Option<Vec<f64>> {
    let typed = typed.trim_matches(['[', ']']).replace(" to ", " ");
    let words = typed.split([',', ' ', ';']).filter(|word| !word.is_empty());
    words.map(|word| word.parse().ok().filter(|number: &f64| number.is_finite())).collect()
}

fn one_number(typed: &str) -> Result<Answer, NotAnswer> {
    match numbers(typed).as_deref() {
        Some([number]) => Ok(Answer::Number(*number)),
        _ => Err(NotAnswer("write one number, without its unit".to_owned())),
    }
}

fn three_numbers(typed: &str) -> Result<Answer, NotAnswer> {
    match numbers(typed).as_deref() {
        Some([one]) => Ok(Answer::Range([*one; 3])),
        Some([least, likely, most]) if least <= likely && likely <= most => {
            Ok(Answer::Range([*least, *likely, *most]))
        }
        _ => Err(NotAnswer(
            "write three numbers, the least, the likely and the most, such as 8 10 16".to_owned(),
        )),
    }
}
