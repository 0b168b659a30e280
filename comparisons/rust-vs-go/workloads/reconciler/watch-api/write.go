package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// A write is asked for by a controller. It is looked at, and carried out, while
// the state is locked.
type write struct {
	what        string // with the name of the object, to know it again
	superfluous bool
	code        int // other than 200 and 201: it cannot be carried out
	carryOut    func() any
}

// write answers a write, or has it fail, as the drill says.
func (s *service) write(w http.ResponseWriter, look func() write) {
	s.state.mu.Lock()
	asked := look()
	s.stats.Writes++
	code, body := asked.code, any(http.StatusText(asked.code))
	lost := false
	switch number := s.stats.Writes; {
	case number%s.drill.lost == 0:
		lost = true
	case number%s.drill.failures == 0:
		code, body = http.StatusInternalServerError, "try again"
	case number%s.drill.conflicts == 0:
		code, body = http.StatusConflict, "not the latest version"
	}
	injected := lost || code != asked.code
	if injected {
		s.stats.Faults++
	} else if code == http.StatusConflict {
		s.stats.Conflicts++
	}
	// Who got no answer may well ask again.
	if asked.superfluous && !s.lost[asked.what] {
		s.stats.SuperfluousWrites++
	}
	delete(s.lost, asked.what)
	if code < 300 {
		body = asked.carryOut()
	}
	if lost {
		s.lost[asked.what] = true
	}
	s.state.mu.Unlock()

	if lost {
		panic(http.ErrAbortHandler)
	}
	answer(w, code, body)
}

func (s *service) putStatus(w http.ResponseWriter, r *http.Request) {
	sent, ok := decode[app](w, r)
	if !ok {
		return
	}
	name := r.PathValue("name")
	s.write(w, func() write {
		a := s.state.apps[name]
		asked := write{what: "status " + name, code: http.StatusOK}
		switch {
		case a == nil:
			asked.code = http.StatusNotFound
		case a.Version != sent.Version:
			asked.code = http.StatusConflict
		default:
			asked.superfluous = a.Status == sent.Status
			asked.carryOut = func() any {
				next := *a
				next.Status = sent.Status
				return s.state.putApp(next)
			}
		}
		return asked
	})
}

func (s *service) postReplica(w http.ResponseWriter, r *http.Request) {
	sent, ok := decode[replica](w, r)
	if !ok {
		return
	}
	s.write(w, func() write {
		a, old := s.state.apps[sent.App], s.state.replicas[sent.App][sent.Name]
		asked := write{
			what:        "create " + sent.Name,
			superfluous: old != nil || !a.wants(&sent),
			code:        http.StatusCreated,
			carryOut:    func() any { return s.state.putReplica(sent) },
		}
		if old != nil {
			asked.code = http.StatusConflict
		}
		return asked
	})
}

func (s *service) putReplica(w http.ResponseWriter, r *http.Request) {
	sent, ok := decode[replica](w, r)
	if !ok {
		return
	}
	s.write(w, func() write {
		a, old := s.state.apps[sent.App], s.state.replicas[sent.App][r.PathValue("name")]
		asked := write{what: "update " + sent.Name, code: http.StatusOK}
		switch {
		case old == nil:
			asked.code = http.StatusNotFound
		case old.Version != sent.Version:
			asked.code = http.StatusConflict
		default:
			asked.superfluous = a.wants(old) || !a.wants(&sent)
			asked.carryOut = func() any { return s.state.putReplica(sent) }
		}
		return asked
	})
}

func (s *service) deleteReplica(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	version, err := strconv.ParseUint(r.FormValue("version"), 10, 64)
	if err != nil {
		http.Error(w, "a replica is deleted in a version", http.StatusBadRequest)
		return
	}
	s.write(w, func() write {
		of := name[:max(0, strings.LastIndexByte(name, '-'))]
		a, old := s.state.apps[of], s.state.replicas[of][name]
		asked := write{what: "delete " + name, code: http.StatusOK}
		switch {
		case old == nil:
			asked.superfluous = true
			asked.code = http.StatusNotFound
		case old.Version != version:
			asked.code = http.StatusConflict
		default:
			asked.superfluous = a.wants(old)
			asked.carryOut = func() any { return s.state.deleteReplica(old) }
		}
		return asked
	})
}

// decode answers 400 to what is not an object of the kind.
func decode[T any](w http.ResponseWriter, r *http.Request) (T, bool) {
	var object T
	if err := json.NewDecoder(r.Body).Decode(&object); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return object, false
	}
	return object, true
}
