package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// fields are the names of the fields, in the order of a CSV row.
var fields = []string{"ts", "level", "service", "route", "status", "latency_us", "bytes", "user"}

// A record is one request as the access log tells it.
type record struct {
	ts        string
	level     level
	service   string
	route     string
	status    uint16
	latencyUS uint32
	bytes     uint64
	user      string
}

type level int

var levelNames = [...]string{"DEBUG", "INFO", "WARN", "ERROR"}

func parseLevel(name string) (level, bool) {
	for i, known := range levelNames {
		if name == known {
			return level(i), true
		}
	}
	return 0, false
}

// parseCSV reports false if the row is malformed.
func parseCSV(row []string) (record, bool) {
	if len(row) != len(fields) {
		return record{}, false
	}
	lvl, ok := parseLevel(row[1])
	if !ok {
		return record{}, false
	}
	status, err := strconv.ParseUint(row[4], 10, 16)
	if err != nil {
		return record{}, false
	}
	latency, err := strconv.ParseUint(row[5], 10, 32)
	if err != nil {
		return record{}, false
	}
	size, err := strconv.ParseUint(row[6], 10, 64)
	if err != nil {
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

// parseJSON reports false if the line is malformed.
func parseJSON(line []byte) (record, bool) {
	// Unmarshal would replace what is not UTF-8 and go on.
	if !utf8.Valid(line) {
		return record{}, false
	}
	var j jsonRecord
	if err := json.Unmarshal(line, &j); err != nil {
		return record{}, false
	}
	lvl, ok := parseLevel(j.Level)
	if !ok || j.LatencyUS == nil || j.Bytes == nil {
		return record{}, false
	}
	r := record{
		ts:        j.TS,
		level:     lvl,
		service:   j.Service,
		route:     j.Route,
		status:    j.Status,
		latencyUS: *j.LatencyUS,
		bytes:     *j.Bytes,
		user:      j.User,
	}
	return r, r.isWellFormed()
}

// hour is the time up to the hour: "2026-01-02T03".
func (r *record) hour() string { return r.ts[:13] }

func (r *record) isServerError() bool { return r.status >= 500 }

func (r *record) isWellFormed() bool {
	return isTimestamp(r.ts) &&
		isLabel(r.service) &&
		isLabel(r.route) &&
		100 <= r.status && r.status <= 599 &&
		isLabel(r.user)
}

// isTimestamp reports whether ts has the shape "2026-01-02T03:04:05Z"; the
// calendar is not consulted.
func isTimestamp(ts string) bool {
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
func isLabel(text string) bool {
	return text != "" && utf8.ValidString(text) && !strings.ContainsAny(text, "\r\n")
}
