//! What is done with a command, and how it is answered.

use serde::Serialize;

use crate::command::Command;
use crate::fault::Fault;
use crate::store::{Account, Store};

const PAGE_LEN: usize = 10;

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "ok", rename_all = "snake_case")]
pub enum Answer<'a> {
    Create {
        account: &'a Account,
    },
    Read {
        account: &'a Account,
    },
    Update {
        account: &'a Account,
    },
    Delete {
        user: String,
    },
    List {
        accounts: Vec<&'a Account>,
        more: bool,
    },
}

#[derive(Serialize)]
pub struct Refusal {
    error: &'static str,
    message: String,
}

impl From<&Fault> for Refusal {
    fn from(fault: &Fault) -> Self {
        Self {
            error: fault.code(),
            message: fault.to_string(),
        }
    }
}

pub struct Service<S> {
    store: S,
}

impl<S: Store> Service<S> {
    pub fn new(store: S) -> Self {
        Self { store }
    }

    pub fn handle(&mut self, request: &[u8]) -> Result<Answer<'_>, Fault> {
        match Command::parse(request)? {
            Command::Create(draft) => {
                let account = self.store.insert(draft)?;
                Ok(Answer::Create { account })
            }
            Command::Read { user } => {
                let account = self.store.get(&user)?;
                Ok(Answer::Read { account })
            }
            Command::Update(draft) => {
                let account = self.store.update(draft)?;
                Ok(Answer::Update { account })
            }
            Command::Delete { user } => {
                self.store.remove(&user)?;
                Ok(Answer::Delete { user })
            }
            Command::List { service, after } => Ok(self.list(&service, &after)),
        }
    }

    fn list(&self, service: &str, after: &str) -> Answer<'_> {
        let mut accounts = self.store.list(service, after, PAGE_LEN + 1);
        let more = accounts.len() > PAGE_LEN;
        accounts.truncate(PAGE_LEN);
        Answer::List { accounts, more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Draft;
    use crate::store::MemoryStore;

    #[test]
    fn a_page_tells_whether_there_is_more() {
        let mut service = Service::new(MemoryStore::default());
        for user in 10..21 {
            let line = format!(
                r#"{{"status":200,"user":"{user}","service":"mail","route":"/","bytes":0}}"#
            );
            service.handle(line.as_bytes()).unwrap();
        }
        for (after, expected_len, expected_more) in [("", 10, true), ("10", 10, false)] {
            let line = format!(r#"{{"status":500,"service":"mail","user":"{after}"}}"#);
            let Ok(Answer::List { accounts, more }) = service.handle(line.as_bytes()) else {
                panic!("not a list");
            };
            assert_eq!((accounts.len(), more), (expected_len, expected_more));
        }
    }

    /// A store that others write to as well, and always sooner.
    struct Overtaken;

    impl Store for Overtaken {
        fn insert(&mut self, draft: Draft) -> Result<&Account, Fault> {
            Err(Fault::Exists(draft.user))
        }

        fn get(&self, user: &str) -> Result<&Account, Fault> {
            Err(Fault::NotFound(user.to_owned()))
        }

        fn update(&mut self, draft: Draft) -> Result<&Account, Fault> {
            Err(Fault::NotFound(draft.user))
        }

        fn remove(&mut self, user: &str) -> Result<Account, Fault> {
            Err(Fault::NotFound(user.to_owned()))
        }

        fn list(&self, _: &str, _: &str, _: usize) -> Vec<&Account> {
            Vec::new()
        }
    }

    #[test]
    fn what_the_store_refuses_is_refused() {
        for (status, expected) in [
            (200, "exists"),
            (204, "not_found"),
            (301, "not_found"),
            (404, "not_found"),
        ] {
            let line = format!(
                r#"{{"status":{status},"user":"anna","service":"mail","route":"/","bytes":0}}"#
            );
            let fault = Service::new(Overtaken).handle(line.as_bytes()).unwrap_err();
            assert_eq!(fault.code(), expected);
        }
    }
}
