package main

import (
	"fmt"
	"slices"
)

// The library.
type Log struct {
	Kept [][]int
}

func (l *Log) Add(readings []int) {
	l.Kept = append(l.Kept, readings)
}

// The caller.
func main() {
	var log Log
	readings := []int{4, 8}
	for range 2 {
		log.Add(slices.Clone(readings))
		readings[0]++
	}
	fmt.Println(log.Kept)
}
