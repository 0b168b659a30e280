package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// part is a part of an item.
type part struct {
	Part  int      `json:"part"`
	Title string   `json:"title"`
	Score uint64   `json:"score"`
	Tags  []string `json:"tags"`
}

// Why a part is missing.
var (
	errDeadline    = errors.New("deadline")
	errUnreachable = errors.New("unreachable")
	errStatus      = errors.New("status")
	errMalformed   = errors.New("malformed")
)

// backend is where parts come from.
type backend struct {
	client *http.Client
	base   string
}

func newBackend(address string, idle int) *backend {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0 // No limit but the one for each host.
	transport.MaxIdleConnsPerHost = idle
	return &backend{client: &http.Client{Transport: transport}, base: "http://" + address}
}

// part asks for a part of an item, whose name is safe in a URL.
func (b *backend) part(ctx context.Context, item string, number int) (*part, error) {
	url := fmt.Sprintf("%s/part/%d?item=%s", b.base, number, item)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, errUnreachable
	}
	answer, err := b.client.Do(request)
	if err != nil {
		return nil, unlessLate(ctx, errUnreachable)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, errStatus
	}
	var p part
	if err := json.NewDecoder(answer.Body).Decode(&p); err != nil {
		return nil, unlessLate(ctx, errMalformed)
	}
	return &p, nil
}

func unlessLate(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errDeadline
	}
	return err
}
