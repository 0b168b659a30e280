package main

import (
	"arena"
	"fmt"
)

func main() {
	own := arena.NewArena()
	defer own.Free()
	squares := arena.MakeSlice[uint64](own, 0, 100)
	for n := range uint64(100) {
		squares = append(squares, n*n)
	}
	fmt.Println(len(squares), "numbers in the program's own block")
}
