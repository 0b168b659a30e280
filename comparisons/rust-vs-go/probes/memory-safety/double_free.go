package main

import (
	"fmt"
	"runtime"
)

func main() {
	buffer := make([]byte, 64)
	shared := buffer
	buffer = nil
	runtime.GC()
	shared = nil
	runtime.GC()
	fmt.Println(len(buffer), len(shared))
}
