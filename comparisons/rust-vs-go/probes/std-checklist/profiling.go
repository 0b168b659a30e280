package main

import (
	"bytes"
	"fmt"
	"runtime/pprof"
)

func main() {
	var cpu, heap bytes.Buffer
	if err := pprof.StartCPUProfile(&cpu); err != nil {
		panic(err)
	}
	total := 0
	for n := range 10_000_000 {
		total += n % 7
	}
	pprof.StopCPUProfile()
	if err := pprof.WriteHeapProfile(&heap); err != nil {
		panic(err)
	}
	fmt.Println("profiles:", total > 0, cpu.Len() > 0, heap.Len() > 0)
}
