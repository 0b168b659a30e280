package main

import (
	"fmt"
	"os"
	"runtime/pprof"
)

func main() {
	profile := pprof.Lookup("goroutineleak")
	if profile == nil {
		fmt.Println("no leak profile in this release")
		os.Exit(1)
	}
	fmt.Println("leak profile:", profile.Name())
}
