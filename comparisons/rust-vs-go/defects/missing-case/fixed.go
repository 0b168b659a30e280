package main

import (
	"fmt"
	"os"
)

type plan int

const (
	free plan = iota
	team
	business
)

var plans = map[string]plan{"free": free, "team": team, "business": business}

func seats(p plan) int {
	switch p {
	case free:
		return 1
	case team:
		return 10
	case business:
		return 200
	}
	return 0
}

func run(name string) string {
	p, ok := plans[name]
	if !ok {
		return "no such plan"
	}
	return fmt.Sprintf("%s: %d seats", name, seats(p))
}

func main() {
	fmt.Println(run(os.Args[1]))
}
