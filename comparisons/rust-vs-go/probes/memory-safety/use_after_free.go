package main

import (
	"fmt"
	"runtime"
)

func main() {
	names := []string{"ada", "grace"}
	first := &names[0]
	names = nil
	runtime.GC()
	fmt.Println(*first, names)
}
