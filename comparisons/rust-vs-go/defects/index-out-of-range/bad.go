package main

import (
	"fmt"
	"os"
	"strings"
)

// run says what a line of the form name,street,town is about.
func run(line string) string {
	fields := strings.Split(line, ",")
	return fmt.Sprintf("%s lives in %s", fields[0], fields[2])
}

func main() {
	fmt.Println(run(os.Args[1]))
}
