package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const line = `2026-01-02T03:04:05.678Z WARN user-profile[812] 0001e240 GET /users/7?a=b 503 1532us 8412B user "zoë" is unknown`

func encoded(t *testing.T, line string) string {
	t.Helper()
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encodeLine(encoder, line); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func TestALineIsReadFieldByField(t *testing.T) {
	const want = `{"ts":"2026-01-02T03:04:05.678Z","level":"WARN","service":"user-profile","pid":812,"request":"0001e240","method":"GET","route":"/users/7?a=b","status":503,"latency_us":1532,"bytes":8412,"message":"user \"zoë\" is unknown"}`
	if got := encoded(t, line); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAMessageMayBeEmpty(t *testing.T) {
	fields, _, _ := strings.Cut(line, "user ")
	if got := encoded(t, fields); !strings.HasSuffix(got, `,"message":""}`) {
		t.Error(got)
	}
}

func TestALineOfAnotherFormIsKeptAsItIs(t *testing.T) {
	numberTooLong := strings.Replace(line, "[812]", "[99999999999]", 1)
	for _, line := range []string{"", "\tat cart.add(Cart.java:8)", line[11:], numberTooLong} {
		want, err := json.Marshal(raw{line})
		if got := encoded(t, line); err != nil || got != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestWhatIsNotUTF8IsReplaced(t *testing.T) {
	if got := encoded(t, "gr\xf6ber"); got != "{\"raw\":\"gr\uFFFDber\"}" {
		t.Error(got)
	}
}

// A log is a file that a test writes and renames.
type log struct {
	t    *testing.T
	path string
}

func newLog(t *testing.T) log {
	l := log{t, filepath.Join(t.TempDir(), "app.log")}
	l.write(l.path, "")
	return l
}

func (l log) write(path, text string) {
	l.t.Helper()
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		l.t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString(text); err != nil {
		l.t.Fatal(err)
	}
}

func (l log) rename() {
	l.t.Helper()
	if err := os.Rename(l.path, l.path+".1"); err != nil {
		l.t.Fatal(err)
	}
}

func (l log) source(from position) *source {
	l.t.Helper()
	s, err := openSource(l.path, from)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(s.close)
	return s
}

func unread(t *testing.T, s *source) []string {
	t.Helper()
	var lines []string
	for {
		line, err := s.next()
		if err == io.EOF {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

func TestALineIsGivenWhenItIsWhole(t *testing.T) {
	l := newLog(t)
	s := l.source(position{})
	l.write(l.path, "one\ntw")
	if got := unread(t, s); !slices.Equal(got, []string{"one"}) {
		t.Errorf("got %q", got)
	}
	l.write(l.path, "o\n\n")
	if got := unread(t, s); !slices.Equal(got, []string{"two", ""}) {
		t.Errorf("got %q", got)
	}
}

func TestLinesThatComeLateToARenamedFileAreNotLost(t *testing.T) {
	l := newLog(t)
	s := l.source(position{})
	l.write(l.path, "one\n")
	l.rename()
	l.write(l.path+".1", "two\n")
	l.write(l.path, "")
	if got := unread(t, s); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("got %q", got)
	}
	l.write(l.path+".1", "three\nfou")
	l.write(l.path, "five\n")
	if got := unread(t, s); !slices.Equal(got, []string{"three", "fou", "five"}) {
		t.Errorf("got %q", got)
	}
}

func TestReadingGoesOnWhereItWasAlsoInARenamedFile(t *testing.T) {
	l := newLog(t)
	l.write(l.path, "one\ntwo\nthr")
	first := l.source(position{})
	if line, err := first.next(); err != nil || line != "one" {
		t.Fatal(line, err)
	}
	saved := filepath.Join(t.TempDir(), "checkpoint")
	if err := first.position().save(saved); err != nil {
		t.Fatal(err)
	}
	l.rename()
	l.write(l.path+".1", "ee\n")
	l.write(l.path, "four\n")

	from, err := loadPosition(saved)
	if err != nil {
		t.Fatal(err)
	}
	if got := unread(t, l.source(from)); !slices.Equal(got, []string{"two", "three", "four"}) {
		t.Errorf("got %q", got)
	}
}

func TestABatchIsSentUntilItIsTaken(t *testing.T) {
	var requests []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := gunzip(r.Body)
		if err != nil {
			t.Error(err)
		}
		requests = append(requests, r.Header.Get("Batch-Id")+" "+body)
		switch len(requests) {
		case 1:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			panic(http.ErrAbortHandler)
		}
	}))
	defer server.Close()

	batches := make(chan *batch, 1)
	batches <- packed(t, "a")
	close(batches)
	s := shipper{client: server.Client(), url: server.URL, checkpoint: filepath.Join(t.TempDir(), "checkpoint")}
	if err := s.run(t.Context(), batches); err != nil {
		t.Fatal(err)
	}
	want := "7:0-7:2 {\"raw\":\"a\"}\n"
	if !slices.Equal(requests, []string{want, want, want}) {
		t.Errorf("got %q", requests)
	}
	if got, err := loadPosition(s.checkpoint); err != nil || got != (position{7, 2}) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestABatchThatIsRejectedIsNotSentAgain(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	s := shipper{client: server.Client(), url: server.URL}
	if err := s.post(t.Context(), packed(t, "a")); !errors.Is(err, errRejected) {
		t.Errorf("got %v", err)
	}
}

func packed(t *testing.T, line string) *batch {
	t.Helper()
	p, err := newPacker(6, position{Inode: 7})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.add(line, position{7, int64(len(line)) + 1}); err != nil {
		t.Fatal(err)
	}
	b, err := p.take()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func gunzip(body io.Reader) (string, error) {
	reader, err := gzip.NewReader(body)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	_, err = io.Copy(&out, reader)
	return out.String(), err
}
