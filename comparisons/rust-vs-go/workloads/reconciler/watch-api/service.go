package main

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// stats is what came of a drill so far.
type stats struct {
	Done              bool    `json:"done"`  // every app is as it is to be, and nothing more is changed
	Units             int     `json:"units"` // changes that users made
	Digest            string  `json:"digest,omitempty"`
	Unsettled         int     `json:"unsettled"`
	Writes            int     `json:"writes"`
	SuperfluousWrites int     `json:"superfluous-writes"` // that ask for what is there, or is not to be
	Conflicts         int     `json:"conflicts"`          // with a user, or an earlier write
	Faults            int     `json:"faults"`             // writes that had to fail
	Watches           int     `json:"watches"`
	Lists             int     `json:"lists"`
	SettleP50         float64 `json:"settle-p50-seconds"` // from a change until an app is as it is to be
	SettleP99         float64 `json:"settle-p99-seconds"`
	SettleSeconds     float64 `json:"settle-seconds"` // from the last change
}

type service struct {
	ctx   context.Context
	state *state
	users *users

	chosen  chan struct{} // closed when the drill is known
	choose  sync.Once
	started sync.Once
	drill   drill

	// Guarded by the state's mutex.
	stats     stats
	lost      map[string]bool // writes that were carried out and not answered
	changedAt time.Time       // when the users were done
}

func newService(ctx context.Context) *service {
	state := newState()
	return &service{
		ctx:    ctx,
		state:  state,
		users:  newUsers(state),
		chosen: make(chan struct{}),
		lost:   make(map[string]bool),
	}
}

func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ready", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /start", s.start)
	mux.HandleFunc("GET /stats", s.tell)

	const namespace = "/namespaces/{namespace}"
	mux.HandleFunc("GET "+namespace+"/apps", s.in(s.readApps))
	mux.HandleFunc("PUT "+namespace+"/apps/{name}/status", s.in(s.putStatus))
	mux.HandleFunc("GET "+namespace+"/replicas", s.in(s.readReplicas))
	mux.HandleFunc("POST "+namespace+"/replicas", s.in(s.postReplica))
	mux.HandleFunc("PUT "+namespace+"/replicas/{name}", s.in(s.putReplica))
	mux.HandleFunc("DELETE "+namespace+"/replicas/{name}", s.in(s.deleteReplica))
	return mux
}

// in begins the drill of the namespace that is asked for.
func (s *service) in(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		drill, ok := drills[r.PathValue("namespace")]
		if !ok {
			http.Error(w, "no such namespace", http.StatusNotFound)
			return
		}
		s.choose.Do(func() {
			s.drill = drill
			s.state.mu.Lock()
			s.users.settle(drill.settled)
			s.state.mu.Unlock()
			close(s.chosen)
		})
		handle(w, r)
	}
}

func (s *service) start(w http.ResponseWriter, r *http.Request) {
	select {
	case <-s.chosen:
	case <-r.Context().Done():
		return
	}
	s.started.Do(func() {
		go func() {
			s.users.work(s.ctx, s.drill)
			s.state.mu.Lock()
			s.changedAt = time.Now()
			s.state.mu.Unlock()
		}()
	})
	w.WriteHeader(http.StatusAccepted)
}

func (s *service) tell(w http.ResponseWriter, _ *http.Request) {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	stats := s.stats
	stats.Units = s.drill.changes
	stats.Unsettled = len(s.state.unsettled)
	if !s.changedAt.IsZero() && stats.Unsettled == 0 {
		stats.Done = true
		stats.Digest = s.state.digest()
		stats.SettleSeconds = max(0, s.state.settledAt.Sub(s.changedAt).Seconds())
		stats.SettleP50 = percentile(s.state.settling, 50).Seconds()
		stats.SettleP99 = percentile(s.state.settling, 99).Seconds()
	}
	answer(w, http.StatusOK, stats)
}

// percentile is the smallest time that so many per cent do not exceed.
func percentile(times []time.Duration, percent int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[(len(sorted)*percent+99)/100-1]
}

func answer(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(value) // A client that went away is no fault of the service.
}

type list struct {
	Version uint64 `json:"version"`
	Items   any    `json:"items"`
}

func (s *service) readApps(w http.ResponseWriter, r *http.Request) {
	s.read(w, r, apps, func() any {
		return slices.AppendSeq(make([]*app, 0), maps.Values(s.state.apps))
	})
}

func (s *service) readReplicas(w http.ResponseWriter, r *http.Request) {
	s.read(w, r, replicas, func() any {
		all := make([]*replica, 0)
		for _, of := range s.state.replicas {
			all = slices.AppendSeq(all, maps.Values(of))
		}
		return all
	})
}

func (s *service) read(w http.ResponseWriter, r *http.Request, kind kind, items func() any) {
	if r.FormValue("watch") != "" {
		version, err := strconv.ParseUint(r.FormValue("version"), 10, 64)
		if err != nil {
			http.Error(w, "a watch is from a version", http.StatusBadRequest)
			return
		}
		s.watch(w, r, kind, version)
		return
	}
	s.state.mu.Lock()
	s.stats.Lists++
	found := list{s.state.version, items()}
	s.state.mu.Unlock()
	answer(w, http.StatusOK, found) // What is in it is never changed, but replaced.
}
