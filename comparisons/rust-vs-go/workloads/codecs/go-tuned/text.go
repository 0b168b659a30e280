package main

import (
	"fmt"
	"slices"

	"github.com/segmentio/asm/base64"
)

// byteLen bytes make a chunk of text: three become four.
const byteLen = chunkLen / 4 * 3

// encodeText returns the checksum of the base64 text of input, so many times.
func encodeText(input []byte, times uint) *checksum {
	sum := new(checksum)
	text := make([]byte, chunkLen)
	for range times {
		for chunk := range slices.Chunk(input, byteLen) {
			base64.StdEncoding.Encode(text, chunk)
			sum.Write(text[:base64.StdEncoding.EncodedLen(len(chunk))])
		}
	}
	return sum
}

// decodeText returns the checksum of what text stands for, so many times.
func decodeText(text []byte, times uint) (*checksum, error) {
	sum := new(checksum)
	decoded := make([]byte, byteLen)
	for range times {
		for chunk := range slices.Chunk(text, chunkLen) {
			n, err := base64.StdEncoding.Decode(decoded, chunk)
			if err != nil {
				return nil, fmt.Errorf("base64: %w", err)
			}
			sum.Write(decoded[:n])
		}
	}
	return sum, nil
}
