package main

import (
	"fmt"
	"os"
	"strconv"
)

func run(age string) string {
	years, _ := strconv.Atoi(age)
	return fmt.Sprintf("%d in ten years", years+10)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
