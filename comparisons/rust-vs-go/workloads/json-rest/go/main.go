// Json-rest is a JSON REST service: orders, kept in memory. It listens on
// 127.0.0.1:$PORT and ends at SIGTERM or SIGINT, when what is under way is
// finished or five seconds have passed.
package main

import (
	"context"
	"errors"
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
	// Orders in the store from the start, so that there is something to read.
	seeded = 1000
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "json-rest:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) > 1 {
		return fmt.Errorf("%s: no such option", os.Args[1])
	}
	ended, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "workers=%d memory_limit=%s\n", runtime.GOMAXPROCS(0), memoryLimit())
	return serve(ended, listener)
}

// memoryLimit is what the collector tries to keep to.
func memoryLimit() string {
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		return "none"
	}
	return strconv.FormatInt(limit, 10)
}

func serve(ended context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           newHandler(newSeededStore(seeded)),
		ReadHeaderTimeout: readHeaderTimeout,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ended.Done():
	}

	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		fmt.Fprintln(os.Stderr, "json-rest: gave up on requests that did not end")
		return server.Close()
	}
	return err
}
