package main

import (
	"errors"
	"fmt"
)

func save(record string) error {
	return errors.New("disk full")
}

func main() {
	if err := save("order 31"); err != nil {
		fmt.Println("not saved:", err)
	}
	fmt.Println("done")
}
