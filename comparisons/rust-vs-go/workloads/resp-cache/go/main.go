// Resp-cache is a cache that speaks RESP2, the protocol of Redis, over TCP.
//
// Before it listens it fills itself with as much as --live-megabytes says, the
// same in every run, so that what a request costs can be seen over how much is
// alive.
package main

import (
	"context"
	"fmt"
	"math"
	"net"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
)

func main() {
	opts, err := parseOptions(os.Args[1:], os.Getenv("PORT"))
	if err != nil {
		fmt.Fprintf(os.Stderr, "resp-cache: %v\n%s\n", err, usage)
		os.Exit(2)
	}
	if err := run(opts); err != nil {
		fmt.Fprintln(os.Stderr, "resp-cache:", err)
		os.Exit(1)
	}
}

func run(opts options) error {
	s := newStore(opts.maxEntries)
	fill(s, opts.liveMegabytes)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", opts.port))
	if err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	fmt.Fprintf(os.Stderr, "workers=%d memory_limit=%s\n", runtime.GOMAXPROCS(0), memoryLimit())
	newServer(s).serve(ctx, listener)
	return nil
}

// memoryLimit is what the collector was told of memory, in bytes.
func memoryLimit() string {
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		return "none"
	}
	return strconv.FormatInt(limit, 10)
}
