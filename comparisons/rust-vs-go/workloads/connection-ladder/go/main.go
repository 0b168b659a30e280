// Connection-ladder shows what one more costs that waits, at each layer: a
// goroutine, a goroutine with an inbox, a TCP connection, an HTTP connection,
// an HTTP connection over TLS.
//
// It listens when all that it was told to start is waiting. Run it at several
// numbers: the difference in memory is that of the goroutines or connections
// alone.
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
	l, port, err := parse(os.Args[1:], os.Getenv("PORT"))
	if err != nil {
		fmt.Fprintf(os.Stderr, "connection-ladder: %v\n%s\n", err, usage)
		os.Exit(2)
	}
	if err := run(l, port); err != nil {
		fmt.Fprintln(os.Stderr, "connection-ladder:", err)
		os.Exit(1)
	}
}

func run(l layer, port uint16) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var waiting []inbox
	switch l.name {
	case "tasks":
		sleep(l.n)
	case "channels":
		waiting = receive(l.n)
	}

	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	fmt.Fprintf(os.Stderr, "workers=%d memory_limit=%s\n", runtime.GOMAXPROCS(0), memoryLimit())

	switch l.name {
	case "http":
		err = serveHTTP(ctx, listener)
	case "tls":
		err = serveTLS(ctx, listener)
	default:
		newEchoServer().serve(ctx, listener)
	}
	runtime.KeepAlive(waiting)
	return err
}

// memoryLimit is what the collector was told of memory, in bytes.
func memoryLimit() string {
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		return "none"
	}
	return strconv.FormatInt(limit, 10)
}
