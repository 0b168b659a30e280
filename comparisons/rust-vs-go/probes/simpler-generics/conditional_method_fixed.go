package main

import (
	"cmp"
	"fmt"
)

type Pair[T any] struct{ a, b T }

func Larger[T cmp.Ordered](p Pair[T]) T { return max(p.a, p.b) }

func main() {
	fmt.Println(Larger(Pair[int]{3, 5}))
}
