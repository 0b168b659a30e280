package main

import (
	"errors"
	"fmt"
)

type NotFound struct{ Key string }

func (e NotFound) Error() string { return e.Key + " not found" }

func load(key string) error { return NotFound{Key: key} }

func main() {
	err := load("ada")
	var missing NotFound
	if errors.As(err, &missing) {
		fmt.Println("no such key:", missing.Key)
		return
	}
	fmt.Println("unknown error:", err)
}
