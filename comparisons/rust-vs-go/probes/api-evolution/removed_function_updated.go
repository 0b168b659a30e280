package main

import "fmt"

// The library.
func RenderHTML(text string) string {
	return "<p>" + text + "</p>"
}

// The caller.
func main() {
	fmt.Println(RenderHTML("hello"))
}
