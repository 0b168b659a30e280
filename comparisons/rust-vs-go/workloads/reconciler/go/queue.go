package main

import (
	"sync"
	"time"
)

const (
	firstRetry = 5 * time.Millisecond
	maxRetry   = time.Second
)

// A queue has each key once, however often it is added, and gives no key to two
// workers at a time: one that is added while it is worked on comes again after.
type queue struct {
	mu       sync.Mutex
	news     *sync.Cond
	waiting  []string
	dirty    map[string]bool // to be worked on
	active   map[string]bool // being worked on
	failures map[string]int  // since the last success
	closed   bool
}

func newQueue() *queue {
	q := &queue{
		dirty:    make(map[string]bool),
		active:   make(map[string]bool),
		failures: make(map[string]int),
	}
	q.news = sync.NewCond(&q.mu)
	return q
}

func (q *queue) add(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.dirty[key] {
		return
	}
	q.dirty[key] = true
	if !q.active[key] {
		q.push(key)
	}
}

func (q *queue) push(key string) {
	q.waiting = append(q.waiting, key)
	q.news.Signal()
}

// take waits for a key; false when the queue is closed.
func (q *queue) take() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.waiting) == 0 && !q.closed {
		q.news.Wait()
	}
	if q.closed {
		return "", false
	}
	key := q.waiting[0]
	q.waiting = q.waiting[1:]
	delete(q.dirty, key)
	q.active[key] = true
	return key, true
}

// done ends the work on a key. After a failure it comes again, each time later.
func (q *queue) done(key string, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.active, key)
	if q.dirty[key] {
		q.push(key)
	}
	if err == nil {
		delete(q.failures, key)
		return
	}
	delay := min(firstRetry<<min(q.failures[key], 16), maxRetry)
	q.failures[key]++
	time.AfterFunc(delay, func() { q.add(key) })
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.news.Broadcast()
}
