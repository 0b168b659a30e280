package main

import (
	"bytes"
	"os"
	"regexp"
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

// search returns what report asks to be printed of the file at path; nothing
// if no line matches.
func search(re *regexp.Regexp, path string, report reportKind) ([]byte, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if bytes.IndexByte(content[:min(len(content), binaryCheckLen)], 0) >= 0 {
		return nil, nil
	}
	return rows(re, path, content, report), nil
}

func rows(re *regexp.Regexp, path string, content []byte, report reportKind) []byte {
	var out []byte
	number, count := 0, 0
	for line := range bytes.Lines(content) {
		number++
		line = bytes.TrimSuffix(line, []byte("\n"))
		if !re.Match(line) {
			continue
		}
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
