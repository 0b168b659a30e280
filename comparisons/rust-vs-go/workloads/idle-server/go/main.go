// Idle-server is an HTTP service that tells its own status in JSON. It binds a
// port of the loopback interface, asks itself once over a real connection,
// prints the answer, and serves until standard input ends.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

const (
	readHeaderTimeout = 10 * time.Second
	// How long requests that are under way may take after the end was asked for.
	grace = 5 * time.Second
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "idle-server:", err)
		os.Exit(1)
	}
}

func run(stdin io.Reader, stdout io.Writer) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	server := &http.Server{Handler: newHandler(), ReadHeaderTimeout: readHeaderTimeout}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	if err := announce(listener.Addr(), stdout); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, stdin); err != nil {
		return fmt.Errorf("stdin: %w", err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// announce prints what the server at addr says of itself.
func announce(addr net.Addr, stdout io.Writer) error {
	status, err := get(addr, "/status")
	if err != nil {
		return fmt.Errorf("first request: %w", err)
	}
	if _, err := fmt.Fprintf(stdout, "%s\n", status); err != nil {
		return fmt.Errorf("stdout: %w", err)
	}
	return nil
}
