package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"
)

const (
	firstDelay = 10 * time.Millisecond
	maxDelay   = time.Second
)

// errExpired is that events since the cache's version are forgotten.
var errExpired = errors.New("expired")

// An informer keeps a cache up to date, and tells which apps have changed.
type informer[T object] struct {
	api     *api
	path    string
	cache   *cache[T]
	changed func(app string)
	current bool // the cache was filled, and its version is not forgotten
}

func newInformer[T object](api *api, path string, cache *cache[T], changed func(app string)) *informer[T] {
	return &informer[T]{api: api, path: path, cache: cache, changed: changed}
}

// run lists and watches until the context ends.
func (i *informer[T]) run(ctx context.Context) {
	delay := firstDelay
	for {
		before := i.cache.known()
		err := i.follow(ctx)
		if errors.Is(err, errExpired) {
			i.current = false
		}
		if i.cache.known() != before {
			delay = firstDelay
		}
		select {
		case <-time.After(jittered(delay)):
		case <-ctx.Done():
			return
		}
		delay = min(2*delay, maxDelay)
	}
}

// jittered keeps controllers that failed together from coming back together.
func jittered(delay time.Duration) time.Duration {
	return delay/2 + rand.N(delay/2)
}

// follow lists if it has to, and watches until the stream ends.
func (i *informer[T]) follow(ctx context.Context) error {
	if !i.current {
		all, err := listAll[T](ctx, i.api, i.path)
		if err != nil {
			return err
		}
		for _, app := range i.cache.replace(all) {
			i.changed(app)
		}
		i.current = true
	}
	stream, err := i.api.watch(ctx, i.path, i.cache.known())
	if err != nil {
		if err == statusError(http.StatusGone) {
			return errExpired
		}
		return err
	}
	defer stream.Close()
	for events := json.NewDecoder(stream); ; {
		var e event
		if err := events.Decode(&e); err == io.EOF {
			return nil // It is usual that a watch ends.
		} else if err != nil {
			return err
		}
		if err := i.take(e); err != nil {
			return err
		}
	}
}

type event struct {
	Type   string          `json:"type"`
	Object json.RawMessage `json:"object"`
}

// take takes in what happened to one object.
func (i *informer[T]) take(e event) error {
	if e.Type == "ERROR" {
		var fault struct{ Code int }
		if err := json.Unmarshal(e.Object, &fault); err != nil {
			return err
		}
		if fault.Code == http.StatusGone {
			return errExpired
		}
		return statusError(fault.Code)
	}

	var o T
	if err := json.Unmarshal(e.Object, &o); err != nil {
		return err
	}
	switch e.Type {
	case "ADDED", "MODIFIED":
		i.cache.put(o)
	case "DELETED":
		i.cache.remove(o)
	default:
		return fmt.Errorf("event %q is unknown", e.Type)
	}
	i.changed(o.owner())
	return nil
}
