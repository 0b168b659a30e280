package main

import "fmt"

func add(a, b uint64) uint64 { return a + b }

func main() {
	fmt.Println(add(40, 2))
}
