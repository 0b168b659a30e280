//! The newest keys, in order: the live heap that changes under the program's feet.

use std::cmp::Ordering;

use crate::arena::{Arena, Link, Node};
use crate::keys::Keys;

/// An unbalanced search tree of a fixed number of keys. Keys come in random order, which keeps it shallow.
pub struct Recent {
    arena: Arena,
    root: Link,
    /// The keys by age; `oldest` is the next to go.
    ring: Vec<u64>,
    oldest: usize,
}

impl Recent {
    pub fn new(len: usize, keys: &mut Keys) -> Self {
        let mut recent = Self {
            arena: Arena::with_room_for(len),
            root: Link::EMPTY,
            ring: (0..len).map(|_| keys.next()).collect(),
            oldest: 0,
        };
        for index in 0..len {
            let key = recent.ring[index];
            let leaf = recent.arena.push(Node::leaf(key));
            *recent.find(key) = leaf;
        }
        recent
    }

    /// Puts `key`, which must be new, in the place of the oldest, and its node in the place of that node.
    pub fn push(&mut self, key: u64) {
        let freed = self.remove(self.ring[self.oldest]);
        self.arena[freed] = Node::leaf(key);
        *self.find(key) = freed;
        self.ring[self.oldest] = key;
        self.oldest = (self.oldest + 1) % self.ring.len();
    }

    pub fn checksum(&self) -> u64 {
        self.arena.checksum(self.root)
    }

    pub fn height(&self) -> u32 {
        self.arena.height(self.root)
    }

    /// The link to the node with `key`, or the empty link where it belongs.
    fn find(&mut self, key: u64) -> &mut Link {
        let mut parent = None;
        let mut link = self.root;
        while link != Link::EMPTY {
            let node = &self.arena[link];
            let order = key.cmp(&node.key);
            let next = match order {
                Ordering::Less => node.left,
                Ordering::Greater => node.right,
                Ordering::Equal => break,
            };
            parent = Some((link, order));
            link = next;
        }
        match parent {
            None => &mut self.root,
            Some((parent, Ordering::Less)) => &mut self.arena[parent].left,
            Some((parent, _)) => &mut self.arena[parent].right,
        }
    }

    /// Takes out a key that is there; its node, or another one, is free then.
    fn remove(&mut self, key: u64) -> Link {
        let link = *self.find(key);
        let Node { left, right, .. } = self.arena[link];
        if left != Link::EMPTY && right != Link::EMPTY {
            return self.replace_by_next(link);
        }
        let child = if left == Link::EMPTY { right } else { left };
        *self.find(key) = child;
        link
    }

    /// Gives a node with two children the next key in order, whose node becomes free.
    fn replace_by_next(&mut self, link: Link) -> Link {
        let mut parent = link;
        let mut next = self.arena[link].right;
        while self.arena[next].left != Link::EMPTY {
            parent = next;
            next = self.arena[next].left;
        }
        let Node { right, key, .. } = self.arena[next];
        if parent == link {
            self.arena[link].right = right;
        } else {
            self.arena[parent].left = right;
        }
        self.arena[link].key = key;
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order(arena: &Arena, link: Link, out: &mut Vec<u64>) {
        if link != Link::EMPTY {
            let node = &arena[link];
            in_order(arena, node.left, out);
            out.push(node.key);
            in_order(arena, node.right, out);
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
            in_order(&recent.arena, recent.root, &mut found);
            assert_eq!(found, expected);
        }
    }
}
