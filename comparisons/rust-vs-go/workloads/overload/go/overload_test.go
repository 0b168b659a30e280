package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func ask(handler http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// askAtOnce asks so many times at once and returns how many were answered 200
// and 503, and when the last was.
func askAtOnce(t *testing.T, p *pool, requests int) (done, busy int, elapsed time.Duration) {
	handler, start := newHandler(p), time.Now()
	answers := make([]*httptest.ResponseRecorder, requests)
	var asked sync.WaitGroup
	for i := range answers {
		asked.Go(func() { answers[i] = ask(handler, "/work/1") })
	}
	asked.Wait()
	for _, w := range answers {
		switch w.Code {
		case http.StatusOK:
			done++
		case http.StatusServiceUnavailable:
			busy++
			if got := w.Header().Get("Retry-After"); got != "1" {
				t.Errorf("retry after %q", got)
			}
		}
	}
	return done, busy, time.Since(start)
}

func TestWithoutABoundEverythingIsDoneInTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done, _, elapsed := askAtOnce(t, newPool(false), 20*workers)
		if done != 20*workers || elapsed < time.Second {
			t.Errorf("%d done in %v", done, elapsed)
		}
	})
}

func TestWithABoundWhatCannotBeDoneInTimeIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		done, busy, elapsed := askAtOnce(t, newPool(true), 20*workers)
		if done != workers+queueLen || done+busy != 20*workers || elapsed >= 250*time.Millisecond {
			t.Errorf("%d done, %d busy in %v", done, busy, elapsed)
		}
	})
}

func TestABufferIsToldAndMistakesAre(t *testing.T) {
	for _, test := range []struct {
		path   string
		status int
		want   string
	}{
		{"/work/255", http.StatusOK, "65536 bytes of 255\n"},
		{"/work/256", http.StatusBadRequest, "not a byte\n"},
		{"/", http.StatusNotFound, "no such path\n"},
	} {
		w := ask(newHandler(newPool(true)), test.path)
		if got := w.Body.String(); w.Code != test.status || got != test.want {
			t.Errorf("%s: got %d %s", test.path, w.Code, got)
		}
	}
}
