// Package tally keeps a total that many goroutines add to.
package tally

import "sync"

// Tally is a running total. Its zero value is ready to use.
type Tally struct {
	mu    sync.Mutex
	total uint64
}

// Add adds amount to the total.
func (t *Tally) Add(amount uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.total += amount
}

// Total returns what was added so far.
func (t *Tally) Total() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total
}
