package main

import (
	"fmt"
	"os"
	"sync/atomic"
)

var held atomic.Int64

type Lease struct{ name string }

func take(name string) *Lease {
	held.Add(1)
	return &Lease{name: name}
}

func (l *Lease) Release() { held.Add(-1) }

func settle(lease *Lease) {
	defer lease.Release()
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
