package main

import (
	"errors"
	"fmt"
)

type NotFound struct{ Key string }

func (e *NotFound) Error() string { return e.Key + " not found" }

func main() {
	err := fmt.Errorf("load: %w", &NotFound{Key: "ada"})
	if missing, ok := errors.AsType[NotFound](err); ok {
		fmt.Println("no such key:", missing.Key)
	}
}
