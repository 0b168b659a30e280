//! What one decision says otherwise than another, key by key.

use std::collections::{BTreeMap, BTreeSet};

use model::decision::KeyChange;
use serde_json::Value;

/// Each key that differs, as `--what-if` takes it, with what stood there and
/// what stands there now; nothing where it is not there.
///
/// # Errors
/// When one of the texts is not TOML.
pub fn differences(before: &str, after: &str) -> Result<Vec<KeyChange>, toml::de::Error> {
    let (before, after) = (flat(before)?, flat(after)?);
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    let change = |key: &String| KeyChange {
        key: key.clone(),
        was: before.get(key).cloned(),
        is: after.get(key).cloned(),
    };
    Ok(differs.map(change).collect())
}

fn flat(text: &str) -> Result<BTreeMap<String, String>, toml::de::Error> {
    let mut all = BTreeMap::new();
    put(&mut all, String::new(), &toml::from_str::<Value>(text)?);
    Ok(all)
}

fn put(all: &mut BTreeMap<String, String>, key: String, value: &Value) {
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| put(all, below(name), value)),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (at, item) in items.iter().enumerate() {
                let name = item.get("name").or_else(|| item.get("id")).and_then(Value::as_str);
                put(all, below(name.unwrap_or(&at.to_string())), item);
            }
        }
        other => {
            all.insert(key, other.to_string());
        }
    }
}
