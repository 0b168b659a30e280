// Fan-out is an aggregator: it asks several backends for the parts of an item
// at once and answers with what came within the deadline.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"
)

const (
	readHeaderTimeout = 10 * time.Second
	// How long requests that are under way may take after the end was asked for.
	grace = 5 * time.Second
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "fan-out:", err)
		os.Exit(1)
	}
}

func run() error {
	detached := flag.Bool("detached", false, "calls go on when the client has left")
	idle := flag.Int("idle-per-host", 1024, "connections to a backend kept for later; net/http's own default is 2")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", os.Getenv("PORT")))
	if err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	fmt.Fprintf(os.Stderr, "workers=%d memory_limit=%s\n", runtime.GOMAXPROCS(0), memoryLimit())
	s := &service{
		backend:  newBackend(os.Getenv("BACKEND"), *idle),
		detached: *detached,
	}
	return serve(ctx, listener, s.handler())
}

// serve serves until ctx is done, and then finishes what is under way.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: readHeaderTimeout}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close() // Who has not ended by now is cut off.
	}
	return err
}

func memoryLimit() string {
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		return "none"
	}
	return strconv.FormatInt(limit, 10)
}
