package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const requestTimeout = 5 * time.Second

// A statusError is an answer other than a success.
type statusError int

func (e statusError) Error() string {
	return fmt.Sprintf("%d %s", int(e), http.StatusText(int(e)))
}

// An api is what the API server says of one namespace.
type api struct {
	client *http.Client
	base   string
}

func newAPI(address, namespace string) *api {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// By default two, so that the workers would close theirs after each request.
	transport.MaxIdleConnsPerHost = workers
	return &api{
		client: &http.Client{Transport: transport},
		base:   "http://" + address + "/namespaces/" + url.PathEscape(namespace),
	}
}

// A list is all objects of a kind at a version of the whole state.
type list[T object] struct {
	Version uint64 `json:"version"`
	Items   []T    `json:"items"`
}

func listAll[T object](ctx context.Context, a *api, path string) (list[T], error) {
	var all list[T]
	err := a.call(ctx, http.MethodGet, path, nil, &all)
	return all, err
}

// watch returns a stream of events since a version, which may go on for ever.
func (a *api) watch(ctx context.Context, path string, version uint64) (io.ReadCloser, error) {
	response, err := a.send(ctx, http.MethodGet, fmt.Sprintf("%s?watch=1&version=%d", path, version), nil)
	if err != nil {
		return nil, err
	}
	return response.Body, nil
}

// putReplica creates a replica, or updates the one of its version. It returns
// the new version, as the other writes do.
func (a *api) putReplica(ctx context.Context, r replica) (uint64, error) {
	if r.Version == 0 {
		return a.write(ctx, http.MethodPost, "/replicas", r)
	}
	return a.write(ctx, http.MethodPut, "/replicas/"+url.PathEscape(r.Name), r)
}

func (a *api) deleteReplica(ctx context.Context, r *replica) (uint64, error) {
	path := fmt.Sprintf("/replicas/%s?version=%d", url.PathEscape(r.Name), r.Version)
	return a.write(ctx, http.MethodDelete, path, nil)
}

func (a *api) putStatus(ctx context.Context, with app) (uint64, error) {
	return a.write(ctx, http.MethodPut, "/apps/"+url.PathEscape(with.Name)+"/status", with)
}

func (a *api) write(ctx context.Context, method, path string, body any) (uint64, error) {
	var written struct{ Version uint64 }
	err := a.call(ctx, method, path, body, &written)
	return written.Version, err
}

// call sends a request, and decodes the answer.
func (a *api) call(ctx context.Context, method, path string, body, answer any) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	response, err := a.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer finish(response.Body)
	return json.NewDecoder(response.Body).Decode(answer)
}

// send returns an answer that is a success, whose body is still to be read.
func (a *api) send(ctx context.Context, method, path string, body any) (*http.Response, error) {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, a.base+path, content)
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode >= 300 {
		finish(response.Body)
		return nil, statusError(response.StatusCode)
	}
	return response, nil
}

// finish reads to the end, so that the connection is used again.
func finish(body io.ReadCloser) {
	io.Copy(io.Discard, body)
	body.Close()
}
