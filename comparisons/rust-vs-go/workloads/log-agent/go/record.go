package main

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var lineForm = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)` +
	` (DEBUG|INFO|WARN|ERROR)` +
	` ([a-z-]+)\[([0-9]+)\]` +
	` ([0-9a-f]{8})` +
	` ([A-Z]+) (/[^ ]*) ([0-9]{3})` +
	` ([0-9]+)us ([0-9]+)B` +
	` (.*)$`)

// A record is a line of the log that has its form.
type record struct {
	TS        string `json:"ts"`
	Level     string `json:"level"`
	Service   string `json:"service"`
	PID       uint32 `json:"pid"`
	Request   string `json:"request"`
	Method    string `json:"method"`
	Route     string `json:"route"`
	Status    uint16 `json:"status"`
	LatencyUS uint32 `json:"latency_us"`
	Bytes     uint64 `json:"bytes"`
	Message   string `json:"message"`
}

// A raw is any other line, as it is.
type raw struct {
	Raw string `json:"raw"`
}

// encodeLine encodes the record that a line is, or else the line.
func encodeLine(encoder *json.Encoder, line string) error {
	if r, ok := parseRecord(line); ok {
		return encoder.Encode(r)
	}
	return encoder.Encode(raw{strings.ToValidUTF8(line, "\uFFFD")})
}

func parseRecord(line string) (*record, bool) {
	if !utf8.ValidString(line) {
		return nil, false
	}
	m := lineForm.FindStringSubmatch(line)
	if m == nil {
		return nil, false
	}
	pid, err1 := strconv.ParseUint(m[4], 10, 32)
	status, err2 := strconv.ParseUint(m[8], 10, 16)
	latency, err3 := strconv.ParseUint(m[9], 10, 32)
	bytes, err4 := strconv.ParseUint(m[10], 10, 64)
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
		return nil, false
	}
	return &record{
		TS:        m[1],
		Level:     m[2],
		Service:   m[3],
		PID:       uint32(pid),
		Request:   m[5],
		Method:    m[6],
		Route:     m[7],
		Status:    uint16(status),
		LatencyUS: uint32(latency),
		Bytes:     bytes,
		Message:   m[11],
	}, true
}
