package main

import (
	"bufio"
	"bytes"
	"io"
)

// A rowReader reads CSV without making strings, which package encoding/csv
// cannot. Its quotes are those of RFC 4180: around a whole field, doubled within.
type rowReader struct {
	lines  *bufio.Reader
	line   []byte // joined, if it was longer than the buffer or goes on after a quoted line break
	fields [][]byte
}

// read returns the fields of the next row that is not blank. They are good until
// the next call. The error is io.EOF after the last row.
func (r *rowReader) read() ([][]byte, error) {
	for {
		line, err := r.readLine()
		if err != nil {
			return nil, err
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) > 0 {
			r.split(line)
			return r.fields, nil
		}
	}
}

// readLine returns the next line, and those after it as long as a quote is open.
func (r *rowReader) readLine() ([]byte, error) {
	line, err := r.lines.ReadSlice('\n')
	if err == nil && bytes.Count(line, []byte(`"`))%2 == 0 {
		return line, nil
	}
	r.line = r.line[:0]
	for {
		r.line = append(r.line, line...)
		switch {
		case err == bufio.ErrBufferFull: // The line goes on.
		case err == io.EOF && len(r.line) > 0:
			return r.line, nil
		case err != nil:
			return nil, err
		case bytes.Count(r.line, []byte(`"`))%2 == 0:
			return r.line, nil
		}
		line, err = r.lines.ReadSlice('\n')
	}
}

func (r *rowReader) split(line []byte) {
	r.fields = r.fields[:0]
	for {
		var field []byte
		if len(line) > 0 && line[0] == '"' {
			field, line = quoted(line)
		}
		comma := bytes.IndexByte(line, ',')
		if comma < 0 {
			r.fields = append(r.fields, joined(field, line))
			return
		}
		r.fields = append(r.fields, joined(field, line[:comma]))
		line = line[comma+1:]
	}
}

// quoted undoes the quoting of the field at the start of line, within line, and
// returns what follows it.
func quoted(line []byte) (field, rest []byte) {
	field = line[:0]
	rest = line[1:]
	for {
		end := bytes.IndexByte(rest, '"')
		if end < 0 {
			return append(field, rest...), nil
		}
		field = append(field, rest[:end]...)
		rest = rest[end+1:]
		if len(rest) == 0 || rest[0] != '"' {
			return field, rest
		}
		field = append(field, '"')
		rest = rest[1:]
	}
}

// joined is the field and what stands between its closing quote and the comma.
func joined(field, more []byte) []byte {
	if field == nil {
		return more
	}
	return append(field, more...)
}
