//! Binary trees of two pointers and a key a node.

use crate::keys::Keys;

/// A subtree, or nothing.
pub type Link = Option<Box<Node>>;

pub struct Node {
    pub left: Link,
    pub right: Link,
    pub key: u64,
}

impl Node {
    pub fn leaf(key: u64) -> Box<Self> {
        Box::new(Self {
            left: None,
            right: None,
            key,
        })
    }
}

/// A full tree: `depth` 0 is a single node.
pub fn build(depth: u32, keys: &mut Keys) -> Link {
    if depth == 0 {
        return Some(Node::leaf(keys.next()));
    }
    Some(Box::new(Node {
        left: build(depth - 1, keys),
        right: build(depth - 1, keys),
        key: keys.next(),
    }))
}

/// A sum of all keys which tells left from right.
pub fn checksum(link: &Link) -> u64 {
    let Some(node) = link else { return 0 };
    let left = checksum(&node.left).wrapping_mul(3);
    let right = checksum(&node.right).wrapping_mul(5);
    node.key.wrapping_add(left).wrapping_add(right)
}

/// How many nodes are on the longest path from the root.
pub fn height(link: &Link) -> u32 {
    match link {
        Some(node) => 1 + height(&node.left).max(height(&node.right)),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_tree_is_built_from_the_leaves_up() {
        let tree = build(1, &mut Keys::new(7));
        let mut keys = Keys::new(7);
        let (left, right, root) = (keys.next(), keys.next(), keys.next());
        let expected = root
            .wrapping_add(left.wrapping_mul(3))
            .wrapping_add(right.wrapping_mul(5));
        assert_eq!(checksum(&tree), expected);
        assert_eq!(height(&build(5, &mut keys)), 6);
    }
}
