package main

import (
	"errors"
	"fmt"
)

var (
	errMalformed = errors.New("not a request")
	errExists    = errors.New("exists")
	errNotFound  = errors.New("not found")
)

// An unknownOperationError is the status that stands for no operation.
type unknownOperationError uint16

func (e unknownOperationError) Error() string { return fmt.Sprintf("operation %d: unknown", e) }

// An invalidError names the field and the rule that it does not meet.
type invalidError struct{ field, rule string }

func (e *invalidError) Error() string { return e.field + ": " + e.rule }

// A refusal is what a client is told of an error.
type refusal struct {
	Code    string `json:"error"`
	Message string `json:"message"`
}

func refuse(err error) refusal {
	return refusal{Code: code(err), Message: err.Error()}
}

// code is what a client tells errors apart by.
func code(err error) string {
	if _, ok := errors.AsType[unknownOperationError](err); ok {
		return "unknown_operation"
	}
	if _, ok := errors.AsType[*invalidError](err); ok {
		return "invalid"
	}
	switch {
	case errors.Is(err, errMalformed):
		return "malformed"
	case errors.Is(err, errExists):
		return "exists"
	case errors.Is(err, errNotFound):
		return "not_found"
	default:
		return "internal"
	}
}
