package words

import "testing"

func TestBlanksAreNotWords(t *testing.T) {
	if got := Count("two  words"); got != 2 {
		t.Errorf("Count = %d, want 2", got)
	}
}
