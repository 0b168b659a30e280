package main

import (
	"sync"
	"time"
)

const (
	// Messages that an inbox holds before who sends has to wait.
	inboxLen = 16
	long     = 24 * time.Hour
)

// An inbox keeps a goroutine waiting; once closed, the goroutine ends.
type inbox chan<- []byte

// sleep starts goroutines that sleep, and returns when all of them do.
func sleep(n int) {
	var started sync.WaitGroup
	started.Add(n)
	for range n {
		go func() {
			started.Done()
			time.Sleep(long)
		}()
	}
	started.Wait()
}

// receive starts goroutines that wait for a message, and returns when all of
// them do.
func receive(n int) []inbox {
	var started sync.WaitGroup
	started.Add(n)
	inboxes := make([]inbox, n)
	for i := range inboxes {
		messages := make(chan []byte, inboxLen)
		inboxes[i] = messages
		go func() {
			started.Done()
			for range messages {
			}
		}()
	}
	started.Wait()
	return inboxes
}
