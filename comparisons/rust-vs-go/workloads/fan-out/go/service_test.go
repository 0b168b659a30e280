package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// startBackend starts one that answers for parts 0 and 1 and keeps others waiting.
func startBackend(t *testing.T) string {
	mux := http.NewServeMux()
	mux.HandleFunc("/part/0", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"part":0,"title":"a","score":7,"tags":["x"],"more":1}`)
	})
	mux.HandleFunc("/part/1", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<html>")
	})
	mux.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

func start(t *testing.T, backend string) (*service, *httptest.Server) {
	s := &service{backend: newBackend(backend, 16)}
	server := httptest.NewServer(s.handler())
	t.Cleanup(server.Close)
	return s, server
}

func get(t *testing.T, url string) (int, string) {
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestWhatDoesNotComeInTimeIsMissing(t *testing.T) {
	_, server := start(t, startBackend(t))
	want := `{"item":"i-1","parts":[{"part":0,"title":"a","score":7,"tags":["x"]}],` +
		`"missing":[{"part":1,"why":"malformed"},{"part":2,"why":"deadline"}],"score":7}`
	if status, got := get(t, server.URL+"/items/i-1?parts=3&within=500"); status != http.StatusOK || got != want {
		t.Errorf("got %d %s, want %s", status, got, want)
	}
}

func TestABackendThatIsNotThereIsUnreachable(t *testing.T) {
	// Port 0 cannot be connected to.
	_, server := start(t, "127.0.0.1:0")
	want := `{"item":"a","parts":[],"missing":[{"part":0,"why":"unreachable"}],"score":0}`
	if status, got := get(t, server.URL+"/items/a?parts=1&within=10000"); status != http.StatusOK || got != want {
		t.Errorf("got %d %s, want %s", status, got, want)
	}
}

func TestWhatIsNotUnderstoodIsRefused(t *testing.T) {
	_, server := start(t, startBackend(t))
	tests := []struct {
		path string
		want int
	}{
		{"/items/a.b", http.StatusBadRequest},
		{"/items/a?parts=0", http.StatusBadRequest},
		{"/items/a?parts=17", http.StatusBadRequest},
		{"/items/a?parts=", http.StatusBadRequest},
		{"/items/a?within=0", http.StatusBadRequest},
		{"/items/a?within=10001", http.StatusBadRequest},
		{"/items/", http.StatusNotFound},
		{"/", http.StatusNotFound},
	}
	for _, test := range tests {
		status, body := get(t, server.URL+test.path)
		if status != test.want || !strings.HasPrefix(body, `{"error":"`) {
			t.Errorf("%s: got %d %s, want %d", test.path, status, body, test.want)
		}
	}
}

func TestCallsEndWhenTheClientLeaves(t *testing.T) {
	s, server := start(t, startBackend(t))
	ctx, leave := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/items/a?parts=16&within=10000", nil)
	if err != nil {
		t.Fatal(err)
	}
	left := make(chan error, 1)
	go func() {
		_, err := http.DefaultClient.Do(request)
		left <- err
	}()
	for s.calls.Load() < 14 {
		time.Sleep(time.Millisecond)
	}
	leave()
	if err := <-left; err == nil {
		t.Error("answered")
	}
	since := time.Now()
	for s.requests.Load()+s.calls.Load() > 0 {
		time.Sleep(time.Millisecond)
	}
	// By themselves they would take ten.
	if took := time.Since(since); took > 5*time.Second {
		t.Errorf("calls ended after %v", took)
	}
}
