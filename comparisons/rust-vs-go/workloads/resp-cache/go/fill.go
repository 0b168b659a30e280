package main

import (
	"bytes"
	"fmt"
)

// Of a value, in bytes.
const (
	shortest = 64
	longest  = 512
)

// fill sets key:0, key:1 and so on, until keys and values together have so
// many million bytes.
func fill(s *store, megabytes uint32) {
	left := int64(megabytes) * 1_000_000
	for n := uint64(0); left > 0; n++ {
		key, value := newEntry(n)
		left -= int64(len(key) + len(value))
		s.set(key, value)
	}
}

// newEntry has a value whose length and letter follow from its number.
func newEntry(n uint64) (key, value []byte) {
	mixed := mix(n)
	length := shortest + mixed%(longest-shortest+1)
	letter := 'a' + byte((mixed>>32)%26)
	return fmt.Appendf(nil, "key:%d", n), bytes.Repeat([]byte{letter}, int(length))
}

// mix is SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
// generators, 2014).
func mix(n uint64) uint64 {
	mixed := (n + 1) * 0x9e37_79b9_7f4a_7c15
	mixed = (mixed ^ mixed>>30) * 0xbf58_476d_1ce4_e5b9
	mixed = (mixed ^ mixed>>27) * 0x94d0_49bb_1331_11eb
	return mixed ^ mixed>>31
}
