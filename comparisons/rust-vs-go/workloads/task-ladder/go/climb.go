package main

import (
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// climbTasks starts n goroutines and returns how many ended.
func climbTasks(n int) int64 {
	return climb(n, func() {})
}

// climbThreads starts n goroutines that each keep a thread of the operating
// system to themselves, and returns how many ended. If the machine refuses a
// thread, the runtime ends the program with exit code 2 and says why.
func climbThreads(n int) int64 {
	debug.SetMaxThreads(n + 1000) // The runtime's own threads come on top.
	return climb(n, runtime.LockOSThread)
}

func climb(n int, prepare func()) int64 {
	var started, ended sync.WaitGroup
	var done atomic.Int64
	release := make(chan struct{})

	started.Add(n)
	for range n {
		ended.Go(func() {
			prepare()
			started.Done()
			<-release
			done.Add(1)
		})
	}
	started.Wait()
	close(release)
	ended.Wait()
	return done.Load()
}
