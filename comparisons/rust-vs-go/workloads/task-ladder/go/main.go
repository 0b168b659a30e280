// Task-ladder starts many goroutines or threads which all wait at once, releases
// them, and waits for each.
//
// What is measured is what one that waits costs: run it with two numbers, and
// the difference in peak memory is that of the tasks alone.
package main

import (
	"fmt"
	"os"
	"strconv"
)

const (
	usage = "usage: task-ladder tasks|threads N"
	most  = 10_000_000
)

func main() {
	climb, n, err := parse(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "task-ladder: %v\n%s\n", err, usage)
		os.Exit(2)
	}
	fmt.Println("done", climb(n))
}

func parse(args []string) (climb func(int) int64, n int, err error) {
	if len(args) != 2 {
		return nil, 0, fmt.Errorf("2 arguments are needed, not %d", len(args))
	}
	switch args[0] {
	case "tasks":
		climb = climbTasks
	case "threads":
		climb = climbThreads
	default:
		return nil, 0, fmt.Errorf("the kind must be tasks or threads, not %q", args[0])
	}
	n, err = strconv.Atoi(args[1])
	if err != nil || n < 1 || n > most {
		return nil, 0, fmt.Errorf("N must be a whole number from 1 to %d, not %q", most, args[1])
	}
	return climb, n, nil
}
