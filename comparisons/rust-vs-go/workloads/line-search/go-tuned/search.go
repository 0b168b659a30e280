package main

import (
	"bytes"
	"os"
	"strconv"
)

// A reportKind says what is printed of a file with a match.
type reportKind int

const (
	reportLines  reportKind = iota // path:line:text, a row for each matching line
	reportCounts                   // path:count
	reportNames                    // path
)

// A file with a NUL this near to its start is taken for binary and not searched.
const binaryCheckLen = 1024

// search returns what report asks to be printed of the file at path, which is
// read into buffer; nothing if no line matches.
func search(finder *lineFinder, path string, buffer *bytes.Buffer, report reportKind) ([]byte, error) {
	if err := read(buffer, path); err != nil {
		return nil, err
	}
	content := buffer.Bytes()
	if bytes.IndexByte(content[:min(len(content), binaryCheckLen)], 0) >= 0 {
		return nil, nil
	}
	return rows(finder, path, content, report), nil
}

func read(buffer *bytes.Buffer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	buffer.Reset()
	_, err = buffer.ReadFrom(file)
	return err
}

func rows(finder *lineFinder, path string, content []byte, report reportKind) []byte {
	var out []byte
	count := 0
	for number, line := range finder.matching(content) {
		count++
		switch report {
		case reportLines:
			out = append(out, path...)
			out = append(out, ':')
			out = strconv.AppendInt(out, int64(number), 10)
			out = append(out, ':')
			out = append(out, line...)
			out = append(out, '\n')
		case reportNames:
			return append([]byte(path), '\n')
		}
	}
	if report == reportCounts && count > 0 {
		out = append(out, path...)
		out = append(out, ':')
		out = strconv.AppendInt(out, int64(count), 10)
		out = append(out, '\n')
	}
	return out
}
