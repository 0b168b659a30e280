// Watch-api stands beside a controller: it keeps apps and their replicas in
// namespaces, as the API server of a control plane does, and changes the apps
// as their users would.
//
//	GET  /ready   200 once it listens
//	POST /start   begins the changes that the namespace's drill names
//	GET  /stats   what came of them so far
//
// Below /namespaces/{namespace}; the first namespace asked for chooses the drill:
//
//	GET    /apps                      all, and the version of that state
//	GET    /apps?watch=1&version=V    what happened since, as JSON lines without end
//	PUT    /apps/{name}/status        409 unless its version is the app's
//	GET    /replicas                  as for apps
//	POST   /replicas                  409 if there is one of the name
//	PUT    /replicas/{name}           409 unless its version is the replica's
//	DELETE /replicas/{name}?version=V likewise
//
// A watch from a version that is forgotten is answered with 410, in its status
// or in an event, and one has to list again.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	readHeaderTimeout = 10 * time.Second
	grace             = 5 * time.Second
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "watch-api:", err)
		os.Exit(1)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", os.Getenv("PORT")))
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           newService(ctx).routes(),
		ReadHeaderTimeout: readHeaderTimeout,
		// Watches end with the service.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
