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
	var problem *invalidName
	if len(name) < 3 {
		problem = &invalidName{reason: "is too short"}
	} else if strings.Contains(name, "/") {
		problem = &invalidName{reason: "has a slash"}
	}
	return problem
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
