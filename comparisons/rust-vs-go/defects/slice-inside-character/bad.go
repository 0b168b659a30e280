package main

import (
	"fmt"
	"os"
)

// shorten cuts a title that does not fit its column.
func shorten(title string) string {
	if len(title) <= 8 {
		return title
	}
	return title[:7] + "…"
}

func run(title string) string {
	return shorten(title)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
