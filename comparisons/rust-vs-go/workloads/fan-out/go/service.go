package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	defaultParts    = 4
	mostParts       = 16
	defaultWithinMS = 100
	mostWithinMS    = 10_000
	longestItem     = 64
)

type service struct {
	backend  *backend
	detached bool
	// Under way.
	requests, calls atomic.Int64
	missing         atomic.Uint64 // Parts, since the start.
}

// stats tells what is under way, and how many parts were missing so far.
type stats struct {
	Requests int64  `json:"requests"`
	Calls    int64  `json:"calls"`
	Missing  uint64 `json:"missing"`
}

// refusal tells why there is no overview.
type refusal struct {
	Error string `json:"error"`
}

func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items/{item}", s.item)
	mux.HandleFunc("GET /stats", s.stats)
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "ready\n")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		write(w, http.StatusNotFound, refusal{"nothing is here"})
	})
	return mux
}

func (s *service) item(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	defer s.requests.Add(-1)
	item := r.PathValue("item")
	if len(item) > longestItem || strings.ContainsFunc(item, unsound) {
		write(w, http.StatusBadRequest, refusal{"item: 1 to 64 letters, digits and hyphens, please"})
		return
	}
	query := r.URL.Query()
	parts, ok := number(query, "parts", defaultParts, mostParts)
	if !ok {
		write(w, http.StatusBadRequest, refusal{"parts: a number from 1 to 16, please"})
		return
	}
	within, ok := number(query, "within", defaultWithinMS, mostWithinMS)
	if !ok {
		write(w, http.StatusBadRequest, refusal{"within: milliseconds from 1 to 10000, please"})
		return
	}
	ctx := r.Context() // Done when the client has left.
	if s.detached {
		ctx = context.WithoutCancel(ctx)
	}
	overview := s.gather(ctx, item, parts, time.Duration(within)*time.Millisecond)
	s.missing.Add(uint64(len(overview.Missing)))
	write(w, http.StatusOK, overview)
}

func (s *service) stats(w http.ResponseWriter, _ *http.Request) {
	write(w, http.StatusOK, stats{
		Requests: s.requests.Load(),
		Calls:    s.calls.Load(),
		Missing:  s.missing.Load(),
	})
}

// number is the one that was given, if it is from 1 to most.
func number(query url.Values, name string, otherwise, most int) (int, bool) {
	if !query.Has(name) {
		return otherwise, true
	}
	n, err := strconv.Atoi(query.Get(name))
	return n, err == nil && 1 <= n && n <= most
}

func unsound(c rune) bool {
	return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-')
}

// write answers with JSON, and with its length: not in chunks.
func write(w http.ResponseWriter, status int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body) // A client that has left is no fault of the server.
}
