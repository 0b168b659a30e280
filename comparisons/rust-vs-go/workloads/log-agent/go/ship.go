package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"time"
)

const (
	requestTimeout = 5 * time.Second
	firstDelay     = 20 * time.Millisecond
	maxDelay       = time.Second
)

// errRejected is what no repetition helps against.
var errRejected = errors.New("rejected")

// A shipper sends batches, one at a time, each until it is taken.
type shipper struct {
	client     *http.Client
	url        string
	checkpoint string
}

func (s *shipper) run(ctx context.Context, batches <-chan *batch) error {
	for b := range batches {
		if err := s.deliver(ctx, b); err != nil {
			return fmt.Errorf("%d lines are not sent: %w", b.lines, err)
		}
		if err := b.end.save(s.checkpoint); err != nil {
			return err
		}
	}
	return nil
}

// deliver sends a batch until it is taken or rejected, or the context ends.
func (s *shipper) deliver(ctx context.Context, b *batch) error {
	delay := firstDelay
	for {
		err := s.post(ctx, b)
		if err == nil {
			return nil
		}
		if errors.Is(err, errRejected) {
			fmt.Fprintf(os.Stderr, "log-agent: batch %s of %d lines: %v\n", b.id, b.lines, err)
			return nil
		}
		select {
		case <-time.After(jittered(delay)):
		case <-ctx.Done():
			return err
		}
		delay = min(2*delay, maxDelay)
	}
}

// jittered keeps agents that failed together from coming back together.
func jittered(delay time.Duration) time.Duration {
	return delay/2 + rand.N(delay/2)
}

func (s *shipper) post(ctx context.Context, b *batch) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(b.body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-ndjson")
	request.Header.Set("Content-Encoding", "gzip")
	request.Header.Set("Batch-Id", b.id)
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil { // So that the connection is used again.
		return err
	}
	switch code := response.StatusCode; {
	case code < 300:
		return nil
	case code >= 500 || code == http.StatusTooManyRequests || code == http.StatusRequestTimeout:
		return errors.New(response.Status)
	default:
		return fmt.Errorf("%w: %s", errRejected, response.Status)
	}
}
