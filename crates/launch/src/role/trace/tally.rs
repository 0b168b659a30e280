//! A count of one kind of effect, with the first few names and whatever spoils it.

use crate::probe::Seen;

/// How many names are kept.
pub(super) const FIRST: usize = 5;

/// Device and inode: what tells one file from another.
pub(super) type FileId = (u64, u64);

#[derive(Default)]
pub(super) struct Tally {
    count: u64,
    first: Vec<String>,
    /// Files named already.
    named: Vec<FileId>,
    unseen: Option<String>,
}

impl Tally {
    /// Adds something that is named once however often it is met, and only if there is room.
    pub(super) fn add_for(&mut self, count: u64, file: FileId, name: impl FnOnce() -> String) {
        self.count += count;
        if self.named.len() < FIRST && !self.named.contains(&file) {
            self.named.push(file);
            self.first.push(name());
        }
    }

    /// Adds one.
    pub(super) fn add(&mut self, name: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < FIRST {
            self.first.push(name());
        }
    }

    /// Adds one that is named elsewhere.
    pub(super) fn count_one(&mut self) {
        self.count += 1;
    }

    /// From now on the count may be too low; the first reason is kept.
    pub(super) fn lose(&mut self, reason: &str) {
        self.unseen.get_or_insert_with(|| reason.to_owned());
    }

    pub(super) fn seen(&self) -> Seen {
        self.seen_as(self.first.iter().cloned())
    }

    /// With names from elsewhere.
    pub(super) fn seen_as(&self, names: impl Iterator<Item = String>) -> Seen {
        if let Some(reason) = &self.unseen {
            return Seen::Unseen { reason: reason.clone() };
        }
        let mut first = Vec::new();
        for name in names {
            if !first.contains(&name) {
                first.push(name);
            }
        }
        Seen::Counted { count: self.count, first }
    }
}
