package main

// A node is the root of a binary tree; nil is an empty one.
type node struct {
	left, right *node
	key         uint64
}

// build makes a full tree: depth 0 is a single node.
func build(depth int, keys *keySequence) *node {
	if depth == 0 {
		return &node{key: keys.next()}
	}
	left := build(depth-1, keys)
	right := build(depth-1, keys)
	return &node{left: left, right: right, key: keys.next()}
}

// checksum is a sum of all keys which tells left from right.
func (n *node) checksum() uint64 {
	if n == nil {
		return 0
	}
	return n.key + 3*n.left.checksum() + 5*n.right.checksum()
}

// height is how many nodes are on the longest path from the root.
func (n *node) height() int {
	if n == nil {
		return 0
	}
	return 1 + max(n.left.height(), n.right.height())
}
