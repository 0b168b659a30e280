package main

import (
	"errors"
	"fmt"
)

func save(record string) error {
	return errors.New("disk full")
}

func main() {
	save("order 31")
	fmt.Println("done")
}
