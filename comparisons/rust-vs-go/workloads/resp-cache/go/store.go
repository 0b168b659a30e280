package main

import (
	"errors"
	"strconv"
	"sync"
)

var (
	errNotAnInteger = errors.New("value is not an integer or out of range")
	errOverflow     = errors.New("increment or decrement would overflow")
)

// A store keeps values by key. Where the number of entries is bounded, the one
// that nobody asked for or set for the longest time makes room.
//
// A value is never written to again once it is in the store.
type store struct {
	mu         sync.Mutex
	entries    map[string]*entry
	recent     entry // The ring's own place: next is the newest, prev the oldest.
	maxEntries int   // 0: no bound.
}

type entry struct {
	key        string
	value      []byte
	prev, next *entry
}

func newStore(maxEntries int) *store {
	s := &store{entries: make(map[string]*entry), maxEntries: maxEntries}
	s.recent.prev, s.recent.next = &s.recent, &s.recent
	return s
}

func (s *store) get(key []byte) (value []byte, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.entries[string(key)]
	if !ok {
		return nil, false
	}
	s.touch(e)
	return e.value, true
}

func (s *store) set(key, value []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(key, value)
}

// delete tells whether there was one.
func (s *store) delete(key []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.entries[string(key)]
	if ok {
		s.remove(e)
	}
	return ok
}

// contains is no use of the entry.
func (s *store) contains(key []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.entries[string(key)]
	return ok
}

// increment makes the value one more than it says, or 1. A value that is no
// integer has been used, too.
func (s *store) increment(key []byte) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var n int64
	if e, ok := s.entries[string(key)]; ok {
		s.touch(e)
		var err error
		if n, err = integer(e.value); err != nil {
			return 0, err
		}
	}
	if n+1 < n {
		return 0, errOverflow
	}
	s.put(key, strconv.AppendInt(nil, n+1, 10))
	return n + 1, nil
}

func (s *store) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.entries)
}

func (s *store) put(key, value []byte) {
	if e, ok := s.entries[string(key)]; ok {
		e.value = value
		s.touch(e)
		return
	}
	if s.maxEntries > 0 && len(s.entries) == s.maxEntries {
		s.remove(s.recent.prev)
	}
	e := &entry{key: string(key), value: value}
	s.entries[e.key] = e
	s.insert(e)
}

func (s *store) remove(e *entry) {
	delete(s.entries, e.key)
	e.unlink()
}

func (s *store) touch(e *entry) {
	e.unlink()
	s.insert(e)
}

func (s *store) insert(e *entry) {
	e.prev, e.next = &s.recent, s.recent.next
	e.prev.next, e.next.prev = e, e
}

func (e *entry) unlink() {
	e.prev.next, e.next.prev = e.next, e.prev
}

// integer reads a number as it is written by a machine: +5, 05 and -0 are none.
func integer(text []byte) (int64, error) {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != string(text) {
		return 0, errNotAnInteger
	}
	return n, nil
}
