package main

import (
	"errors"
	"fmt"
)

// The library.
var (
	ErrNotFound = errors.New("not found")
	ErrDenied   = errors.New("denied")
	ErrBusy     = errors.New("busy")
)

func Load(key string) (string, error) {
	switch len(key) {
	case 0:
		return "", ErrNotFound
	case 1:
		return "", ErrDenied
	case 2:
		return "", ErrBusy
	}
	return key, nil
}

// The caller.
func status(key string) int {
	_, err := Load(key)
	switch {
	case errors.Is(err, ErrNotFound):
		return 404
	case errors.Is(err, ErrDenied):
		return 403
	case errors.Is(err, ErrBusy):
		return 503
	}
	return 200
}

func main() {
	fmt.Println(status("eu"))
}
