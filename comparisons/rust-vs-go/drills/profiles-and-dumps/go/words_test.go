package words

import (
	"strings"
	"testing"
)

func BenchmarkCount(b *testing.B) {
	text := strings.Repeat("word ", 1000)
	for b.Loop() {
		Count(text)
	}
}
