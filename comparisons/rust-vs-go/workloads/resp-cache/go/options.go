package main

import (
	"errors"
	"fmt"
	"strconv"
)

const usage = "usage: PORT=N resp-cache [--live-megabytes N] [--max-entries N]"

// options are what the program is told when it starts.
type options struct {
	port          uint16
	liveMegabytes uint32 // Keys and values that are there from the start, in millions of bytes.
	maxEntries    int    // How many entries are kept; 0: all.
}

func parseOptions(args []string, port string) (options, error) {
	if port == "" {
		return options{}, errors.New("PORT is not set")
	}
	p, err := number("PORT", port, 16)
	if err != nil {
		return options{}, err
	}
	opts := options{port: uint16(p)}
	for i := 0; i < len(args); i += 2 {
		value := ""
		if i+1 < len(args) {
			value = args[i+1]
		}
		var n uint64
		switch args[i] {
		case "--live-megabytes":
			n, err = number(args[i], value, 32)
			opts.liveMegabytes = uint32(n)
		case "--max-entries":
			n, err = number(args[i], value, 63)
			opts.maxEntries = int(n)
		default:
			err = fmt.Errorf("no such argument: %s", args[i])
		}
		if err != nil {
			return options{}, err
		}
	}
	return opts, nil
}

func number(name, text string, bits int) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, bits)
	if err != nil {
		return 0, fmt.Errorf("%s must be a whole number, not %q", name, text)
	}
	return n, nil
}
