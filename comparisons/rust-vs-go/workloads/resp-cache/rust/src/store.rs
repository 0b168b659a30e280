//! What is kept, and what makes room.

use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use lru::LruCache;
use thiserror::Error;

/// Values by key. Where the number of entries is bounded, the one that nobody asked for or set
/// for the longest time makes room.
pub struct Store {
    entries: Mutex<LruCache<Box<[u8]>, Bytes>>,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum IncrementFault {
    #[error("value is not an integer or out of range")]
    NotAnInteger,
    #[error("increment or decrement would overflow")]
    Overflow,
}

impl Store {
    pub fn new(max_entries: Option<NonZeroUsize>) -> Self {
        let entries = max_entries.map_or_else(LruCache::unbounded, LruCache::new);
        Self {
            entries: Mutex::new(entries),
        }
    }

    pub fn get(&self, key: &[u8]) -> Option<Bytes> {
        self.entries().get(key).cloned()
    }

    pub fn set(&self, key: Bytes, value: Bytes) {
        let mut entries = self.entries();
        match entries.get_mut(&*key) {
            Some(place) => *place = value,
            None => {
                entries.put(Box::from(&*key), value);
            }
        }
    }

    /// Whether there was one.
    pub fn delete(&self, key: &[u8]) -> bool {
        self.entries().pop(key).is_some()
    }

    /// Asking whether a key is there is no use of it.
    pub fn contains(&self, key: &[u8]) -> bool {
        self.entries().contains(key)
    }

    /// One more than the value says, or 1. A value that is no integer has been used, too.
    pub fn increment(&self, key: Bytes) -> Result<i64, IncrementFault> {
        let mut entries = self.entries();
        let place = entries.get_mut(&*key);
        let before = place.as_deref().map_or(Ok(0), |value| integer(value))?;
        let after = before.checked_add(1).ok_or(IncrementFault::Overflow)?;
        let value = Bytes::from(after.to_string());
        match place {
            Some(place) => *place = value,
            None => {
                entries.put(Box::from(&*key), value);
            }
        }
        Ok(after)
    }

    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// A thread that panicked has left whole entries behind.
    fn entries(&self) -> MutexGuard<'_, LruCache<Box<[u8]>, Bytes>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An integer as it is written by a machine: `+5`, `05` and `-0` are none.
fn integer(text: &[u8]) -> Result<i64, IncrementFault> {
    let text = str::from_utf8(text).map_err(|_| IncrementFault::NotAnInteger)?;
    text.parse()
        .ok()
        .filter(|number: &i64| number.to_string() == text)
        .ok_or(IncrementFault::NotAnInteger)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(store: &Store, key: &'static str, value: &'static str) {
        store.set(key.into(), value.into());
    }

    #[test]
    fn the_one_least_recently_used_makes_room() {
        let store = Store::new(NonZeroUsize::new(2));
        set(&store, "a", "1");
        set(&store, "b", "2");
        assert_eq!(store.get(b"a").unwrap(), "1");
        set(&store, "c", "3");
        assert_eq!(store.get(b"b"), None);

        set(&store, "a", "4");
        set(&store, "d", "5");
        assert_eq!(store.get(b"c"), None);
        assert_eq!(store.get(b"a").unwrap(), "4");

        assert_eq!(store.increment("d".into()), Ok(6));
        set(&store, "e", "7");
        assert_eq!(store.get(b"a"), None);

        set(&store, "d", "x");
        set(&store, "e", "8");
        let fault = store.increment("d".into()).unwrap_err();
        assert_eq!(fault, IncrementFault::NotAnInteger);
        set(&store, "f", "9");
        assert_eq!(store.get(b"e"), None);
        assert_eq!(store.len(), 2);
    }

    #[test]
    fn asking_whether_a_key_is_there_is_no_use() {
        let store = Store::new(NonZeroUsize::new(2));
        set(&store, "a", "1");
        set(&store, "b", "2");
        assert!(store.contains(b"a"));
        set(&store, "c", "3");
        assert!(!store.contains(b"a"));
    }

    #[test]
    fn without_a_bound_all_are_kept() {
        let store = Store::new(None);
        for n in 0..1000 {
            store.set(n.to_string().into(), Bytes::new());
        }
        assert_eq!(store.len(), 1000);
        assert!(store.delete(b"0"));
        assert!(!store.delete(b"0"));
        assert_eq!(store.len(), 999);
    }

    #[test]
    fn only_an_integer_is_incremented() {
        let store = Store::new(None);
        assert_eq!(store.increment("n".into()), Ok(1));
        assert_eq!(store.increment("n".into()), Ok(2));
        set(&store, "n", "-1");
        assert_eq!(store.increment("n".into()), Ok(0));
        for text in [
            "",
            "x",
            "1.0",
            " 1",
            "+1",
            "01",
            "-0",
            "9223372036854775808",
        ] {
            set(&store, "n", text);
            let fault = store.increment("n".into()).unwrap_err();
            assert_eq!(fault, IncrementFault::NotAnInteger, "{text:?}");
            assert_eq!(store.get(b"n").unwrap(), text);
        }
        set(&store, "n", "9223372036854775807");
        let fault = store.increment("n".into()).unwrap_err();
        assert_eq!(fault, IncrementFault::Overflow);
    }
}
