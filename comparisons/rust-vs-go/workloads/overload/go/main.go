// Overload is a service in front of something slow that takes so many requests
// at once and no more. It listens on 127.0.0.1:$PORT and ends at SIGTERM or
// SIGINT, when what is under way is finished or five seconds have passed.
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
		fmt.Fprintln(os.Stderr, "overload:", err)
		os.Exit(1)
	}
}

func run() error {
	bounded := flag.Bool("bounded", false, "refuse at once what would have to wait for too long")
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("%s: no such argument", flag.Arg(0))
	}
	ended, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "workers=%d memory_limit=%s\n", runtime.GOMAXPROCS(0), memoryLimit())
	return serve(ended, listener, newPool(*bounded))
}

// memoryLimit is what the collector tries to keep to.
func memoryLimit() string {
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		return "none"
	}
	return strconv.FormatInt(limit, 10)
}

func serve(ended context.Context, listener net.Listener, p *pool) error {
	server := &http.Server{
		Handler:           newHandler(p),
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
		fmt.Fprintln(os.Stderr, "overload: gave up on requests that did not end")
		return server.Close()
	}
	return err
}
