package main

import (
	"fmt"
	"net/http"
)

// A fault is why a request was refused.
type fault struct {
	status  int
	code    string // what a client tells faults apart by
	message string
}

func (f *fault) Error() string { return f.message }

var (
	errMalformed            = &fault{http.StatusBadRequest, "malformed", "the body is not an order"}
	errMalformedID          = &fault{http.StatusBadRequest, "malformed", "id: must be a number"}
	errMalformedPage        = &fault{http.StatusBadRequest, "malformed", "after, limit: must be numbers"}
	errNoSuchPath           = &fault{http.StatusNotFound, "not_found", "no such path"}
	errMethodNotAllowed     = &fault{http.StatusMethodNotAllowed, "method_not_allowed", "this path has other methods"}
	errTooLarge             = &fault{http.StatusRequestEntityTooLarge, "too_large", "the body is larger than 4096 bytes"}
	errUnsupportedMediaType = &fault{http.StatusUnsupportedMediaType, "unsupported_media_type", "the content type must be application/json"}
	errInternal             = &fault{http.StatusInternalServerError, "internal", "something went wrong here"}
)

func errNoSuchOrder(id uint32) error {
	return &fault{http.StatusNotFound, "not_found", fmt.Sprintf("order %d: not found", id)}
}

func errInvalid(field, rule string) error {
	return &fault{http.StatusUnprocessableEntity, "invalid", field + ": " + rule}
}
