package main

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// fields are the names of the fields, in the order of a CSV row.
var fields = []string{"ts", "level", "service", "route", "status", "latency_us", "bytes", "user"}

// A record is one request as the access log tells it. Its texts belong to the
// reader and are good until the next record is read.
type record struct {
	ts        []byte
	level     level
	service   []byte
	route     []byte
	status    uint16
	latencyUS uint32
	bytes     uint64
	user      []byte
}

type level int

var levelNames = [...]string{"DEBUG", "INFO", "WARN", "ERROR"}

func parseLevel(name []byte) (level, bool) {
	for i, known := range levelNames {
		if string(name) == known {
			return level(i), true
		}
	}
	return 0, false
}

// parseCSV reports false if the row is malformed.
func parseCSV(row [][]byte) (record, bool) {
	if len(row) != len(fields) {
		return record{}, false
	}
	lvl, ok := parseLevel(row[1])
	if !ok {
		return record{}, false
	}
	status, ok := decimal(row[4], 1<<16-1)
	if !ok {
		return record{}, false
	}
	latency, ok := decimal(row[5], 1<<32-1)
	if !ok {
		return record{}, false
	}
	size, ok := decimal(row[6], 1<<64-1)
	if !ok {
		return record{}, false
	}
	r := record{
		ts:        row[0],
		level:     lvl,
		service:   row[2],
		route:     row[3],
		status:    uint16(status),
		latencyUS: uint32(latency),
		bytes:     size,
		user:      row[7],
	}
	return r, r.isWellFormed()
}

// jsonRecord has pointers where a missing field could not be told from a zero
// that is well formed.
type jsonRecord struct {
	TS        string  `json:"ts"`
	Level     string  `json:"level"`
	Service   string  `json:"service"`
	Route     string  `json:"route"`
	Status    uint16  `json:"status"`
	LatencyUS *uint32 `json:"latency_us"`
	Bytes     *uint64 `json:"bytes"`
	User      string  `json:"user"`
}

// parseJSON reports false if the line is malformed. It may change the line.
func parseJSON(line []byte) (record, bool) {
	// Unmarshal would replace what is not UTF-8 and go on.
	if !utf8.Valid(line) {
		return record{}, false
	}
	if r, ok := scanRecord(line); ok {
		return r, r.isWellFormed()
	}
	var j jsonRecord
	if err := json.Unmarshal(line, &j); err != nil {
		return record{}, false
	}
	lvl, ok := parseLevel([]byte(j.Level))
	if !ok || j.LatencyUS == nil || j.Bytes == nil {
		return record{}, false
	}
	r := record{
		ts:        []byte(j.TS),
		level:     lvl,
		service:   []byte(j.Service),
		route:     []byte(j.Route),
		status:    j.Status,
		latencyUS: *j.LatencyUS,
		bytes:     *j.Bytes,
		user:      []byte(j.User),
	}
	return r, r.isWellFormed()
}

// hour is the time up to the hour: "2026-01-02T03".
func (r *record) hour() []byte { return r.ts[:13] }

func (r *record) isServerError() bool { return r.status >= 500 }

func (r *record) isWellFormed() bool {
	return isTimestamp(r.ts) &&
		isLabel(r.service) &&
		isLabel(r.route) &&
		100 <= r.status && r.status <= 599 &&
		isLabel(r.user)
}

// decimal is a number of digits alone, at most largest.
func decimal(digits []byte, largest uint64) (n uint64, ok bool) {
	for _, digit := range digits {
		d := uint64(digit - '0')
		if d > 9 || n > (largest-d)/10 {
			return 0, false
		}
		n = 10*n + d
	}
	return n, len(digits) > 0
}

// isTimestamp reports whether ts has the shape "2026-01-02T03:04:05Z"; the
// calendar is not consulted.
func isTimestamp(ts []byte) bool {
	const shape = "0000-00-00T00:00:00Z"
	if len(ts) != len(shape) {
		return false
	}
	for i := range len(shape) {
		if shape[i] == '0' {
			if ts[i] < '0' || ts[i] > '9' {
				return false
			}
		} else if ts[i] != shape[i] {
			return false
		}
	}
	return true
}

// isLabel reports whether text may be a name. A name has no line break: with
// one, a quote was left open and the next rows were swallowed.
func isLabel(text []byte) bool {
	return len(text) > 0 && utf8.Valid(text) &&
		bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') < 0
}
