package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

// parse reads "app:lib,log lib:log log:": what each package needs.
func parse(text string) map[string][]string {
	needs := make(map[string][]string)
	for _, line := range strings.Fields(text) {
		name, list, _ := strings.Cut(line, ":")
		if list != "" {
			needs[name] = strings.Split(list, ",")
		}
	}
	return needs
}

// depth is how many packages are built one after another, at most.
func depth(needs map[string][]string, name string) int {
	deepest := 0
	for _, need := range needs[name] {
		deepest = max(deepest, depth(needs, need))
	}
	return deepest + 1
}

func run(packages string) string {
	return fmt.Sprintf("%d steps", depth(parse(packages), "app"))
}

func init() {
	debug.SetMaxStack(64 << 20)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
