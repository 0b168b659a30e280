package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

func taken(t *testing.T, q *queue) string {
	t.Helper()
	key, ok := q.take()
	if !ok {
		t.Fatal("closed")
	}
	return key
}

func TestAKeyIsInTheQueueOnce(t *testing.T) {
	q := newQueue()
	for _, key := range []string{"a", "b", "a"} {
		q.add(key)
	}
	if got := []string{taken(t, q), taken(t, q)}; !slices.Equal(got, []string{"a", "b"}) || len(q.waiting) > 0 {
		t.Errorf("got %q, then %q", got, q.waiting)
	}
}

func TestAKeyThatIsAddedWhileItIsWorkedOnComesAgainAfter(t *testing.T) {
	q := newQueue()
	q.add("a")
	taken(t, q)
	q.add("a")
	if len(q.waiting) > 0 {
		t.Error("it is worked on twice at a time")
	}
	q.done("a", nil)
	if got := taken(t, q); got != "a" {
		t.Errorf("got %s", got)
	}
}

func TestAKeyThatFailedComesAgain(t *testing.T) {
	q := newQueue()
	q.add("a")
	for range 3 {
		q.done(taken(t, q), errors.New("not this time"))
	}
	q.done(taken(t, q), nil)
	if len(q.failures) > 0 {
		t.Errorf("a success does not end the failures: %v", q.failures)
	}
}

func TestAClosedQueueLetsAllWorkersGo(t *testing.T) {
	q := newQueue()
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() { q.take() })
	}
	q.close()
	workers.Wait()
}

func aReplica(name string, version uint64) *replica {
	app, _, _ := strings.Cut(name, "-")
	return &replica{Name: name, Version: version, App: app, Image: "v1"}
}

func names(of []*replica, _ uint64) []string {
	var names []string
	for _, r := range of {
		names = append(names, r.Name)
	}
	return names
}

func TestACacheFollowsEvents(t *testing.T) {
	c := newCache[*replica]()
	c.put(aReplica("a-0", 1))
	c.put(aReplica("a-1", 2))
	c.put(aReplica("b-0", 3))
	c.put(aReplica("a-0", 4))
	c.remove(aReplica("a-1", 5))
	if got := names(c.of("a")); !slices.Equal(got, []string{"a-0"}) {
		t.Errorf("got %q", got)
	}
	if c.known() != 5 {
		t.Errorf("version %d", c.known())
	}
	c.remove(aReplica("b-0", 6))
	if len(c.objects) != 1 {
		t.Errorf("an app without objects is kept: %v", c.objects)
	}
}

func TestAListReplacesAllThatWasKnown(t *testing.T) {
	c := newCache[*replica]()
	c.put(aReplica("gone-0", 1))
	c.put(aReplica("same-0", 2))
	apps := c.replace(list[*replica]{Version: 9, Items: []*replica{
		aReplica("same-0", 2), aReplica("new-0", 8), aReplica("new-1", 9),
	}})
	slices.Sort(apps)
	if want := []string{"gone", "new", "same"}; !slices.Equal(apps, want) {
		t.Errorf("got %q, want %q", apps, want)
	}
	if got := names(c.of("new")); !slices.Equal(got, []string{"new-0", "new-1"}) {
		t.Errorf("got %q", got)
	}
	if got := names(c.of("gone")); got != nil || c.known() != 9 {
		t.Errorf("got %q at version %d", got, c.known())
	}
}

// A scene is an app with replicas, and an API server that takes every write.
type scene struct {
	controller *controller
	writes     []string
}

func newScene(t *testing.T, apps ...*app) *scene {
	s := new(scene)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.writes = append(s.writes, r.Method+" "+strings.TrimPrefix(r.URL.String(), "/namespaces/test"))
		json.NewEncoder(w).Encode(map[string]int{"version": 100 + len(s.writes)})
	}))
	t.Cleanup(server.Close)
	s.controller = newController(
		newAPI(strings.TrimPrefix(server.URL, "http://"), "test"),
		newCache[*app](),
		newCache[*replica](),
	)
	for _, app := range apps {
		s.controller.apps.put(app)
	}
	return s
}

func (s *scene) reconcile(t *testing.T) []string {
	t.Helper()
	s.writes = nil
	if err := s.controller.reconcile(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	return s.writes
}

func TestWhatIsMissingIsCreatedWhatIsOldUpdatedAndWhatIsTooMuchDeleted(t *testing.T) {
	s := newScene(t, &app{Name: "a", Version: 5, Generation: 2, Spec: spec{Replicas: 3, Image: "v2"}})
	old, fresh := aReplica("a-0", 6), aReplica("a-1", 7)
	fresh.Image = "v2"
	for _, r := range []*replica{old, fresh, aReplica("a-3", 8)} {
		s.controller.replicas.put(r)
	}
	want := []string{"PUT /replicas/a-0", "POST /replicas", "DELETE /replicas/a-3?version=8", "PUT /apps/a/status"}
	if got := s.reconcile(t); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNothingIsWrittenForAnAppThatIsAsItIsToBe(t *testing.T) {
	s := newScene(t, &app{
		Name: "a", Version: 1, Generation: 1,
		Spec: spec{Replicas: 1, Image: "v1"}, Status: status{Generation: 1, Replicas: 1},
	})
	s.controller.replicas.put(aReplica("a-0", 2))
	if got := s.reconcile(t); got != nil {
		t.Errorf("got %q", got)
	}
}

func TestTheReplicasOfAnAppThatIsGoneAreDeleted(t *testing.T) {
	s := newScene(t)
	s.controller.replicas.put(aReplica("a-0", 2))
	if got, want := s.reconcile(t), []string{"DELETE /replicas/a-0?version=2"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNothingIsWrittenTwiceWhileTheCacheDoesNotKnowIt(t *testing.T) {
	s := newScene(t, &app{Name: "a", Version: 1, Generation: 1, Spec: spec{Replicas: 1, Image: "v1"}})
	if got := s.reconcile(t); len(got) != 2 {
		t.Errorf("got %q", got)
	}
	s.writes = nil
	if err := s.controller.reconcile(t.Context(), "a"); err != errBehind || s.writes != nil {
		t.Errorf("got %v after %q", err, s.writes)
	}
}
