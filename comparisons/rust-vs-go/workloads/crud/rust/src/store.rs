//! Where accounts are kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use serde::Serialize;

use crate::command::Draft;
use crate::fault::Fault;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    pub user: String,
    pub service: String,
    pub route: String,
    pub quota: u64,
    /// 1 at first, one more with each update.
    pub version: u64,
}

/// Accounts by user, and in order within a service.
pub trait Store {
    fn insert(&mut self, draft: Draft) -> Result<&Account, Fault>;

    fn get(&self, user: &str) -> Result<&Account, Fault>;

    fn update(&mut self, draft: Draft) -> Result<&Account, Fault>;

    fn remove(&mut self, user: &str) -> Result<Account, Fault>;

    /// At most `limit` accounts of the service, those that follow the user `after`.
    fn list(&self, service: &str, after: &str, limit: usize) -> Vec<&Account>;
}

#[derive(Default)]
pub struct MemoryStore {
    accounts: HashMap<String, Account>,
    users_by_service: BTreeMap<String, BTreeSet<String>>,
}

impl MemoryStore {
    fn put(&mut self, draft: Draft, version: u64) -> &Account {
        let user = draft.user.clone();
        self.users_by_service
            .entry(draft.service.clone())
            .or_default()
            .insert(user.clone());
        let account = Account {
            user: draft.user,
            service: draft.service,
            route: draft.route,
            quota: draft.quota,
            version,
        };
        self.accounts.entry(user).insert_entry(account).into_mut()
    }
}

impl Store for MemoryStore {
    fn insert(&mut self, draft: Draft) -> Result<&Account, Fault> {
        if self.accounts.contains_key(&draft.user) {
            return Err(Fault::Exists(draft.user));
        }
        Ok(self.put(draft, 1))
    }

    fn get(&self, user: &str) -> Result<&Account, Fault> {
        self.accounts
            .get(user)
            .ok_or_else(|| Fault::NotFound(user.to_owned()))
    }

    fn update(&mut self, draft: Draft) -> Result<&Account, Fault> {
        let version = self.remove(&draft.user)?.version + 1;
        Ok(self.put(draft, version))
    }

    fn remove(&mut self, user: &str) -> Result<Account, Fault> {
        let account = self
            .accounts
            .remove(user)
            .ok_or_else(|| Fault::NotFound(user.to_owned()))?;
        if let Some(users) = self.users_by_service.get_mut(&account.service) {
            users.remove(user);
        }
        Ok(account)
    }

    fn list(&self, service: &str, after: &str, limit: usize) -> Vec<&Account> {
        let Some(users) = self.users_by_service.get(service) else {
            return Vec::new();
        };
        users
            .range::<str, _>((Bound::Excluded(after), Bound::Unbounded))
            .take(limit)
            .map(|user| &self.accounts[user])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(user: &str, service: &str) -> Draft {
        Draft {
            user: user.into(),
            service: service.into(),
            route: "/".into(),
            quota: 0,
        }
    }

    fn users(store: &MemoryStore, service: &str, after: &str, limit: usize) -> Vec<String> {
        store
            .list(service, after, limit)
            .into_iter()
            .map(|account| account.user.clone())
            .collect()
    }

    #[test]
    fn a_list_is_in_byte_order_and_goes_on_after_a_user() {
        let mut store = MemoryStore::default();
        for user in ["c", "a", "ä", "B", "b"] {
            store.insert(draft(user, "mail")).unwrap();
        }
        store.insert(draft("aa", "search")).unwrap();
        assert_eq!(users(&store, "mail", "", 9), ["B", "a", "b", "c", "ä"]);
        assert_eq!(users(&store, "mail", "a", 2), ["b", "c"]);
        assert_eq!(users(&store, "mail", "aa", 1), ["b"]);
        assert!(users(&store, "mail", "ä", 9).is_empty());
        assert!(users(&store, "billing", "", 9).is_empty());
    }

    #[test]
    fn an_update_counts_up_and_moves_to_another_service() {
        let mut store = MemoryStore::default();
        store.insert(draft("a", "mail")).unwrap();
        assert_eq!(store.update(draft("a", "search")).unwrap().version, 2);
        assert!(users(&store, "mail", "", 9).is_empty());
        assert_eq!(users(&store, "search", "", 9), ["a"]);
    }

    #[test]
    fn what_was_removed_is_gone_and_may_come_again() {
        let mut store = MemoryStore::default();
        store.insert(draft("a", "mail")).unwrap();
        assert_eq!(
            store.insert(draft("a", "mail")).unwrap_err().code(),
            "exists"
        );
        store.remove("a").unwrap();
        assert!(users(&store, "mail", "", 9).is_empty());
        assert_eq!(store.get("a").unwrap_err().code(), "not_found");
        assert_eq!(store.remove("a").unwrap_err().code(), "not_found");
        assert_eq!(
            store.update(draft("a", "mail")).unwrap_err().code(),
            "not_found"
        );
        assert_eq!(store.insert(draft("a", "mail")).unwrap().version, 1);
    }
}
