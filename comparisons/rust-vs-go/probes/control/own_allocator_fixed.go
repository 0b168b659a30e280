package main

import "fmt"

func main() {
	var own [100]uint64
	squares := own[:0]
	for n := range uint64(100) {
		squares = append(squares, n*n)
	}
	fmt.Println(len(squares), "numbers in the program's own block")
}
