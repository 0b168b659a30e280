package main

import (
	"fmt"
	"os"
)

type State int

const (
	Open State = iota
	Paid
	Cancelled
)

func parse(name string) State {
	switch name {
	case "paid":
		return Paid
	case "cancelled":
		return Cancelled
	default:
		return Open
	}
}

// run ships an order that is in the state of this name.
func run(name string) string {
	state := parse(name)
	if state != Paid {
		return fmt.Sprintf("cannot ship: %v", state)
	}
	return "shipped"
}

func main() {
	fmt.Println(run(os.Args[1]))
}
