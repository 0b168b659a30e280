package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestWhatIsNotToldIsNothingAliveAndNoBound(t *testing.T) {
	if opts, err := parseOptions(nil, "7"); err != nil || opts != (options{port: 7}) {
		t.Fatalf("%+v, %v", opts, err)
	}
	args := []string{"--max-entries", "3", "--live-megabytes", "5"}
	if opts, err := parseOptions(args, "7"); err != nil || opts != (options{7, 5, 3}) {
		t.Fatalf("%+v, %v", opts, err)
	}
}

func TestAWrongOptionIsNamed(t *testing.T) {
	for _, c := range []struct {
		args        []string
		port, fault string
	}{
		{nil, "", "PORT is not set"},
		{nil, "x", `PORT must be a whole number, not "x"`},
		{[]string{"--all"}, "7", "no such argument: --all"},
		{[]string{"--max-entries", "-1"}, "7", `--max-entries must be a whole number, not "-1"`},
		{[]string{"--live-megabytes"}, "7", `--live-megabytes must be a whole number, not ""`},
	} {
		if _, err := parseOptions(c.args, c.port); err == nil || err.Error() != c.fault {
			t.Errorf("%q: %v", c.args, err)
		}
	}
}

func set(s *store, key, value string) { s.set([]byte(key), []byte(value)) }

func get(s *store, key string) string {
	value, ok := s.get([]byte(key))
	if !ok {
		return "(none)"
	}
	return string(value)
}

func want[T comparable](t *testing.T, found, expected T) {
	t.Helper()
	if found != expected {
		t.Errorf("%v, not %v", found, expected)
	}
}

func TestTheOneLeastRecentlyUsedMakesRoom(t *testing.T) {
	s := newStore(2)
	set(s, "a", "1")
	set(s, "b", "2")
	want(t, get(s, "a"), "1")
	set(s, "c", "3")
	want(t, get(s, "b"), "(none)")

	set(s, "a", "4")
	set(s, "d", "5")
	want(t, get(s, "c"), "(none)")
	want(t, get(s, "a"), "4")

	n, err := s.increment([]byte("d"))
	want(t, n, 6)
	want(t, err, nil)
	set(s, "e", "7")
	want(t, get(s, "a"), "(none)")

	set(s, "d", "x")
	set(s, "e", "8")
	_, err = s.increment([]byte("d"))
	want(t, err, errNotAnInteger)
	set(s, "f", "9")
	want(t, get(s, "e"), "(none)")
	want(t, s.len(), 2)
}

func TestAskingWhetherAKeyIsThereIsNoUse(t *testing.T) {
	s := newStore(2)
	set(s, "a", "1")
	set(s, "b", "2")
	want(t, s.contains([]byte("a")), true)
	set(s, "c", "3")
	want(t, s.contains([]byte("a")), false)
}

func TestWithoutABoundAllAreKept(t *testing.T) {
	s := newStore(0)
	for n := range 1000 {
		set(s, strconv.Itoa(n), "")
	}
	want(t, s.len(), 1000)
	want(t, s.delete([]byte("0")), true)
	want(t, s.delete([]byte("0")), false)
	want(t, s.len(), 999)
}

func TestOnlyAnIntegerIsIncremented(t *testing.T) {
	s := newStore(0)
	for _, expected := range []int64{1, 2} {
		n, _ := s.increment([]byte("n"))
		want(t, n, expected)
	}
	set(s, "n", "-1")
	n, _ := s.increment([]byte("n"))
	want(t, n, 0)
	for _, text := range []string{"", "x", "1.0", " 1", "+1", "01", "-0", "9223372036854775808"} {
		set(s, "n", text)
		_, err := s.increment([]byte("n"))
		want(t, err, errNotAnInteger)
		want(t, get(s, "n"), text)
	}
	set(s, "n", "9223372036854775807")
	_, err := s.increment([]byte("n"))
	want(t, err, errOverflow)
}

func readFrom(text string) ([][]byte, error) {
	return readCommand(bufio.NewReader(strings.NewReader(text)))
}

func TestACommandIsReadWholeOrNotAtAll(t *testing.T) {
	const text = "*2\r\n$3\r\nGET\r\n$4\r\na\r\nb\r\n"
	for n := range text {
		if _, err := readFrom(text[:n]); err != io.EOF && err != io.ErrUnexpectedEOF {
			t.Errorf("%q: %v", text[:n], err)
		}
	}
	words, err := readFrom(text)
	want(t, err, nil)
	want(t, string(bytes.Join(words, []byte("|"))), "GET|a\r\nb")
}

func TestAnArrayWithoutWordsIsAnEmptyCommand(t *testing.T) {
	for _, text := range []string{"*0\r\n", "*-1\r\n"} {
		words, err := readFrom(text)
		want(t, err, nil)
		want(t, len(words), 0)
	}
}

func TestWhatIsNoCommandIsTold(t *testing.T) {
	for text, fault := range map[string]string{
		"PING\r\n":                         "expected '*', got 'P'",
		"\r\n":                             "expected '*', got '?'",
		"*x\r\n":                           "invalid multibulk length",
		"*1\n":                             "invalid multibulk length",
		"*1025\r\n":                        "invalid multibulk length",
		"*1\r\n+PING\r\n":                  "expected '$', got '+'",
		"*1\r\n$-1\r\n":                    "invalid bulk length",
		"*1\r\n$1048577\r\n":               "invalid bulk length",
		"*1\r\n$4\r\nPINGS\r\n":            "bulk without end",
		"*1111111111111111111111111111111": "line without end",
	} {
		_, err := readFrom(text)
		if !isProtocolError(err) || err.Error() != "Protocol error: "+fault {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestRepliesAreWrittenAsRedisDoes(t *testing.T) {
	var written bytes.Buffer
	w := replyWriter{bufio.NewWriter(&written)}
	w.simple("OK")
	w.fault(errors.New("no"))
	w.integer(-5)
	w.value([]byte("a\r\nb"), true)
	w.value(nil, false)
	w.array(2)
	w.value(nil, false)
	w.value(nil, true)
	w.Flush()
	want(t, written.String(),
		"+OK\r\n-ERR no\r\n:-5\r\n$4\r\na\r\nb\r\n$-1\r\n*2\r\n$-1\r\n$0\r\n\r\n")
}

func TestWhatCameFromAClientDoesNotBreakALine(t *testing.T) {
	want(t, quoted([]byte("a\r\n\xff'")), "a???'")
	want(t, len(quoted(make([]byte, 100))), 64)
}

// spoken is the reply to a line of words.
func spoken(s *store, line string) string {
	var written bytes.Buffer
	w := replyWriter{bufio.NewWriter(&written)}
	answer(bytes.Split([]byte(line), []byte(" ")), s, w)
	w.Flush()
	return written.String()
}

func TestAConversation(t *testing.T) {
	s := newStore(0)
	for _, c := range [][2]string{
		{"PING", "+PONG"},
		{"ping hello", "$5\r\nhello"},
		{"GET a", "$-1"},
		{"SET a one", "+OK"},
		{"sEt b 2", "+OK"},
		{"GET a", "$3\r\none"},
		{"MGET a c b", "*3\r\n$3\r\none\r\n$-1\r\n$1\r\n2"},
		{"EXISTS a a c", ":2"},
		{"DBSIZE", ":2"},
		{"INCR b", ":3"},
		{"INCR c", ":1"},
		{"INCR a", "-ERR value is not an integer or out of range"},
		{"DEL a b x a", ":2"},
		{"DBSIZE", ":1"},
	} {
		want(t, spoken(s, c[0]), c[1]+"\r\n")
	}
}

func TestWhatCannotBeCarriedOutIsTold(t *testing.T) {
	s := newStore(0)
	for line, fault := range map[string]string{
		"FLUSHALL now": "unknown command 'FLUSHALL'",
		"GET":          "wrong number of arguments for 'get' command",
		"GET a b":      "wrong number of arguments for 'get' command",
		"SET a":        "wrong number of arguments for 'set' command",
		"SET a b EX 5": "syntax error",
		"DEL":          "wrong number of arguments for 'del' command",
		"EXISTS":       "wrong number of arguments for 'exists' command",
		"INCR":         "wrong number of arguments for 'incr' command",
		"MGET":         "wrong number of arguments for 'mget' command",
		"PING a b":     "wrong number of arguments for 'ping' command",
		"DBSIZE a":     "wrong number of arguments for 'dbsize' command",
	} {
		want(t, spoken(s, line), "-ERR "+fault+"\r\n")
	}
}

func TestTheFillIsTheSameInEveryRunAndLanguage(t *testing.T) {
	s := newStore(0)
	fill(s, 1)
	want(t, s.len(), 3389)
	want(t, get(s, "key:0"), strings.Repeat("t", 187))
	want(t, get(s, "key:3388"), strings.Repeat("a", 442))

	nothing := newStore(0)
	fill(nothing, 0)
	want(t, nothing.len(), 0)
}

func TestCommandsThatWereSentAtOnceAreAnsweredInOrder(t *testing.T) {
	client, stream := net.Pipe()
	go func() {
		defer stream.Close()
		serveClient(stream, newStore(0))
	}()
	go io.WriteString(client, strings.Repeat("*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n", 500))
	var expected strings.Builder
	for n := range 500 {
		expected.WriteString(":" + strconv.Itoa(n+1) + "\r\n")
	}
	found := make([]byte, expected.Len())
	if _, err := io.ReadFull(client, found); err != nil {
		t.Fatal(err)
	}
	want(t, string(found), expected.String())
}

func TestWhoIsNotUnderstoodIsToldAndLeft(t *testing.T) {
	client, stream := net.Pipe()
	go func() {
		defer stream.Close()
		serveClient(stream, newStore(0))
	}()
	go io.WriteString(client, "*1\r\n$4\r\nPING\r\nGET / HTTP/1.1\r\n\r\n")
	found, err := io.ReadAll(client)
	want(t, err, nil)
	want(t, string(found), "+PONG\r\n-ERR Protocol error: expected '*', got 'G'\r\n")
}

func TestAtTheEndIdleClientsAreLeftAndNoMoreAccepted(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		newServer(newStore(0)).serve(ctx, listener)
		close(served)
	}()

	client, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	// Half a command more does not put off the end.
	io.WriteString(client, "*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPI")
	pong := make([]byte, 7)
	io.ReadFull(client, pong)
	want(t, string(pong), "+PONG\r\n")

	end()
	select {
	case <-served:
	case <-time.After(4 * time.Second):
		t.Fatal("still serving")
	}
	_, err = client.Read(pong)
	if err == nil {
		t.Error("still there")
	}
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("still accepting")
	}
}
