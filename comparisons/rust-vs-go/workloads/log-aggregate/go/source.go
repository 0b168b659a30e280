package main

import (
	"bufio"
	"encoding/csv"
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
	reader := csv.NewReader(bufio.NewReaderSize(input, bufferLen))
	reader.ReuseRecord = true
	reader.FieldsPerRecord = -1 // parseCSV looks.
	reader.LazyQuotes = true

	t := newTotals()
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return t, nil
	}
	if err != nil {
		return nil, err
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	if !slices.Equal(header, fields) {
		return nil, fmt.Errorf("the first row is not the header %s", strings.Join(fields, ","))
	}

	for {
		row, err := reader.Read()
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
