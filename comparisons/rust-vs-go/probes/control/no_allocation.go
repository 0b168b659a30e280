package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

func sum(line string) (total uint64) {
	for field := range strings.SplitSeq(line, ",") {
		if n, err := strconv.ParseUint(field, 10, 64); err == nil {
			total += n
		}
	}
	return total
}

func main() {
	var total uint64
	allocations := testing.AllocsPerRun(99, func() { total += sum("4,8,15,16,23,42") })
	fmt.Println("total", total, "allocations", allocations)
	if total != 10_800 || allocations != 0 {
		os.Exit(1)
	}
}
