//! The newest keys, in order: the live heap that changes under the program's feet.

use std::cmp::Ordering;

use crate::keys::Keys;
use crate::tree::{self, Link, Node};

/// An unbalanced search tree of a fixed number of keys. Keys come in random order, which keeps it shallow.
pub struct Recent {
    root: Link,
    /// The keys by age; `oldest` is the next to go.
    ring: Vec<u64>,
    oldest: usize,
}

impl Recent {
    pub fn new(len: usize, keys: &mut Keys) -> Self {
        let ring: Vec<u64> = (0..len).map(|_| keys.next()).collect();
        let mut root = None;
        for &key in &ring {
            insert(&mut root, key);
        }
        Self {
            root,
            ring,
            oldest: 0,
        }
    }

    /// Puts `key`, which must be new, in the place of the oldest.
    pub fn push(&mut self, key: u64) {
        remove(&mut self.root, self.ring[self.oldest]);
        insert(&mut self.root, key);
        self.ring[self.oldest] = key;
        self.oldest = (self.oldest + 1) % self.ring.len();
    }

    pub fn checksum(&self) -> u64 {
        tree::checksum(&self.root)
    }

    pub fn height(&self) -> u32 {
        tree::height(&self.root)
    }
}

fn insert(mut link: &mut Link, key: u64) {
    while let Some(node) = link {
        link = if key < node.key {
            &mut node.left
        } else {
            &mut node.right
        };
    }
    *link = Some(Node::leaf(key));
}

// The borrow checker does not see that a loop would be sound here; the optimiser makes it one.
fn remove(link: &mut Link, key: u64) {
    let Some(node) = link else { return };
    match key.cmp(&node.key) {
        Ordering::Less => remove(&mut node.left, key),
        Ordering::Greater => remove(&mut node.right, key),
        Ordering::Equal => unlink(link),
    }
}

/// Takes out the key at the top of a subtree that is not empty.
fn unlink(link: &mut Link) {
    let Some(node) = link else { return };
    if node.left.is_none() {
        *link = node.right.take();
    } else if node.right.is_none() {
        *link = node.left.take();
    } else if let Some(next) = take_smallest(&mut node.right) {
        node.key = next;
    }
}

fn take_smallest(mut link: &mut Link) -> Option<u64> {
    while link.as_ref()?.left.is_some() {
        link = &mut link.as_mut()?.left;
    }
    let smallest = link.take()?;
    *link = smallest.right;
    Some(smallest.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order(link: &Link, out: &mut Vec<u64>) {
        if let Some(node) = link {
            in_order(&node.left, out);
            out.push(node.key);
            in_order(&node.right, out);
        }
    }

    #[test]
    fn the_newest_keys_stay_in_order() {
        let mut keys = Keys::new(3);
        let mut recent = Recent::new(100, &mut keys);
        let mut all = recent.ring.clone();
        for _ in 0..1_000 {
            let key = keys.next();
            recent.push(key);
            all.push(key);

            let mut expected = all[all.len() - 100..].to_vec();
            expected.sort_unstable();
            let mut found = Vec::new();
            in_order(&recent.root, &mut found);
            assert_eq!(found, expected);
        }
    }
}
