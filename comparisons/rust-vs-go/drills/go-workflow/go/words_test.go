package words_test

import (
	"fmt"

	"example.com/words"
)

func ExampleCount() {
	fmt.Println(words.Count("two  words"))
	// Output: 2
}
