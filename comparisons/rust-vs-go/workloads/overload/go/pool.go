package main

import (
	"bytes"
	"context"
	"errors"
	"time"
)

const (
	// Requests that are worked on at once.
	workers = 40
	// What each takes: waiting, as for a database. With workers that is 800
	// requests a second.
	workTime = 50 * time.Millisecond
	// Memory of a request, from the moment when it is taken in.
	bufferLen = 64 * 1024
	// Requests that may wait where there is a bound: work for 150 ms.
	queueLen = 120
	// How long a request may wait where there is a bound.
	patience = 180 * time.Millisecond
)

// errBusy: there is too much to do for another request to be done in time.
var errBusy = errors.New("busy")

// A pool is something slow that takes so many requests at once.
type pool struct {
	workers chan struct{}
	places  chan struct{} // for all that wait or are worked on; nil: no bound
}

// newPool returns a pool that refuses at once what would have to wait for too
// long, or one that takes in everything and lets it wait for as long as it takes.
func newPool(bounded bool) *pool {
	p := &pool{workers: make(chan struct{}, workers)}
	if bounded {
		p.places = make(chan struct{}, workers+queueLen)
	}
	return p
}

// work carries out a request for a buffer of this byte.
func (p *pool) work(ctx context.Context, b byte) ([]byte, error) {
	if p.places != nil {
		select {
		case p.places <- struct{}{}:
			defer func() { <-p.places }()
		default:
			return nil, errBusy
		}
	}
	buffer := bytes.Repeat([]byte{b}, bufferLen)
	if err := p.wait(ctx); err != nil {
		return nil, errBusy
	}
	defer func() { <-p.workers }()
	select {
	case <-time.After(workTime):
		return buffer, nil
	case <-ctx.Done():
		return nil, errBusy // The client has gone, and nobody reads this.
	}
}

// wait returns nil when a worker is the caller's.
func (p *pool) wait(ctx context.Context) error {
	if p.places != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	select {
	case p.workers <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
