//go:build leakprofile

package main

import (
	"os"
	"runtime/pprof"
	"testing"
	"time"
)

// TestMain writes the profile when the tests are through, or when they cannot go on: half of the
// shortest budget of a defect.
func TestMain(m *testing.M) {
	end := func(code int) {
		if err := pprof.Lookup("goroutineleak").WriteTo(os.Stderr, 1); err != nil {
			panic(err)
		}
		os.Exit(code)
	}
	time.AfterFunc(1500*time.Millisecond, func() { end(1) })
	end(m.Run())
}
