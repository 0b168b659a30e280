package main

import (
	"bytes"
	"fmt"
	"os"
)

// Declared here, years after the types that satisfy it.
type lengthReporter interface {
	Len() int
	String() string
}

func summary(r lengthReporter) string {
	return fmt.Sprintf("%d bytes: %s", r.Len(), r)
}

func main() {
	fmt.Fprintln(os.Stdout, summary(bytes.NewBufferString("hello")))
}
