package main

import (
	"bufio"
	"io"
)

// serveClient answers what has been read, then waits for more; until the
// client is gone or no longer understood, or its deadline for reading is over.
func serveClient(stream io.ReadWriter, s *store) {
	output := replyWriter{bufio.NewWriter(stream)}
	input := bufio.NewReader(&flushingReader{stream, output.Writer})
	for {
		words, err := readCommand(input)
		if isProtocolError(err) {
			output.fault(err)
			output.Flush() // A client that went away is no fault of the server.
		}
		if err != nil {
			return
		}
		if len(words) > 0 {
			answer(words, s, output)
		}
	}
}

// A flushingReader sends what was answered so far before it waits for more, of
// which a client may have sent much at once.
type flushingReader struct {
	stream io.Reader
	output *bufio.Writer
}

func (r *flushingReader) Read(p []byte) (int, error) {
	if err := r.output.Flush(); err != nil {
		return 0, err
	}
	return r.stream.Read(p)
}
