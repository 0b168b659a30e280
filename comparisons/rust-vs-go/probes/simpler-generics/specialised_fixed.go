package main

import "fmt"

type Set[T comparable] struct{ items map[T]bool }

func (s Set[T]) Describe() string {
	if _, ok := any(s).(Set[bool]); ok {
		return "at most 2 items"
	}
	return fmt.Sprint(len(s.items), " items")
}

func main() {
	fmt.Println(Set[string]{}.Describe(), Set[bool]{}.Describe())
}
