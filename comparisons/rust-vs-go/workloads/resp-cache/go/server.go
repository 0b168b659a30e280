package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

const (
	// How long clients that are being answered may take after the end was asked for.
	grace = 5 * time.Second
	// How long to wait where a client could not be accepted, for want of a
	// descriptor for example.
	pause = 10 * time.Millisecond
)

// A server accepts clients until the end is asked for, and sees them out.
type server struct {
	store   *store
	running sync.WaitGroup

	mu      sync.Mutex
	ended   bool
	clients map[net.Conn]struct{}
}

func newServer(s *store) *server {
	return &server{store: s, clients: make(map[net.Conn]struct{})}
}

func (s *server) serve(ctx context.Context, listener net.Listener) {
	stop := context.AfterFunc(ctx, func() { listener.Close() })
	defer stop()
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			break
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "resp-cache: accept:", err)
			time.Sleep(pause)
			continue
		}
		s.running.Go(func() { s.attend(conn) })
	}
	s.seeOut()
}

func (s *server) attend(conn net.Conn) {
	defer conn.Close()
	if !s.register(conn) {
		return
	}
	defer s.unregister(conn)
	serveClient(conn, s.store)
}

// register tells whether the client is still to be served.
func (s *server) register(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.clients[conn] = struct{}{}
	}
	return !s.ended
}

func (s *server) unregister(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.clients, conn)
}

// seeOut lets no client read any more, and waits until each has its answers.
func (s *server) seeOut() {
	s.mu.Lock()
	s.ended = true
	for conn := range s.clients {
		conn.SetReadDeadline(time.Now())
	}
	s.mu.Unlock()

	done := make(chan struct{})
	go func() {
		s.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(grace):
		fmt.Fprintln(os.Stderr, "resp-cache: left clients unanswered")
	}
}
