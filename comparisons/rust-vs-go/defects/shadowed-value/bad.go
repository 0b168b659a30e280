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
			level, err := strconv.Atoi(text)
			if err != nil || level < 0 || level > 5 {
				return "bad level"
			}
		}
	}
	return fmt.Sprintf("level %d", level)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
