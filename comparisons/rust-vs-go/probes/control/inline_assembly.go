package main

import "fmt"

// The body would be in assembly, which only a file of its own can hold.
func add(a, b uint64) uint64

func main() {
	fmt.Println(add(40, 2))
}
