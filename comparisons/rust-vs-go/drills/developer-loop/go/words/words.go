// Package words counts words.
package words

import "strings"

// Count returns the number of words in text, however many blanks stand
// between them.
func Count(text string) int {
	return len(strings.Fields(text))
}
