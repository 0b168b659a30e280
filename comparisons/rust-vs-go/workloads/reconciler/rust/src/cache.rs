//! What is known of the objects of a kind.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::SetOnce;

use crate::api::List;
use crate::object::Object;

pub struct Cache<T> {
    known: RwLock<Known<T>>,
    filled: SetOnce<()>,
}

struct Known<T> {
    /// By the app that they belong to.
    objects: HashMap<String, Vec<Arc<T>>>,
    version: u64,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        let known = Known {
            objects: HashMap::new(),
            version: 0,
        };
        Self {
            known: RwLock::new(known),
            filled: SetOnce::new(),
        }
    }
}

impl<T: Object> Cache<T> {
    /// Waits until it was filled for the first time.
    pub async fn filled(&self) {
        self.filled.wait().await;
    }

    pub fn is_filled(&self) -> bool {
        self.filled.initialized()
    }

    /// Up to which everything is known.
    pub fn version(&self) -> u64 {
        self.read().version
    }

    /// The objects that belong to an app, and the version up to which they are known.
    pub fn of(&self, app: &str) -> (Vec<Arc<T>>, u64) {
        let known = self.read();
        let objects = known.objects.get(app).cloned().unwrap_or_default();
        (objects, known.version)
    }

    /// Takes in an object that is new, or a new version of one.
    pub fn put(&self, object: Arc<T>) {
        let mut known = self.write();
        known.version = object.version();
        match known.objects.get_mut(object.app()) {
            Some(of) => match of.iter_mut().find(|other| other.name() == object.name()) {
                Some(old) => *old = object,
                None => of.push(object),
            },
            None => {
                known.objects.insert(object.app().to_owned(), vec![object]);
            }
        }
    }

    /// Takes out an object, whose version is that of its deletion.
    pub fn remove(&self, object: &T) {
        let mut known = self.write();
        known.version = object.version();
        if let Some(of) = known.objects.get_mut(object.app()) {
            of.retain(|other| other.name() != object.name());
            if of.is_empty() {
                known.objects.remove(object.app());
            }
        }
    }

    /// Takes in all objects anew, and returns the apps that any belong to or belonged to: what
    /// happened to them in between is not known.
    pub fn replace(&self, all: List<T>) -> Vec<String> {
        let mut objects: HashMap<String, Vec<Arc<T>>> = HashMap::new();
        for object in all.items {
            match objects.get_mut(object.app()) {
                Some(of) => of.push(Arc::new(object)),
                None => {
                    objects.insert(object.app().to_owned(), vec![Arc::new(object)]);
                }
            }
        }

        let mut known = self.write();
        let before = known.objects.keys();
        let gone = before.filter(|&app| !objects.contains_key(app));
        let apps = objects.keys().chain(gone).cloned().collect();
        *known = Known {
            objects,
            version: all.version,
        };
        let _ = self.filled.set(()); // It may have been filled before.
        apps
    }

    fn read(&self) -> RwLockReadGuard<'_, Known<T>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Known<T>> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Replica;

    fn replica(name: &str, version: u64) -> Replica {
        let (app, _) = name.split_once('-').unwrap();
        Replica {
            name: name.to_owned(),
            version,
            app: app.to_owned(),
            image: "v1".to_owned(),
        }
    }

    fn names(cache: &Cache<Replica>, app: &str) -> Vec<String> {
        let (replicas, _) = cache.of(app);
        replicas
            .iter()
            .map(|replica| replica.name.clone())
            .collect()
    }

    #[test]
    fn a_cache_follows_events() {
        let cache = Cache::default();
        for (version, name) in [(1, "a-0"), (2, "a-1"), (3, "b-0"), (4, "a-0")] {
            cache.put(Arc::new(replica(name, version)));
        }
        cache.remove(&replica("a-1", 5));
        assert_eq!(names(&cache, "a"), ["a-0"]);
        assert_eq!(cache.version(), 5);
        cache.remove(&replica("b-0", 6));
        assert_eq!(cache.read().objects.len(), 1);
    }

    #[test]
    fn a_list_replaces_all_that_was_known() {
        let cache = Cache::default();
        cache.put(Arc::new(replica("gone-0", 1)));
        cache.put(Arc::new(replica("same-0", 2)));
        let mut apps = cache.replace(List {
            version: 9,
            items: vec![
                replica("same-0", 2),
                replica("new-0", 8),
                replica("new-1", 9),
            ],
        });
        apps.sort();
        assert_eq!(apps, ["gone", "new", "same"]);
        assert_eq!(names(&cache, "new"), ["new-0", "new-1"]);
        assert!(names(&cache, "gone").is_empty());
        assert_eq!(cache.version(), 9);
    }
}
