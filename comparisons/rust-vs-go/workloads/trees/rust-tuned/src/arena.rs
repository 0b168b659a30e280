//! Binary trees in one piece of memory, which is filled again rather than given back.

use std::ops::{Index, IndexMut};

use crate::keys::Keys;

/// The place of a subtree in its arena.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Link(u32);

impl Link {
    /// The subtree without a node.
    pub const EMPTY: Self = Self(0);
}

pub struct Node {
    pub left: Link,
    pub right: Link,
    pub key: u64,
}

impl Node {
    pub fn leaf(key: u64) -> Self {
        Self {
            left: Link::EMPTY,
            right: Link::EMPTY,
            key,
        }
    }
}

pub struct Arena {
    /// The first is never looked at: its place means empty.
    nodes: Vec<Node>,
}

impl Arena {
    pub fn with_room_for(nodes: usize) -> Self {
        let mut arena = Self {
            nodes: Vec::with_capacity(nodes + 1),
        };
        arena.nodes.push(Node::leaf(0));
        arena
    }

    /// Forgets all trees and keeps the memory.
    pub fn clear(&mut self) {
        self.nodes.truncate(1);
    }

    pub fn push(&mut self, node: Node) -> Link {
        let link = Link(self.nodes.len() as u32);
        self.nodes.push(node);
        link
    }

    /// A full tree: `depth` 0 is a single node.
    pub fn build(&mut self, depth: u32, keys: &mut Keys) -> Link {
        if depth == 0 {
            return self.push(Node::leaf(keys.next()));
        }
        let left = self.build(depth - 1, keys);
        let right = self.build(depth - 1, keys);
        let key = keys.next();
        self.push(Node { left, right, key })
    }

    /// A sum of all keys which tells left from right.
    pub fn checksum(&self, link: Link) -> u64 {
        if link == Link::EMPTY {
            return 0;
        }
        let node = &self[link];
        let left = self.checksum(node.left).wrapping_mul(3);
        let right = self.checksum(node.right).wrapping_mul(5);
        node.key.wrapping_add(left).wrapping_add(right)
    }

    /// How many nodes are on the longest path from the root.
    pub fn height(&self, link: Link) -> u32 {
        if link == Link::EMPTY {
            return 0;
        }
        let node = &self[link];
        1 + self.height(node.left).max(self.height(node.right))
    }
}

/// How many nodes a full tree has.
pub fn nodes_of(depth: u32) -> usize {
    (2 << depth) - 1
}

impl Index<Link> for Arena {
    type Output = Node;

    fn index(&self, link: Link) -> &Node {
        &self.nodes[link.0 as usize]
    }
}

impl IndexMut<Link> for Arena {
    fn index_mut(&mut self, link: Link) -> &mut Node {
        &mut self.nodes[link.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_tree_is_built_from_the_leaves_up() {
        let mut arena = Arena::with_room_for(0);
        let tree = arena.build(1, &mut Keys::new(7));
        let mut keys = Keys::new(7);
        let (left, right, root) = (keys.next(), keys.next(), keys.next());
        let expected = root
            .wrapping_add(left.wrapping_mul(3))
            .wrapping_add(right.wrapping_mul(5));
        assert_eq!(arena.checksum(tree), expected);
        let tree = arena.build(5, &mut keys);
        assert_eq!(arena.height(tree), 6);
    }

    #[test]
    fn a_cleared_arena_gives_the_same_places_again() {
        let mut arena = Arena::with_room_for(nodes_of(4));
        let capacity = arena.nodes.capacity();
        for _ in 0..3 {
            arena.clear();
            assert_eq!(arena.build(4, &mut Keys::new(1)).0, 31);
        }
        assert_eq!(arena.nodes.capacity(), capacity);
    }
}
