package main

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
)

var held atomic.Int64

type Lease struct{ name string }

func take(name string) *Lease {
	held.Add(1)
	lease := &Lease{name: name}
	runtime.AddCleanup(lease, func(n int64) { held.Add(-n) }, 1)
	return lease
}

func settle(lease *Lease) {
	fmt.Println("settling under", lease.name)
}

func main() {
	lease := take("ledger")
	settle(lease)
	if n := held.Load(); n != 0 {
		fmt.Println("leases still held:", n)
		os.Exit(1)
	}
	fmt.Println("released")
}
