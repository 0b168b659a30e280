// Package stock is what all lanes of the warehouse have in common.
package stock

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// A Lane of the warehouse, told of by lines.
type Lane interface {
	Number() uint64
	// Take takes in one line, or says what is wrong with it.
	Take(line string) error
	// Sum is over all that was taken in.
	Sum() Sum
}

// A Tally counts by key. The zero value is empty.
type Tally[K cmp.Ordered] struct {
	counts map[K]int64
}

// Counted is a key and its count.
type Counted[K cmp.Ordered] struct {
	Key   K
	Count int64
}

func (t *Tally[K]) Add(key K, count int64) {
	if t.counts == nil {
		t.counts = make(map[K]int64)
	}
	t.counts[key] += count
}

// Count is zero if there is nothing of the kind.
func (t *Tally[K]) Count(key K) int64 {
	return t.counts[key]
}

// Sorted has all counts in the order of their keys.
func (t *Tally[K]) Sorted() []Counted[K] {
	var sorted []Counted[K]
	for _, key := range slices.Sorted(maps.Keys(t.counts)) {
		sorted = append(sorted, Counted[K]{key, t.counts[key]})
	}
	return sorted
}

// Largest is the largest of the values, or zero if there is none.
func Largest[T cmp.Ordered](values []T) T {
	if len(values) == 0 {
		var none T
		return none
	}
	return slices.Max(values)
}

// Sum is FNV-1a, 64 bits.
type Sum uint64

func NewSum() Sum {
	return 0xcbf29ce484222325
}

func (s *Sum) Text(text string) {
	s.bytes([]byte(text))
}

func (s *Sum) Number(number int64) {
	s.bytes(binary.LittleEndian.AppendUint64(nil, uint64(number)))
}

func (s *Sum) bytes(bytes []byte) {
	for _, b := range bytes {
		*s = (*s ^ Sum(b)) * 0x100000001b3
	}
}

var (
	kinds = [...]string{"received", "shipped", "counted", "lost"}
	items = [...]string{"bolt", "hinge", "lamp", "rope", "valve"}
)

// Lines for a lane, drawn from a seed; some of them are faulty.
func Lines(seed, lane uint64) []string {
	state := seed ^ lane*0x9e3779b97f4a7c15
	draw := func(below uint64) uint64 {
		state = state*6364136223846793005 + 1
		return (state >> 33) % below
	}
	var lines []string
	for range 24 {
		kind := kinds[draw(4)]
		item := items[draw(5)]
		lines = append(lines, fmt.Sprintf("%s;%s;%d;%d", kind, item, draw(1000), draw(700)))
	}
	return lines
}
