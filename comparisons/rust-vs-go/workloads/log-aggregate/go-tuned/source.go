package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

const bufferLen = 64 * 1024

// readCSV adds up the rows below the header.
func readCSV(input io.Reader) (*totals, error) {
	rows := rowReader{lines: bufio.NewReaderSize(input, bufferLen)}
	t := newTotals()
	header, err := rows.read()
	if errors.Is(err, io.EOF) {
		return t, nil
	}
	if err != nil {
		return nil, err
	}
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = string(name)
	}
	names[0] = strings.TrimPrefix(names[0], "\ufeff")
	if !slices.Equal(names, fields) {
		return nil, fmt.Errorf("the first row is not the header %s", strings.Join(fields, ","))
	}

	for {
		row, err := rows.read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		t.add(parseCSV(row))
	}
}

// readJSONL adds up the lines which are not empty.
func readJSONL(input io.Reader) (*totals, error) {
	lines := bufio.NewScanner(input)
	lines.Buffer(make([]byte, bufferLen), math.MaxInt) // A line may be of any length.

	t := newTotals()
	for lines.Scan() {
		if len(lines.Bytes()) > 0 {
			t.add(parseJSON(lines.Bytes()))
		}
	}
	return t, lines.Err()
}
