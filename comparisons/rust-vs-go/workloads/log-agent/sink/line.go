package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// An entry is a line as an agent sends it: the fields of a record, or, where
// the line has not the form of one, the line alone.
type entry struct {
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

	Raw string `json:"raw"`
}

func (e *entry) text() string {
	if e.Raw != "" {
		return e.Raw
	}
	return fmt.Sprintf("%s %s %s[%d] %s %s %s %d %dus %dB %s",
		e.TS, e.Level, e.Service, e.PID, e.Request, e.Method, e.Route, e.Status, e.LatencyUS, e.Bytes, e.Message)
}

// number is the number of the line, which stands in each of them.
func (e *entry) number() (int, error) {
	digits := e.Request
	if e.Raw != "" {
		_, after, _ := strings.Cut(e.Raw, "#")
		digits = after[:min(len(after), 8)]
	}
	if decoded, err := hex.DecodeString(digits); err != nil || len(decoded) != 4 {
		return 0, errors.New("no number: " + digits)
	}
	number, err := strconv.ParseUint(digits, 16, 32)
	return int(number), err
}

var (
	began    = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	levels   = []string{"INFO", "INFO", "INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"}
	services = []string{"cart", "checkout", "search", "user-profile"}
	routes   = []string{"/cart/items/", "/orders/", "/search?page=", "/users/", "/health?n="}
	statuses = []uint16{200, 200, 200, 200, 201, 204, 301, 404, 500, 503}
	messages = []string{
		"ok",
		"served from cache",
		"upstream took longer than usual",
		`user "zoë" is unknown`,
		`json: cannot decode "\u003c", <html> & co`,
		"größer als erwartet, 数据 is left out",
		"retry 2 of 3: connection reset by peer",
		"",
	}
)

// lineOf returns a line of a log, without its end, and what an agent makes of
// it. It is the same for the same number.
func lineOf(number, malformedEach int) ([]byte, entry) {
	random := rand.New(rand.NewPCG(6, uint64(number)))
	e := entry{
		TS:        began.Add(time.Duration(number) * time.Millisecond).Format("2006-01-02T15:04:05.000Z"),
		Level:     levels[random.IntN(len(levels))],
		Service:   services[random.IntN(len(services))],
		PID:       uint32(100 + random.IntN(20)),
		Request:   fmt.Sprintf("%08x", number),
		Method:    "GET",
		Route:     routes[random.IntN(len(routes))] + strconv.Itoa(random.IntN(5000)),
		Status:    statuses[random.IntN(len(statuses))],
		LatencyUS: uint32(random.ExpFloat64() * 3000),
		Bytes:     uint64(random.IntN(100_000)),
		Message:   messages[random.IntN(len(messages))],
	}
	if number%malformedEach == malformedEach-1 {
		return malformed(number, number/malformedEach%5, &e)
	}
	return []byte(e.text()), e
}

// malformed returns a line that looks like the record more or less, and the
// entry that it is.
func malformed(number, kind int, e *entry) ([]byte, entry) {
	e.Message = fmt.Sprintf("#%08x %s", number, e.Message)
	var line string
	switch kind {
	case 0:
		line = fmt.Sprintf("\tat cart.Cart.add(Cart.java:812) #%08x", number)
	case 1:
		e.Level = "NOTICE"
		line = e.text()
	case 2: // Of the form of a number, but none of 32 bits.
		line = strings.Replace(e.text(), fmt.Sprintf("[%d]", e.PID), "[99999999999]", 1)
	case 3: // Not UTF-8: Latin-1.
		line = e.text() + " gr\xf6ber"
	default:
		line = e.text()[11:]
	}
	return []byte(line), entry{Raw: strings.ToValidUTF8(line, "\uFFFD")}
}
