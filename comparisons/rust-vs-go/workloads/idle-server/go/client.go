package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
)

// get returns the body of the answer to one GET request, written by hand so
// that both languages send the same bytes and link no client.
func get(addr net.Addr, path string) ([]byte, error) {
	conn, err := net.Dial(addr.Network(), addr.String())
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, addr); err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		return nil, err
	}
	return body(answer)
}

// body is what follows the head of an answer that must be 200.
func body(answer []byte) ([]byte, error) {
	head, body, _ := bytes.Cut(answer, []byte("\r\n\r\n"))
	if !bytes.HasPrefix(head, []byte("HTTP/1.1 200 ")) {
		line, _, _ := bytes.Cut(head, []byte("\r\n"))
		return nil, fmt.Errorf("not a success: %q", line)
	}
	return body, nil
}
