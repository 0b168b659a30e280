package stock

import (
	"slices"
	"strings"
	"testing"
)

func TestCountsComeInTheOrderOfTheirKeys(t *testing.T) {
	var tally Tally[string]
	tally.Add("b", 2)
	tally.Add("a", 1)
	tally.Add("b", 3)
	if got, want := tally.Sorted(), []Counted[string]{{"a", 1}, {"b", 5}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := tally.Count("c"); got != 0 {
		t.Errorf("got %d of a key never added", got)
	}
}

func TestTheSumIsThatOfTheReferenceCode(t *testing.T) {
	sum := NewSum()
	sum.Text("foobar")
	if sum != 0x85944171f73967e8 {
		t.Errorf("got %x", sum)
	}
}

func TestALineHasFourFields(t *testing.T) {
	if got := strings.Count(Lines(1, 0)[0], ";"); got != 3 {
		t.Errorf("got %d separators, want 3", got)
	}
}
