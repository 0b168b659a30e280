package main

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// errBehind is that looking at an app again is too soon. That it will come back
// with an event is not certain: what was written may be gone when its kind is
// listed anew.
var errBehind = errors.New("the caches do not know the last writes yet")

// A controller brings apps to what their specs say.
type controller struct {
	api      *api
	apps     *cache[*app]
	replicas *cache[*replica]

	mu      sync.Mutex
	written map[string]versions // by app, where the caches may not know it yet
}

// versions are those of the last things written for an app.
type versions struct{ app, replicas uint64 }

func newController(api *api, apps *cache[*app], replicas *cache[*replica]) *controller {
	return &controller{api: api, apps: apps, replicas: replicas, written: make(map[string]versions)}
}

// work ends when the queue is closed.
func (c *controller) work(ctx context.Context, queue *queue) {
	for {
		name, ok := queue.take()
		if !ok {
			return
		}
		queue.done(name, c.reconcile(ctx, name))
	}
}

// reconcile takes an app from what the caches say to what its spec says, or
// fails if they do not know yet what was last written for it.
func (c *controller) reconcile(ctx context.Context, name string) error {
	apps, appsKnown := c.apps.of(name)
	replicas, replicasKnown := c.replicas.of(name)
	if !c.caughtUp(name, versions{appsKnown, replicasKnown}) {
		return errBehind
	}

	var (
		written versions
		err     error
	)
	if len(apps) == 0 {
		written.replicas, err = c.deleteAll(ctx, replicas)
	} else {
		written, err = c.carryOut(ctx, apps[0], replicas)
	}
	if written != (versions{}) {
		c.mu.Lock()
		c.written[name] = written
		c.mu.Unlock()
	}
	return err
}

// caughtUp tells whether the caches know all that was written for an app.
func (c *controller) caughtUp(name string, known versions) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	written := c.written[name]
	if known.app < written.app || known.replicas < written.replicas {
		return false
	}
	delete(c.written, name)
	return true
}

// carryOut gives an app the replicas that its spec says, and then says so in its
// status. It returns what was written, if it fails before it failed.
func (c *controller) carryOut(ctx context.Context, app *app, found []*replica) (versions, error) {
	var written versions
	for index := range app.Spec.Replicas {
		wanted := replica{Name: replicaName(app.Name, index), App: app.Name, Image: app.Spec.Image}
		if at := indexOf(found, wanted.Name); at >= 0 {
			existing := found[at]
			found = slices.Delete(found, at, at+1)
			if existing.Image == wanted.Image {
				continue
			}
			wanted.Version = existing.Version
		}
		version, err := c.api.putReplica(ctx, wanted)
		if err != nil {
			return written, err
		}
		written.replicas = version
	}

	version, err := c.deleteAll(ctx, found)
	written.replicas = max(written.replicas, version)
	if err != nil {
		return written, err
	}

	next := *app
	next.Status = status{Generation: app.Generation, Replicas: app.Spec.Replicas}
	if next.Status != app.Status {
		written.app, err = c.api.putStatus(ctx, next)
	}
	return written, err
}

// deleteAll returns the version of the last that was deleted.
func (c *controller) deleteAll(ctx context.Context, replicas []*replica) (uint64, error) {
	var last uint64
	for _, r := range replicas {
		version, err := c.api.deleteReplica(ctx, r)
		if err != nil {
			return last, err
		}
		last = version
	}
	return last, nil
}
