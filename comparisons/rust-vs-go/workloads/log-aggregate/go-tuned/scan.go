package main

import (
	"bytes"
	"math"
)

// scanRecord reads a line as most of them are: the known keys in the usual
// order, without blanks and \u. It reports false if the line has to be looked
// at by a whole decoder, and leaves it as it was; what it finds is what that
// would find. Escapes are undone within the line.
func scanRecord(line []byte) (record, bool) {
	s := scanner{rest: line}
	ts := s.text(`{"ts":"`)
	lvl, known := parseLevel(s.text(`,"level":"`).written)
	service := s.text(`,"service":"`)
	route := s.text(`,"route":"`)
	status := s.number(`,"status":`, math.MaxUint16)
	latency := s.number(`,"latency_us":`, math.MaxUint32)
	size := s.number(`,"bytes":`, math.MaxUint64)
	user := s.text(`,"user":"`)
	if s.failed || !known || string(s.rest) != "}" {
		return record{}, false
	}
	return record{
		ts:        ts.unescaped(),
		level:     lvl,
		service:   service.unescaped(),
		route:     route.unescaped(),
		status:    uint16(status),
		latencyUS: uint32(latency),
		bytes:     size,
		user:      user.unescaped(),
	}, true
}

// A scanner that has failed once stays failed.
type scanner struct {
	rest   []byte
	failed bool
}

// A span is a text as it was written. It keeps what is to be done to it until
// the whole line is known to be understood.
type span struct {
	written []byte
	escapes bool
}

// text returns the text after start, without its closing quote.
func (s *scanner) text(start string) span {
	s.skip(start)
	escapes := false
	for i := 0; i < len(s.rest); i++ {
		switch b := s.rest[i]; {
		case b == '"':
			written := s.rest[:i]
			s.rest = s.rest[i+1:]
			return span{written, escapes}
		case b == '\\':
			escapes = true
			i++
			if i == len(s.rest) || !isPlainEscape(s.rest[i]) {
				s.failed = true
				return span{}
			}
		case b < ' ':
			s.failed = true
			return span{}
		}
	}
	s.failed = true
	return span{}
}

// isPlainEscape reports whether a backslash before b stands for b itself.
func isPlainEscape(b byte) bool { return b == '"' || b == '\\' || b == '/' }

func (s span) unescaped() []byte {
	if !s.escapes {
		return s.written
	}
	text := s.written[:0]
	for i := 0; i < len(s.written); i++ {
		if s.written[i] == '\\' {
			i++
		}
		text = append(text, s.written[i])
	}
	return text
}

func (s *scanner) number(start string, largest uint64) uint64 {
	s.skip(start)
	end := 0
	for end < len(s.rest) && '0' <= s.rest[end] && s.rest[end] <= '9' {
		end++
	}
	digits := s.rest[:end]
	s.rest = s.rest[end:]
	n, ok := decimal(digits, largest)
	if !ok || len(digits) > 1 && digits[0] == '0' {
		s.failed = true
	}
	return n
}

func (s *scanner) skip(start string) {
	rest, ok := bytes.CutPrefix(s.rest, []byte(start))
	s.rest = rest
	s.failed = s.failed || !ok
}
