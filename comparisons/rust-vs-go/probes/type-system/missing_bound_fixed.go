package main

import (
	"cmp"
	"fmt"
)

func larger[T cmp.Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func main() {
	fmt.Println(larger(3, 5))
}
