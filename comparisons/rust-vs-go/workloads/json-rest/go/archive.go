package main

import (
	"fmt"
	"syscall"
	"time"
)

const archiveAnswersAfter = 20 * time.Millisecond

// receipt returns the receipt of an order, from an archive behind a call that
// blocks its thread, as foreign libraries and files do: the system's own sleep,
// which the runtime cannot tell from them, not time.Sleep.
func receipt(order uint32) string {
	rest := syscall.NsecToTimespec(archiveAnswersAfter.Nanoseconds())
	for syscall.Nanosleep(&rest, &rest) == syscall.EINTR {
	}
	return fmt.Sprintf("R-%06d", order)
}
