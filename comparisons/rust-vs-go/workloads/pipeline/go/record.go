package main

import (
	"strconv"
	"unicode/utf8"
)

// columns are the names of the columns, in order.
var columns = []string{"ts", "level", "service", "route", "status", "latency_us", "bytes", "user"}

// A record is one request as the access log tells it.
type record struct {
	number    uint64 // Among the records that are well formed, from 1.
	service   string
	status    uint16
	latencyUS uint32
	bytes     uint64
	user      string
}

// parseRow reports false if the row is malformed.
func parseRow(number uint64, row []string) (record, bool) {
	if len(row) != len(columns) {
		return record{}, false
	}
	status, err := strconv.ParseUint(row[4], 10, 16)
	if err != nil || status < 100 || status > 599 {
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
		number:    number,
		service:   row[2],
		status:    uint16(status),
		latencyUS: uint32(latency),
		bytes:     size,
		user:      row[7],
	}
	return r, isText(r.service) && isText(r.user)
}

func isText(field string) bool { return field != "" && utf8.ValidString(field) }
