package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// remembered is how many events can be watched after they happened.
const remembered = 4096

type kind int

const (
	apps kind = iota
	replicas
	kinds
)

// An event is encoded once for all that watch.
type event struct {
	version uint64
	line    []byte
}

// A state is everything there is, and what happened to it last.
type state struct {
	mu       sync.Mutex
	version  uint64
	apps     map[string]*app
	replicas map[string]map[string]*replica // by app, by name
	events   [kinds][]event
	gone     [kinds]uint64 // the version of the last event that is forgotten
	news     chan struct{} // closed when something happens

	unsettled map[string]time.Time // apps that are not as they are to be, and since when
	settling  []time.Duration
	settledAt time.Time
}

func newState() *state {
	return &state{
		apps:      make(map[string]*app),
		replicas:  make(map[string]map[string]*replica),
		news:      make(chan struct{}),
		unsettled: make(map[string]time.Time),
	}
}

// happened makes an event of an object that has the next version.
func (s *state) happened(kind kind, what, app string, object any) {
	line, err := json.Marshal(map[string]any{"type": what, "object": object})
	if err != nil {
		panic(err) // Objects are made of numbers and names.
	}
	s.events[kind] = append(s.events[kind], event{s.version, append(line, '\n')})
	if len(s.events[kind]) > 2*remembered {
		s.gone[kind] = s.events[kind][remembered-1].version
		s.events[kind] = slices.Clone(s.events[kind][remembered:])
	}
	close(s.news)
	s.news = make(chan struct{})
	s.settle(app)
}

// since returns what happened to a kind after a version, and tells when there
// is more; false if it is forgotten.
func (s *state) since(kind kind, version uint64) ([]event, <-chan struct{}, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	events := s.events[kind]
	from, found := slices.BinarySearchFunc(events, version, func(e event, version uint64) int {
		return cmp.Compare(e.version, version)
	})
	if found {
		from++
	}
	return events[from:], s.news, version >= s.gone[kind]
}

func (s *state) putApp(a app) *app {
	what := "MODIFIED"
	if s.apps[a.Name] == nil {
		what = "ADDED"
	}
	s.version++
	a.Version = s.version
	s.apps[a.Name] = &a
	s.happened(apps, what, a.Name, &a)
	return &a
}

func (s *state) deleteApp(name string) {
	a := *s.apps[name]
	s.version++
	a.Version = s.version
	delete(s.apps, name)
	s.happened(apps, "DELETED", name, &a)
}

func (s *state) putReplica(r replica) *replica {
	of := s.replicas[r.App]
	if of == nil {
		of = make(map[string]*replica)
		s.replicas[r.App] = of
	}
	what := "MODIFIED"
	if of[r.Name] == nil {
		what = "ADDED"
	}
	s.version++
	r.Version = s.version
	of[r.Name] = &r
	s.happened(replicas, what, r.App, &r)
	return &r
}

func (s *state) deleteReplica(old *replica) *replica {
	r := *old
	s.version++
	r.Version = s.version
	delete(s.replicas[r.App], r.Name)
	s.happened(replicas, "DELETED", r.App, &r)
	return &r
}

// settle looks whether an app is as it is to be.
func (s *state) settle(name string) {
	since, waiting := s.unsettled[name]
	switch settled := s.isSettled(name); {
	case settled && waiting:
		s.settledAt = time.Now()
		s.settling = append(s.settling, s.settledAt.Sub(since))
		delete(s.unsettled, name)
	case !settled && !waiting:
		s.unsettled[name] = time.Now()
	}
}

func (s *state) isSettled(name string) bool {
	a, found := s.apps[name], s.replicas[name]
	if a == nil {
		return len(found) == 0
	}
	for _, r := range found {
		if !a.wants(r) {
			return false
		}
	}
	return len(found) == a.Spec.Replicas && a.Status == status{a.Generation, a.Spec.Replicas}
}

// digest is of everything but the versions, which depend on the order of writes.
func (s *state) digest() string {
	all := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(s.apps)) {
		a := s.apps[name]
		fmt.Fprintln(all, name, a.Generation, a.Spec, a.Status)
	}
	for _, name := range slices.Sorted(maps.Keys(s.replicas)) {
		for _, replica := range slices.Sorted(maps.Keys(s.replicas[name])) {
			fmt.Fprintln(all, replica, s.replicas[name][replica].Image)
		}
	}
	return hex.EncodeToString(all.Sum(nil))
}
