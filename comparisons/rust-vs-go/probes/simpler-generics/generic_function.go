package main

import "fmt"

type List[T any] []T

func Map[T, U any](l List[T], f func(T) U) List[U] {
	mapped := make(List[U], 0, len(l))
	for _, item := range l {
		mapped = append(mapped, f(item))
	}
	return mapped
}

func main() {
	words := List[string]{"own", "share"}
	fmt.Println(Map(words, func(word string) int { return len(word) }))
}
