package main

import (
	"fmt"
	"os"
	"strings"
)

func run(click string) string {
	events := make(chan string)
	go func() { events <- click }()

	var seen []string
	for event := range events {
		seen = append(seen, event)
		switch event {
		case "save":
			events <- "close"
		default:
			close(events)
		}
	}
	return strings.Join(seen, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
