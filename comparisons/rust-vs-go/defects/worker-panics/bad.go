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
			parts := strings.Split(setting, "=")
			values <- parts[1]
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
