package main

// A link is the place of a subtree in its arena; 0 is an empty one. It is not
// a pointer, so that the collector has nothing to follow.
type link uint32

type node struct {
	left, right link
	key         uint64
}

// An arena is binary trees in one piece of memory, which is filled again
// rather than given back.
type arena struct {
	nodes []node // The first is never looked at: its place means empty.
}

func newArena(nodes int) *arena {
	return &arena{nodes: make([]node, 1, nodes+1)}
}

// clear forgets all trees and keeps the memory.
func (a *arena) clear() { a.nodes = a.nodes[:1] }

func (a *arena) push(n node) link {
	a.nodes = append(a.nodes, n)
	return link(len(a.nodes) - 1)
}

// build makes a full tree: depth 0 is a single node.
func (a *arena) build(depth int, keys *keySequence) link {
	if depth == 0 {
		return a.push(node{key: keys.next()})
	}
	left := a.build(depth-1, keys)
	right := a.build(depth-1, keys)
	return a.push(node{left: left, right: right, key: keys.next()})
}

// checksum is a sum of all keys which tells left from right.
func (a *arena) checksum(l link) uint64 {
	if l == 0 {
		return 0
	}
	n := &a.nodes[l]
	return n.key + 3*a.checksum(n.left) + 5*a.checksum(n.right)
}

// height is how many nodes are on the longest path from the root.
func (a *arena) height(l link) int {
	if l == 0 {
		return 0
	}
	n := &a.nodes[l]
	return 1 + max(a.height(n.left), a.height(n.right))
}

// nodesOf is how many nodes a full tree has.
func nodesOf(depth int) int { return 2<<depth - 1 }
