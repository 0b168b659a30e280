package main

import (
	"fmt"

	"golang.org/x/mod/semver"
)

func main() {
	newer := "v1.9.0"
	if semver.Compare(newer, "v1.10.0") < 0 {
		newer = "v1.10.0"
	}
	fmt.Println(newer)
}
