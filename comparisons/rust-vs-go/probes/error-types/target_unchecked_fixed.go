package main

import (
	"errors"
	"fmt"
)

type NotFound struct{ Key string }

func (e NotFound) Error() string { return e.Key + " not found" }

func describe(err error, target any) string {
	if errors.As(err, target) {
		return "expected"
	}
	return "unknown error"
}

func main() {
	var missing NotFound
	fmt.Println(describe(NotFound{Key: "ada"}, &missing))
}
