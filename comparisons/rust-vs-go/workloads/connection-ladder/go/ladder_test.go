package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestEachLayerHasAName(t *testing.T) {
	for args, expected := range map[string]layer{
		"tasks 7":           {"tasks", 7},
		"channels 10000000": {"channels", most},
		"tcp":               {"tcp", 0},
		"http":              {"http", 0},
		"tls":               {"tls", 0},
	} {
		l, port, err := parse(strings.Fields(args), "80")
		if err != nil || l != expected || port != 80 {
			t.Errorf("%s: %v, %d, %v", args, l, port, err)
		}
	}
}

func TestWhatIsWrongIsNamed(t *testing.T) {
	for _, c := range []struct{ args, port, fault string }{
		{"tcp", "", "PORT is not set"},
		{"tcp", "70000", `PORT must be a port, not "70000"`},
		{"", "80", `no such layer: ""`},
		{"tcp 5", "80", `no such layer: "tcp 5"`},
		{"tasks", "80", `no such layer: "tasks"`},
		{"tasks 0", "80", `N must be a whole number from 1 to 10000000, not "0"`},
	} {
		if _, _, err := parse(strings.Fields(c.args), c.port); err == nil || err.Error() != c.fault {
			t.Errorf("%q: %v", c.args, err)
		}
	}
}

func TestAllSleep(t *testing.T) {
	before := runtime.NumGoroutine()
	sleep(300)
	if n := runtime.NumGoroutine() - before; n != 300 {
		t.Error(n)
	}
}

func TestEachHasAnInboxAndEndsWithIt(t *testing.T) {
	before := runtime.NumGoroutine()
	inboxes := receive(300)
	if n := runtime.NumGoroutine() - before; n != 300 {
		t.Error(n)
	}
	for _, inbox := range inboxes {
		inbox <- nil
		close(inbox)
	}
	for runtime.NumGoroutine() > before {
		time.Sleep(time.Millisecond)
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func TestWhatIsSentComesBackUntilTheEnd(t *testing.T) {
	listener := listen(t)
	ctx, end := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		newEchoServer().serve(ctx, listener)
		close(served)
	}()

	client, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	sent := bytes.Repeat([]byte("0123456789"), 900)
	go client.Write(sent)
	found := make([]byte, len(sent))
	if _, err := io.ReadFull(client, found); err != nil || !bytes.Equal(found, sent) {
		t.Errorf("%q, %v", found, err)
	}

	end()
	<-served
	if _, err := client.Read(found); err != io.EOF {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("still accepting")
	}
}

func TestARequestIsAnsweredAndTheEndIsKept(t *testing.T) {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificatePEM)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	for scheme, serve := range map[string]func(context.Context, net.Listener) error{
		"http":  serveHTTP,
		"https": serveTLS,
	} {
		listener := listen(t)
		ctx, end := context.WithCancel(context.Background())
		served := make(chan error)
		go func() { served <- serve(ctx, listener) }()

		answer, err := client.Get(scheme + "://" + listener.Addr().String() + "/")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil || string(body) != "ready\n" || answer.StatusCode != 200 {
			t.Errorf("%s: %d %q, %v", scheme, answer.StatusCode, body, err)
		}
		if found := answer.Header.Get("Content-Type"); found != "text/plain; charset=utf-8" {
			t.Error(found)
		}
		end()
		if err := <-served; err != nil {
			t.Errorf("%s: %v", scheme, err)
		}
	}
}
