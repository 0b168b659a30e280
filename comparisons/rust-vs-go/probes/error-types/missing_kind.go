package main

import (
	"errors"
	"fmt"
)

var (
	ErrNotFound = errors.New("not found")
	ErrDenied   = errors.New("denied")
	ErrBusy     = errors.New("busy")
)

func status(err error) int {
	switch {
	case errors.Is(err, ErrNotFound):
		return 404
	case errors.Is(err, ErrDenied):
		return 403
	}
	return 200
}

func main() {
	fmt.Println(status(ErrNotFound), status(ErrDenied), status(ErrBusy))
}
