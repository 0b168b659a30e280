package main

import (
	"fmt"
	"os"
	"strings"
)

type invalidName struct {
	reason string
}

func (e *invalidName) Error() string {
	return "name " + e.reason
}

func check(name string) error {
	if len(name) < 3 {
		return &invalidName{reason: "is too short"}
	}
	if strings.Contains(name, "/") {
		return &invalidName{reason: "has a slash"}
	}
	return nil
}

func run(name string) string {
	if err := check(name); err != nil {
		return fmt.Sprintf("rejected: %v", err)
	}
	return "accepted"
}

func main() {
	fmt.Println(run(os.Args[1]))
}
