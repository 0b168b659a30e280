package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheStatusCountsRequests(t *testing.T) {
	handler := newHandler()
	for _, want := range []string{
		`{"service":"idle-server","ready":true,"requests":1}`,
		`{"service":"idle-server","ready":true,"requests":2}`,
	} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/status", nil))
		if got := answer.Body.String(); answer.Code != http.StatusOK || got != want {
			t.Errorf("got %d %s, want %s", answer.Code, got, want)
		}
		if got := answer.Header().Get("Content-Type"); got != "application/json" {
			t.Errorf("content type %q", got)
		}
	}
}

func TestOnlyGETOfTheStatusIsServed(t *testing.T) {
	tests := []struct {
		method, path string
		want         int
	}{
		{http.MethodPost, "/status", http.StatusMethodNotAllowed},
		{http.MethodGet, "/", http.StatusNotFound},
	}
	for _, test := range tests {
		answer := httptest.NewRecorder()
		newHandler().ServeHTTP(answer, httptest.NewRequest(test.method, test.path, nil))
		if answer.Code != test.want {
			t.Errorf("%s %s: got %d, want %d", test.method, test.path, answer.Code, test.want)
		}
	}
}

func TestItServesUntilStandardInputEnds(t *testing.T) {
	stdin, end := io.Pipe()
	stdout, output := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(stdin, output) }()

	want := `{"service":"idle-server","ready":true,"requests":1}` + "\n"
	got := make([]byte, len(want))
	if _, err := io.ReadFull(stdout, got); err != nil || string(got) != want {
		t.Fatalf("got %q, %v", got, err)
	}
	select {
	case err := <-ended:
		t.Fatalf("ended before standard input: %v", err)
	default:
	}
	end.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAnAnswerOtherThan200IsAFault(t *testing.T) {
	got, err := body([]byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))
	if err != nil || !bytes.Equal(got, []byte("{}")) {
		t.Errorf("got %q, %v", got, err)
	}
	for _, answer := range []string{"", "HTTP/1.1 404 Not Found\r\n\r\n"} {
		if _, err := body([]byte(answer)); err == nil || !strings.Contains(err.Error(), "not a success") {
			t.Errorf("%q: %v", answer, err)
		}
	}
}
