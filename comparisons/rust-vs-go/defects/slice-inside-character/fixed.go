package main

import (
	"fmt"
	"os"
)

// shorten cuts a title that does not fit its column.
func shorten(title string) string {
	characters := []rune(title)
	if len(characters) <= 8 {
		return title
	}
	return string(characters[:7]) + "…"
}

func run(title string) string {
	return shorten(title)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
