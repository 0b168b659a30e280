package main

import (
	"encoding/json"
	"net/http"
	"sync/atomic"
)

// status is what the server tells of itself.
type status struct {
	Service  string `json:"service"`
	Ready    bool   `json:"ready"`
	Requests uint64 `json:"requests"` // answered so far, this one included
}

type service struct {
	requests atomic.Uint64
}

func newHandler() http.Handler {
	s := new(service)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /status", s.status)
	return mux
}

func (s *service) status(w http.ResponseWriter, _ *http.Request) {
	body, err := json.Marshal(status{
		Service:  "idle-server",
		Ready:    true,
		Requests: s.requests.Add(1),
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(body) // A client that went away is no fault of the server.
}
