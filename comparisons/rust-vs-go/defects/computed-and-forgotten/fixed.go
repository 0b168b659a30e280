package main

import (
	"fmt"
	"os"
	"strconv"
)

// percentOff is the discount for so many pieces.
func percentOff(pieces int) int {
	if pieces >= 10 {
		return 20
	}
	return 0
}

func run(quantity string) string {
	pieces, err := strconv.Atoi(quantity)
	if err != nil {
		return "not a number"
	}
	price := 5 * pieces
	discounted := price - price*percentOff(pieces)/100
	return fmt.Sprintf("%d pieces: %d coins", pieces, discounted)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
