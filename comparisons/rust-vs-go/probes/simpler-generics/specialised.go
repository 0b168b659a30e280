package main

import "fmt"

type Set[T comparable] struct{ items map[T]bool }

func (s Set[T]) Describe() string { return fmt.Sprint(len(s.items), " items") }

func (s Set[bool]) Describe() string { return "at most 2 items" }

func main() {
	fmt.Println(Set[string]{}.Describe(), Set[bool]{}.Describe())
}
