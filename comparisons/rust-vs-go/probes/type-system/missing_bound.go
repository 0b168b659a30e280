package main

import "fmt"

func larger[T any](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func main() {
	fmt.Println(larger(3, 5))
}
