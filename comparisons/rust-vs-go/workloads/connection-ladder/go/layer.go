package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

const (
	usage = "usage: PORT=N connection-ladder tasks N|channels N|tcp|http|tls"
	most  = 10_000_000
)

// A layer is what is asked to wait.
type layer struct {
	name string
	n    int // How many; 0 where clients connect.
}

// parse returns the layer, and the port to listen on.
func parse(args []string, port string) (layer, uint16, error) {
	if port == "" {
		return layer{}, 0, errors.New("PORT is not set")
	}
	p, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return layer{}, 0, fmt.Errorf("PORT must be a port, not %q", port)
	}
	l, err := parseLayer(args)
	return l, uint16(p), err
}

func parseLayer(args []string) (layer, error) {
	if len(args) == 2 && (args[0] == "tasks" || args[0] == "channels") {
		n, err := strconv.Atoi(args[1])
		if err != nil || n < 1 || n > most {
			return layer{}, fmt.Errorf("N must be a whole number from 1 to %d, not %q", most, args[1])
		}
		return layer{args[0], n}, nil
	}
	if len(args) == 1 && (args[0] == "tcp" || args[0] == "http" || args[0] == "tls") {
		return layer{name: args[0]}, nil
	}
	return layer{}, fmt.Errorf("no such layer: %q", strings.Join(args, " "))
}
