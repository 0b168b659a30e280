package main

import (
	"slices"
	"testing"
)

func TestAnArgumentOutOfRangeIsNamed(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"3", "16", "1"}, `DEPTH must be a whole number from 4 to 24, not "3"`},
		{[]string{"16", "x", "1"}, `LIVE_DEPTH must be a whole number from 0 to 24, not "x"`},
		{[]string{"16"}, "3 arguments are needed, not 1"},
	}
	for _, test := range tests {
		if _, err := parse(test.args); err == nil || err.Error() != test.want {
			t.Errorf("%q: got %v, want %s", test.args, err, test.want)
		}
	}
	if _, err := parse([]string{"16", "0", "18446744073709551615"}); err != nil {
		t.Error(err)
	}
}

func TestTheSequenceIsThatOfTheReferenceCode(t *testing.T) {
	keys := keySequence{state: 1234567}
	for _, want := range []uint64{6457827717110365317, 3203168211198807973} {
		if got := keys.next(); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}

func TestAFullTreeIsBuiltFromTheLeavesUp(t *testing.T) {
	a := newArena(0)
	tree := a.build(1, &keySequence{state: 7})
	keys := keySequence{state: 7}
	left, right, root := keys.next(), keys.next(), keys.next()
	if got, want := a.checksum(tree), root+3*left+5*right; got != want {
		t.Errorf("got %d, want %d", got, want)
	}
	if got := a.height(a.build(5, &keys)); got != 6 {
		t.Errorf("height %d, want 6", got)
	}
}

func TestAClearedArenaGivesTheSamePlacesAgain(t *testing.T) {
	a := newArena(nodesOf(4))
	first := &a.nodes[0]
	for range 3 {
		a.clear()
		if got := a.build(4, &keySequence{state: 1}); got != 31 {
			t.Errorf("the root is at %d, want 31", got)
		}
	}
	if &a.nodes[0] != first {
		t.Error("the arena has moved")
	}
}

func TestTheNewestKeysStayInOrder(t *testing.T) {
	keys := keySequence{state: 3}
	recent := newRecentKeys(100, &keys)
	all := slices.Clone(recent.ring)
	for range 1000 {
		key := keys.next()
		recent.push(key)
		all = append(all, key)

		want := slices.Sorted(slices.Values(all[len(all)-100:]))
		if got := inOrder(recent.arena, recent.root, nil); !slices.Equal(got, want) {
			t.Fatalf("got %d, want %d", got, want)
		}
	}
}

func inOrder(a *arena, l link, out []uint64) []uint64 {
	if l == 0 {
		return out
	}
	n := &a.nodes[l]
	out = inOrder(a, n.left, out)
	out = append(out, n.key)
	return inOrder(a, n.right, out)
}
