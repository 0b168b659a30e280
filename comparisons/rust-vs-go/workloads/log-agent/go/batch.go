package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
)

// A batch is what is sent at a time.
type batch struct {
	id    string // the same for the same lines
	body  []byte // JSON lines, gzip
	lines int
	end   position
}

// A packer makes batches of lines.
type packer struct {
	body       *bytes.Buffer
	compressed *gzip.Writer
	encoder    *json.Encoder

	lines      int
	start, end position
}

func newPacker(level int, start position) (*packer, error) {
	body := new(bytes.Buffer)
	compressed, err := gzip.NewWriterLevel(body, level)
	if err != nil {
		return nil, err
	}
	encoder := json.NewEncoder(compressed)
	encoder.SetEscapeHTML(false)
	return &packer{body: body, compressed: compressed, encoder: encoder, start: start, end: start}, nil
}

// add adds a line that goes up to end.
func (p *packer) add(line string, end position) error {
	p.lines++
	p.end = end
	return encodeLine(p.encoder, line)
}

// take returns what was added, and begins anew.
func (p *packer) take() (*batch, error) {
	if err := p.compressed.Close(); err != nil {
		return nil, err
	}
	b := &batch{
		id:    fmt.Sprintf("%v-%v", p.start, p.end),
		body:  p.body.Bytes(),
		lines: p.lines,
		end:   p.end,
	}
	p.body = new(bytes.Buffer)
	p.compressed.Reset(p.body)
	p.lines = 0
	p.start = p.end
	return b, nil
}
