package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// A config is what an agent is told to do.
type config struct {
	Path              string `json:"path"`
	Checkpoint        string `json:"checkpoint"`
	BatchLines        int    `json:"batch_lines"`
	BatchMilliseconds int    `json:"batch_milliseconds"`
	GzipLevel         int    `json:"gzip_level"`
}

// stats is what came of a drill so far.
type stats struct {
	Done          bool    `json:"done"`  // every line arrived, as it was written
	Units         float64 `json:"units"` // megabytes written
	Digest        string  `json:"digest,omitempty"`
	Lines         int     `json:"lines"`
	Arrived       int     `json:"arrived"`
	Wrong         int     `json:"wrong"`        // entries that are of no line, or not what it says
	OutOfOrder    int     `json:"out-of-order"` // lines that came before one of an earlier batch
	Again         int     `json:"again"`        // lines that came in more than one batch
	Requests      int     `json:"requests"`
	Faults        int     `json:"faults"`     // requests that were refused, cut or held up
	Duplicates    int     `json:"duplicates"` // batches sent again though they had been taken
	Batches       int     `json:"batches"`
	ShippedBytes  int     `json:"shipped-bytes"` // compressed, each batch once
	PlainBytes    int     `json:"plain-bytes"`
	BehindSeconds float64 `json:"behind-seconds"` // from the last line written to the last that arrived
}

type service struct {
	ctx    context.Context
	config config
	writer *writer

	configured chan struct{} // closed when the drill is known
	started    sync.Once

	mu        sync.Mutex
	drill     drill
	stats     stats
	batches   map[string]bool
	arrived   [][]byte // hashes of the entries, by number of line; nil before it came
	lastLine  int
	lastBatch time.Time
}

func newService(ctx context.Context, folder string) (*service, error) {
	logs, state := filepath.Join(folder, "log"), filepath.Join(folder, "state")
	for _, folder := range []string{logs, state} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			return nil, err
		}
	}
	writer, err := newWriter(logs)
	if err != nil {
		return nil, err
	}
	return &service{
		ctx: ctx,
		config: config{
			Path:              writer.path,
			Checkpoint:        filepath.Join(state, "checkpoint.json"),
			BatchLines:        2000,
			BatchMilliseconds: 200,
			GzipLevel:         6,
		},
		writer:     writer,
		configured: make(chan struct{}),
		batches:    make(map[string]bool),
	}, nil
}

func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ready", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /config", s.configure)
	mux.HandleFunc("POST /start", s.start)
	mux.HandleFunc("POST /batches", s.take)
	mux.HandleFunc("GET /stats", s.tell)
	return mux
}

func (s *service) configure(w http.ResponseWriter, r *http.Request) {
	drill, ok := drills[r.FormValue("group")]
	if !ok {
		http.Error(w, "no such group", http.StatusNotFound)
		return
	}
	s.mu.Lock()
	if s.arrived == nil {
		s.drill = drill
		s.stats.Lines = drill.lines
		s.arrived = make([][]byte, drill.lines)
		close(s.configured)
	}
	s.mu.Unlock()
	answer(w, s.config)
}

func (s *service) start(w http.ResponseWriter, r *http.Request) {
	select {
	case <-s.configured:
	case <-r.Context().Done():
		return
	}
	s.started.Do(func() {
		go func() {
			if err := s.writer.write(s.ctx, s.drill); err != nil && !errors.Is(err, context.Canceled) {
				fmt.Fprintln(os.Stderr, "sink: write:", err)
			}
		}()
	})
	w.WriteHeader(http.StatusAccepted)
}

func (s *service) take(w http.ResponseWriter, r *http.Request) {
	fault := s.nextFault()
	switch fault {
	case refused:
		io.Copy(io.Discard, r.Body) // So that the connection can be used again.
		http.Error(w, "later", http.StatusServiceUnavailable)
		return
	case cutEarly:
		cutConnection(w)
		return
	}
	if err := s.add(r); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	switch fault {
	case cut:
		cutConnection(w)
		return
	case slow:
		time.Sleep(slowness)
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *service) nextFault() fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Requests++
	fault := s.drill.fault(s.stats.Requests)
	if fault != noFault {
		s.stats.Faults++
	}
	return fault
}

func cutConnection(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		conn.Close()
	}
}

// add counts the lines of a batch, unless it was taken before.
func (s *service) add(r *http.Request) error {
	id := r.Header.Get("Batch-Id")
	if id == "" || r.Header.Get("Content-Encoding") != "gzip" {
		return errors.New("a batch has a Batch-Id and is gzip")
	}
	compressed, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.batches[id] {
		s.stats.Duplicates++
		return nil
	}
	unzip, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return err
	}
	plain, err := io.ReadAll(unzip)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(plain))
	for decoder.More() {
		var e entry
		if err := decoder.Decode(&e); err != nil {
			return err
		}
		s.arrive(&e)
	}
	s.batches[id] = true
	s.stats.Batches++
	s.stats.ShippedBytes += len(compressed)
	s.stats.PlainBytes += len(plain)
	s.lastBatch = time.Now()
	return nil
}

// arrive counts one line.
func (s *service) arrive(e *entry) {
	number, err := e.number()
	if err != nil || number >= len(s.arrived) {
		s.stats.Wrong++
		return
	}
	_, expected := lineOf(number, s.drill.malformedEach)
	switch {
	case *e != expected:
		s.stats.Wrong++
	case s.arrived[number] != nil:
		s.stats.Again++
	default:
		if number < s.lastLine {
			s.stats.OutOfOrder++
		}
		s.lastLine = number
		hash := sha256.Sum256([]byte(e.text()))
		s.arrived[number] = hash[:]
		s.stats.Arrived++
	}
}

func (s *service) tell(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stats := s.stats
	stats.Units = float64(s.writer.written.Load()) / 1e6
	if ended := s.writer.ended.Load(); ended != nil && stats.Lines == stats.Arrived {
		stats.Done = true
		stats.Digest = s.digest()
		stats.BehindSeconds = s.lastBatch.Sub(*ended).Seconds()
	}
	answer(w, stats)
}

// digest is of every line in order, and of what must not differ either.
func (s *service) digest() string {
	all := sha256.New()
	for _, hash := range s.arrived {
		all.Write(hash)
	}
	fmt.Fprintln(all, s.stats.PlainBytes, s.stats.Wrong, s.stats.Again, s.stats.OutOfOrder)
	return hex.EncodeToString(all.Sum(nil))
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value) // A client that went away is no fault of the sink.
}
