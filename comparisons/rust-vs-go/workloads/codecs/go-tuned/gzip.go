package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/gzip"
)

// level gives the size that Rust's default gives.
const level = 7

// pack returns one gzip member that holds input so many times.
func pack(input []byte, times uint) ([]byte, error) {
	packed := bytes.NewBuffer(make([]byte, 0, len(input)/4*int(times)))
	w, err := gzip.NewWriterLevel(packed, level)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	for range times {
		for chunk := range slices.Chunk(input, chunkLen) {
			if _, err := w.Write(chunk); err != nil {
				return nil, fmt.Errorf("gzip: %w", err)
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return packed.Bytes(), nil
}

// unpackTimes unpacks so many times with one decoder.
func unpackTimes(packed []byte, times uint) (*checksum, error) {
	sum := new(checksum)
	var r gzip.Reader
	for range times {
		if err := unpackWith(&r, sum, packed); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

func unpackTo(w io.Writer, packed []byte) error {
	return unpackWith(new(gzip.Reader), w, packed)
}

func unpackWith(r *gzip.Reader, w io.Writer, packed []byte) error {
	if err := r.Reset(bytes.NewReader(packed)); err != nil {
		return fmt.Errorf("gunzip: %w", err)
	}
	if _, err := r.WriteTo(w); err != nil {
		return fmt.Errorf("gunzip: %w", err)
	}
	return nil
}
