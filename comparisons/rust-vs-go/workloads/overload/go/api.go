package main

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
)

func newHandler(p *pool) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "ready\n")
	})
	mux.HandleFunc("GET /work/{byte}", func(w http.ResponseWriter, r *http.Request) {
		work(w, r, p)
	})

	// The same paths with other methods, and all others.
	mux.HandleFunc("/ready", methodNotAllowed)
	mux.HandleFunc("/work/{byte}", methodNotAllowed)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no such path", http.StatusNotFound)
	})
	return mux
}

func methodNotAllowed(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Allow", "GET,HEAD")
	http.Error(w, "only GET", http.StatusMethodNotAllowed)
}

func work(w http.ResponseWriter, r *http.Request, p *pool) {
	b, err := strconv.ParseUint(r.PathValue("byte"), 10, 8)
	if err != nil {
		http.Error(w, "not a byte", http.StatusBadRequest)
		return
	}
	buffer, err := p.work(r.Context(), byte(b))
	if err != nil {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintf(w, "%d bytes of %d\n", len(buffer), b)
}
