package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
)

func main() {
	before := new(runtime.MemStats)
	runtime.ReadMemStats(before)
	runtime.GC()
	after := new(runtime.MemStats)
	runtime.ReadMemStats(after)

	threads := pprof.Lookup("threadcreate").Count()
	fmt.Println("threads:", threads, "collections:", after.NumGC-before.NumGC)
	if threads < 2 || after.NumGC == before.NumGC {
		os.Exit(1)
	}
}
