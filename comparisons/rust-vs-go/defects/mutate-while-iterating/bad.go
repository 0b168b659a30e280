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
	for i, layer := range layers {
		if strings.HasSuffix(layer, "!") {
			layers = slices.Delete(layers, i, i+1)
		}
	}
	return strings.Join(layers, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
