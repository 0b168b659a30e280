package main

import (
	"bytes"
	"errors"
	"fmt"
)

var errSyntax = errors.New("syntax error")

// An unknownCommandError is the name that stands for no command.
type unknownCommandError string

func (e unknownCommandError) Error() string { return fmt.Sprintf("unknown command '%s'", string(e)) }

// A wrongNumberError names the command whose arguments are too many or too few.
type wrongNumberError string

func (e wrongNumberError) Error() string {
	return fmt.Sprintf("wrong number of arguments for '%s' command", string(e))
}

// answer writes the reply to words, of which there is one at least: the
// command's name.
func answer(words [][]byte, s *store, w replyWriter) {
	if err := execute(words[0], words[1:], s, w); err != nil {
		w.fault(err)
	}
}

// execute writes a reply, or returns why there is none.
func execute(name []byte, args [][]byte, s *store, w replyWriter) error {
	switch string(bytes.ToLower(name)) {
	case "get":
		if len(args) != 1 {
			return wrongNumberError("get")
		}
		w.value(s.get(args[0]))
	case "set":
		return executeSet(args, s, w)
	case "del":
		return executeCount("del", args, s.delete, w)
	case "exists":
		return executeCount("exists", args, s.contains, w)
	case "incr":
		return executeIncr(args, s, w)
	case "mget":
		return executeMGet(args, s, w)
	case "ping":
		return executePing(args, w)
	case "dbsize":
		if len(args) != 0 {
			return wrongNumberError("dbsize")
		}
		w.integer(int64(s.len()))
	default:
		return unknownCommandError(quoted(name))
	}
	return nil
}

// executeSet knows no options such as EX.
func executeSet(args [][]byte, s *store, w replyWriter) error {
	switch {
	case len(args) < 2:
		return wrongNumberError("set")
	case len(args) > 2:
		return errSyntax
	}
	s.set(args[0], args[1])
	w.simple("OK")
	return nil
}

// executeCount counts a key that is named twice twice.
func executeCount(name string, keys [][]byte, isCounted func(key []byte) bool, w replyWriter) error {
	if len(keys) == 0 {
		return wrongNumberError(name)
	}
	var n int64
	for _, key := range keys {
		if isCounted(key) {
			n++
		}
	}
	w.integer(n)
	return nil
}

func executeIncr(args [][]byte, s *store, w replyWriter) error {
	if len(args) != 1 {
		return wrongNumberError("incr")
	}
	n, err := s.increment(args[0])
	if err != nil {
		return err
	}
	w.integer(n)
	return nil
}

func executeMGet(keys [][]byte, s *store, w replyWriter) error {
	if len(keys) == 0 {
		return wrongNumberError("mget")
	}
	w.array(len(keys))
	for _, key := range keys {
		w.value(s.get(key))
	}
	return nil
}

func executePing(args [][]byte, w replyWriter) error {
	switch len(args) {
	case 0:
		w.simple("PONG")
	case 1:
		w.value(args[0], true)
	default:
		return wrongNumberError("ping")
	}
	return nil
}
