package main

import "fmt"

type Light int

const (
	Red Light = iota
	Amber
	Green
)

func mayGo(light Light) (goes bool) {
	switch light {
	case Red:
		goes = false
	case Green:
		goes = true
	}
	return goes
}

func main() {
	for _, light := range []Light{Red, Amber, Green} {
		fmt.Println(mayGo(light))
	}
}
