package main

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// A cache is what is known of the objects of a kind.
type cache[T object] struct {
	mu      sync.RWMutex
	objects map[string][]T // by the app that they belong to
	version uint64

	fill   sync.Once
	filled chan struct{} // closed when the cache was filled for the first time
}

func newCache[T object]() *cache[T] {
	return &cache[T]{objects: make(map[string][]T), filled: make(chan struct{})}
}

// waitFilled returns false if the context ends before.
func (c *cache[T]) waitFilled(ctx context.Context) bool {
	select {
	case <-c.filled:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *cache[T]) isFilled() bool {
	select {
	case <-c.filled:
		return true
	default:
		return false
	}
}

// of returns the objects that belong to an app, and the version up to which
// they are known.
func (c *cache[T]) of(app string) ([]T, uint64) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clone(c.objects[app]), c.version
}

func (c *cache[T]) known() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.version
}

// put takes in an object that is new, or a new version of one.
func (c *cache[T]) put(o T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	of := c.objects[o.owner()]
	if at := indexOf(of, o.id()); at >= 0 {
		of[at] = o
	} else {
		c.objects[o.owner()] = append(of, o)
	}
	c.version = o.version()
}

// remove takes out an object, whose version is that of its deletion.
func (c *cache[T]) remove(o T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	of := c.objects[o.owner()]
	if at := indexOf(of, o.id()); at >= 0 {
		of = slices.Delete(of, at, at+1)
	}
	if len(of) == 0 {
		delete(c.objects, o.owner())
	} else {
		c.objects[o.owner()] = of
	}
	c.version = o.version()
}

// replace takes in all objects anew, and returns the apps that any belong to or
// belonged to: what happened to them in between is not known.
func (c *cache[T]) replace(all list[T]) []string {
	objects := make(map[string][]T)
	for _, o := range all.Items {
		objects[o.owner()] = append(objects[o.owner()], o)
	}
	apps := slices.Collect(maps.Keys(objects))
	c.mu.Lock()
	defer c.mu.Unlock()
	for app := range c.objects {
		if _, ok := objects[app]; !ok {
			apps = append(apps, app)
		}
	}
	c.objects, c.version = objects, all.Version
	c.fill.Do(func() { close(c.filled) })
	return apps
}

func indexOf[T object](of []T, id string) int {
	return slices.IndexFunc(of, func(o T) bool { return o.id() == id })
}
