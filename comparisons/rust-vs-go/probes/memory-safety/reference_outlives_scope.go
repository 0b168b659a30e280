package main

import (
	"fmt"
	"runtime"
)

func main() {
	var longest *string
	{
		line := "the longest line"
		longest = &line
	}
	runtime.GC()
	fmt.Println(*longest)
}
