package main

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

const (
	maxUserLen = 64
	maxQuota   = 150_000
)

// A command is one of the types below.
type command any

type (
	createCommand struct{ draft }
	readCommand   struct{ user string }
	updateCommand struct{ draft }
	deleteCommand struct{ user string }
	listCommand   struct{ service, after string }
)

// A draft is what a client says of an account.
type draft struct {
	user    string
	service string
	route   string
	quota   uint64
}

// A request is a record of an access log, whose status stands for the
// operation. What is missing is empty.
type request struct {
	Status  uint16 `json:"status"`
	User    string `json:"user"`
	Service string `json:"service"`
	Route   string `json:"route"`
	Bytes   uint64 `json:"bytes"`
}

func parseCommand(line []byte) (command, error) {
	// Unmarshal would replace what is not UTF-8 and go on.
	if !utf8.Valid(line) {
		return nil, errMalformed
	}
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return nil, errMalformed
	}
	switch r.Status {
	case 200:
		d, err := r.draft()
		return createCommand{d}, err
	case 204:
		d, err := r.draft()
		return updateCommand{d}, err
	case 301:
		return readCommand{r.User}, checkUser(r.User)
	case 404:
		return deleteCommand{r.User}, checkUser(r.User)
	case 500:
		// The user from whom on is listed need not have an account.
		return listCommand{r.Service, r.User}, checkService(r.Service)
	default:
		return nil, unknownOperationError(r.Status)
	}
}

func (r *request) draft() (draft, error) {
	if err := checkUser(r.User); err != nil {
		return draft{}, err
	}
	if err := checkService(r.Service); err != nil {
		return draft{}, err
	}
	if !strings.HasPrefix(r.Route, "/") {
		return draft{}, &invalidError{"route", "must begin with a slash"}
	}
	if r.Bytes > maxQuota {
		return draft{}, &invalidError{"bytes", "must not be more than 150000"}
	}
	return draft{user: r.User, service: r.Service, route: r.Route, quota: r.Bytes}, nil
}

func checkUser(user string) error {
	if user == "" {
		return &invalidError{"user", "must not be empty"}
	}
	if len(user) > maxUserLen {
		return &invalidError{"user", "must not be longer than 64 bytes"}
	}
	return nil
}

func checkService(service string) error {
	if service == "" {
		return &invalidError{"service", "must not be empty"}
	}
	return nil
}
