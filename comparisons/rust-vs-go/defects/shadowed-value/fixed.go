package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// run says how much is logged with these command line options.
func run(options string) string {
	level := 1
	for _, option := range strings.Fields(options) {
		if option == "-v" {
			level++
		} else if text, found := strings.CutPrefix(option, "--level="); found {
			n, err := strconv.Atoi(text)
			if err != nil || n < 0 || n > 5 {
				return "bad level"
			}
			level = n
		}
	}
	return fmt.Sprintf("level %d", level)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
