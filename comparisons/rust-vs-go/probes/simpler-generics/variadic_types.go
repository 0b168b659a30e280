package main

import "fmt"

func join[T ...any](values ...T) string { return fmt.Sprint(values...) }

func main() {
	fmt.Println(join(1, "two", 3.0))
}
