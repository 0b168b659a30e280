package main

import (
	"cmp"
	"fmt"
)

type Pair[T any] struct{ a, b T }

func (p Pair[T cmp.Ordered]) Larger() T { return max(p.a, p.b) }

func main() {
	fmt.Println(Pair[int]{3, 5}.Larger())
}
