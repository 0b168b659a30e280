package main

import "fmt"

func main() {
	var later []func()
	for n := 0; n < 3; n++ {
		later = append(later, func() { fmt.Print(n, " ") })
	}
	for _, say := range later {
		say()
	}
}
