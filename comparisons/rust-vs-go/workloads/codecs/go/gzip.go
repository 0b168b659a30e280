package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
)

// pack returns one gzip member that holds input so many times.
func pack(input []byte, times uint) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, level)
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

// unpackTimes unpacks so many times, each time anew.
func unpackTimes(packed []byte, times uint) (*checksum, error) {
	sum := new(checksum)
	for range times {
		if err := unpackTo(sum, packed); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

func unpackTo(w io.Writer, packed []byte) error {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("gunzip: %w", err)
	}
	if _, err := io.CopyBuffer(w, r, make([]byte, chunkLen)); err != nil {
		return fmt.Errorf("gunzip: %w", err)
	}
	return nil
}
