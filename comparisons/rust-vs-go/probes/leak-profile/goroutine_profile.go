package main

import (
	"fmt"
	"os"
	"runtime/pprof"
)

func main() {
	profile := pprof.Lookup("goroutine")
	if profile == nil {
		fmt.Println("no goroutine profile in this release")
		os.Exit(1)
	}
	fmt.Println("goroutine profile:", profile.Name())
}
