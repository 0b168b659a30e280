package main

import "fmt"

func join(values ...any) string { return fmt.Sprint(values...) }

func main() {
	fmt.Println(join(1, "two", 3.0))
}
