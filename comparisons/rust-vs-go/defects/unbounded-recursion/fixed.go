package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

var errCycle = errors.New("a package needs itself")

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

// depth is how many packages are built one after another, at most. The path
// leads from the first package to this one.
func depth(needs map[string][]string, path []string, name string) (int, error) {
	if slices.Contains(path, name) {
		return 0, errCycle
	}
	path = append(path, name)
	deepest := 0
	for _, need := range needs[name] {
		d, err := depth(needs, path, need)
		if err != nil {
			return 0, err
		}
		deepest = max(deepest, d)
	}
	return deepest + 1, nil
}

func run(packages string) string {
	steps, err := depth(parse(packages), nil, "app")
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d steps", steps)
}

func init() {
	debug.SetMaxStack(64 << 20)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
