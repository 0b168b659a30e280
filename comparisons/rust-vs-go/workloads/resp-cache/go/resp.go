package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
)

const (
	mostWords = 1024        // Of a command.
	mostLen   = 1024 * 1024 // Of a word, in bytes.
	mostLine  = 32          // Of a line that tells a number, in bytes with its end.
)

// A protocolError means that the connection cannot be understood any further.
type protocolError string

func (e protocolError) Error() string { return "Protocol error: " + string(e) }

const (
	errWordCount  protocolError = "invalid multibulk length"
	errWordLength protocolError = "invalid bulk length"
	errLine       protocolError = "line without end"
	errBulkEnd    protocolError = "bulk without end"
)

// readCommand reads the words of a command, none if it is empty.
func readCommand(r *bufio.Reader) ([][]byte, error) {
	count, err := readHeader(r, '*', errWordCount)
	if err != nil {
		return nil, err
	}
	if count > mostWords {
		return nil, errWordCount
	}
	words := make([][]byte, max(count, 0))
	for i := range words {
		if words[i], err = readWord(r); err != nil {
			return nil, err
		}
	}
	return words, nil
}

func readWord(r *bufio.Reader) ([]byte, error) {
	length, err := readHeader(r, '$', errWordLength)
	if err != nil {
		return nil, err
	}
	if length < 0 || length > mostLen {
		return nil, errWordLength
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, err
	}
	var end [2]byte
	if _, err := io.ReadFull(r, end[:]); err != nil {
		return nil, err
	}
	if end != [2]byte{'\r', '\n'} {
		return nil, errBulkEnd
	}
	return text, nil
}

// readHeader reads a line with a number after its first character.
func readHeader(r *bufio.Reader, first byte, fault protocolError) (int64, error) {
	found, err := r.ReadByte()
	if err != nil {
		return 0, err
	}
	if found != first {
		return 0, protocolError(fmt.Sprintf("expected '%c', got '%c'", first, printable(found)))
	}
	var line [mostLine - 1]byte
	for i := range line {
		if line[i], err = r.ReadByte(); err != nil {
			return 0, err
		}
		if line[i] != '\n' {
			continue
		}
		if i == 0 || line[i-1] != '\r' {
			return 0, fault
		}
		n, err := strconv.ParseInt(string(line[:i-1]), 10, 64)
		if err != nil {
			return 0, fault
		}
		return n, nil
	}
	return 0, errLine
}

func printable(b byte) byte {
	if b < ' ' || b > '~' {
		return '?'
	}
	return b
}

// quoted is at most 64 characters of a text that came from a client, for use
// in an error.
func quoted(text []byte) string {
	quoted := make([]byte, min(len(text), 64))
	for i := range quoted {
		quoted[i] = printable(text[i])
	}
	return string(quoted)
}

// A replyWriter writes replies. What goes wrong with the writer below is told
// when that is flushed.
type replyWriter struct{ *bufio.Writer }

func (w replyWriter) simple(text string) {
	w.WriteByte('+')
	w.WriteString(text)
	w.WriteString("\r\n")
}

func (w replyWriter) fault(err error) {
	w.WriteString("-ERR ")
	w.WriteString(err.Error())
	w.WriteString("\r\n")
}

func (w replyWriter) integer(n int64) { w.number(':', n) }

func (w replyWriter) value(value []byte, ok bool) {
	if !ok {
		w.WriteString("$-1\r\n")
		return
	}
	w.number('$', int64(len(value)))
	w.Write(value)
	w.WriteString("\r\n")
}

func (w replyWriter) array(n int) { w.number('*', int64(n)) }

func (w replyWriter) number(first byte, n int64) {
	w.WriteByte(first)
	w.Write(strconv.AppendInt(w.AvailableBuffer(), n, 10))
	w.WriteString("\r\n")
}

// isProtocolError tells faults of a client from those of the connection.
func isProtocolError(err error) bool {
	_, ok := errors.AsType[protocolError](err)
	return ok
}
