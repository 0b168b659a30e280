package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// run removes the layers that were not written to the end: those with a "!".
func run(names string) string {
	layers := strings.Fields(names)
	layers = slices.DeleteFunc(layers, func(layer string) bool {
		return strings.HasSuffix(layer, "!")
	})
	return strings.Join(layers, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
