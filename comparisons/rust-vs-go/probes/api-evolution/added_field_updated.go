package main

import "fmt"

// The library.
type Options struct {
	Address string
	Retries int
	Verify  bool
}

func Connect(options Options) string {
	return fmt.Sprint(options.Address, options.Retries, options.Verify)
}

// The caller.
func main() {
	options := Options{
		Address: "db:5432",
		Retries: 3,
		Verify:  true,
	}
	fmt.Println(Connect(options))
}
