package main

import (
	"context"
	"crypto/tls"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

const readHeaderTimeout = 10 * time.Second

// Test data: self-signed, and trusted by nobody.
var (
	//go:embed tls/test-certificate.pem
	certificatePEM []byte
	//go:embed tls/test-key.pem
	keyPEM []byte
)

func newHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "ready\n") // A client that went away is no fault of the server.
	})
	return mux
}

func serveHTTP(ctx context.Context, listener net.Listener) error {
	server := &http.Server{Handler: newHandler(), ReadHeaderTimeout: readHeaderTimeout}
	return serve(ctx, server, func() error { return server.Serve(listener) })
}

func serveTLS(ctx context.Context, listener net.Listener) error {
	certificate, err := tls.X509KeyPair(certificatePEM, keyPEM)
	if err != nil {
		return fmt.Errorf("certificate: %w", err)
	}
	server := &http.Server{
		Handler:           newHandler(),
		ReadHeaderTimeout: readHeaderTimeout,
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{certificate}},
	}
	return serve(ctx, server, func() error { return server.ServeTLS(listener, "", "") })
}

// serve serves until the end is asked for, and then until requests that are
// under way have their answers.
func serve(ctx context.Context, server *http.Server, serving func() error) error {
	served := make(chan error, 1)
	go func() { served <- serving() }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}

	graceful, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := server.Shutdown(graceful); errors.Is(err, context.DeadlineExceeded) {
		fmt.Fprintln(os.Stderr, "connection-ladder: left clients unanswered")
	} else if err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}
