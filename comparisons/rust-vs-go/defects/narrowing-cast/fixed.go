package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// number is the whole number a setting of the form key=number stands for.
func number(setting string) (int64, error) {
	_, text, _ := strings.Cut(setting, "=")
	return strconv.ParseInt(text, 10, 64)
}

func run(setting string) string {
	n, err := number(setting)
	if err != nil {
		return "not a number"
	}
	if n < 0 || n > math.MaxUint16 {
		return "not a port"
	}
	port := uint16(n)
	return fmt.Sprintf("listening on %d", port)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
