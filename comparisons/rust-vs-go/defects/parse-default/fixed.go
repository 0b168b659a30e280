package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

func run(quantities string) string {
	total := 0
	for _, field := range strings.Fields(quantities) {
		n, err := strconv.Atoi(field)
		if err != nil {
			return fmt.Sprintf("not a number: %s", field)
		}
		total += n
	}
	return fmt.Sprintf("%d pieces", total)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
