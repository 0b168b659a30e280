package main

// recentKeys is the newest keys, in order: the live heap that changes under the
// program's feet. It is an unbalanced search tree of a fixed number of keys.
// Keys come in random order, which keeps it shallow.
type recentKeys struct {
	root   *node
	ring   []uint64 // the keys by age
	oldest int      // the place in ring of the next to go
}

func newRecentKeys(n int, keys *keySequence) *recentKeys {
	r := &recentKeys{ring: make([]uint64, n)}
	for i := range r.ring {
		r.ring[i] = keys.next()
		r.insert(r.ring[i])
	}
	return r
}

// push puts key, which must be new, in the place of the oldest.
func (r *recentKeys) push(key uint64) {
	r.remove(r.ring[r.oldest])
	r.insert(key)
	r.ring[r.oldest] = key
	r.oldest = (r.oldest + 1) % len(r.ring)
}

func (r *recentKeys) insert(key uint64) {
	link := &r.root
	for *link != nil {
		if key < (*link).key {
			link = &(*link).left
		} else {
			link = &(*link).right
		}
	}
	*link = &node{key: key}
}

func (r *recentKeys) remove(key uint64) {
	link := &r.root
	for *link != nil {
		switch n := *link; {
		case key < n.key:
			link = &n.left
		case key > n.key:
			link = &n.right
		default:
			unlink(link)
			return
		}
	}
}

// unlink takes out the key at the top of a subtree that is not empty.
func unlink(link **node) {
	n := *link
	switch {
	case n.left == nil:
		*link = n.right
	case n.right == nil:
		*link = n.left
	default:
		n.key = takeSmallest(&n.right)
	}
}

func takeSmallest(link **node) uint64 {
	for (*link).left != nil {
		link = &(*link).left
	}
	smallest := *link
	*link = smallest.right
	return smallest.key
}
