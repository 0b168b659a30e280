package main

import (
	"fmt"
	"os"
	"strings"
)

func run(settings string) string {
	values := make(chan string)
	go func() {
		defer close(values)
		for _, setting := range strings.Fields(settings) {
			if _, value, ok := strings.Cut(setting, "="); ok {
				values <- value
			}
		}
	}()

	var applied []string
	for value := range values {
		applied = append(applied, value)
	}
	return "healthy, applied " + strings.Join(applied, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
