package main

import (
	"fmt"
	"os"
	"runtime"
)

type node struct{ left, right *node }

func grow(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{grow(depth - 1), grow(depth - 1)}
}

func main() {
	for range 64 {
		grow(14)
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	fmt.Println("collected by itself:", stats.NumGC > 0 && stats.Frees > 0)
	if stats.NumGC == 0 {
		os.Exit(1)
	}
}
