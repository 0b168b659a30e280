package tally

import (
	"sync"
	"testing"
)

func TestNothingIsLost(t *testing.T) {
	var tally Tally
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { tally.Add(1) })
	}
	group.Wait()
	if got := tally.Total(); got != 8 {
		t.Errorf("Total = %d, want 8", got)
	}
}
