package main

import (
	"errors"
	"fmt"
	"strconv"
)

var errNotANumber = errors.New("not a number")

func load(text string) (int, error) {
	if text == "" {
		return 0, errNotANumber
	}
	return strconv.Atoi(text)
}

func main() {
	_, err := load("eighty")
	fmt.Println(errors.Is(err, errNotANumber), err)
}
