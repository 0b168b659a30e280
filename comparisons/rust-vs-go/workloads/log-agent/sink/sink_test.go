package main

import (
	"strings"
	"testing"
)

func TestEveryEntryTellsTheNumberOfItsLine(t *testing.T) {
	for number := range 1000 {
		_, e := lineOf(number, 3)
		if got, err := e.number(); err != nil || got != number {
			t.Fatalf("line %d: %d, %v", number, got, err)
		}
	}
}

func TestALineIsWhatItsEntrySays(t *testing.T) {
	malformed := 0
	for number := range 1000 {
		line, e := lineOf(number, 3)
		if e.Raw != "" {
			malformed++
		}
		if got := strings.ToValidUTF8(string(line), "\uFFFD"); got != e.text() {
			t.Errorf("line %d is\n%s\nits entry\n%s", number, got, e.text())
		}
	}
	if malformed != 333 {
		t.Errorf("%d of 1000 lines are malformed, not each third", malformed)
	}
}
