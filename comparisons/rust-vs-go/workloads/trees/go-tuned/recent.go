package main

// recentKeys is the newest keys, in order: the live heap that changes under the
// program's feet. It is an unbalanced search tree of a fixed number of keys.
// Keys come in random order, which keeps it shallow.
type recentKeys struct {
	arena  *arena
	root   link
	ring   []uint64 // the keys by age
	oldest int      // the place in ring of the next to go
}

func newRecentKeys(n int, keys *keySequence) *recentKeys {
	r := &recentKeys{arena: newArena(n), ring: make([]uint64, n)}
	for i := range r.ring {
		key := keys.next()
		r.ring[i] = key
		leaf := r.arena.push(node{key: key})
		*r.find(key) = leaf
	}
	return r
}

// push puts key, which must be new, in the place of the oldest, and its node in
// the place of that node.
func (r *recentKeys) push(key uint64) {
	freed := r.remove(r.ring[r.oldest])
	r.arena.nodes[freed] = node{key: key}
	*r.find(key) = freed
	r.ring[r.oldest] = key
	r.oldest = (r.oldest + 1) % len(r.ring)
}

// find returns the link to the node with key, or the empty link where it
// belongs. It is good until the arena grows.
func (r *recentKeys) find(key uint64) *link {
	l := &r.root
	for *l != 0 {
		switch n := &r.arena.nodes[*l]; {
		case key < n.key:
			l = &n.left
		case key > n.key:
			l = &n.right
		default:
			return l
		}
	}
	return l
}

// remove takes out a key that is there; its node, or another one, is free then.
func (r *recentKeys) remove(key uint64) link {
	l := r.find(key)
	freed := *l
	n := &r.arena.nodes[freed]
	switch {
	case n.left == 0:
		*l = n.right
	case n.right == 0:
		*l = n.left
	default:
		n.key, freed = r.takeSmallest(&n.right)
	}
	return freed
}

func (r *recentKeys) takeSmallest(l *link) (key uint64, freed link) {
	for r.arena.nodes[*l].left != 0 {
		l = &r.arena.nodes[*l].left
	}
	freed = *l
	smallest := &r.arena.nodes[freed]
	*l = smallest.right
	return smallest.key, freed
}
