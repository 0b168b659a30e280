// Prints what a Go program sees of the machine, as JSON.
package main

import (
	"encoding/json"
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

type sees struct {
	Workers     int    `json:"workers"`
	WorkersName string `json:"workers_name"`
	MemoryLimit *int64 `json:"memory_limit"`
}

func main() {
	seen := sees{Workers: runtime.GOMAXPROCS(0), WorkersName: "GOMAXPROCS"}
	// A negative limit changes nothing and returns the one in force.
	if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 {
		seen.MemoryLimit = &limit
	}
	if err := json.NewEncoder(os.Stdout).Encode(seen); err != nil {
		os.Exit(1)
	}
}
