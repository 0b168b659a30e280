package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

const timeout = 250 * time.Millisecond

func handle(work time.Duration) string {
	time.Sleep(work)
	return "done"
}

func ask(work time.Duration) string {
	result := make(chan string, 1)
	go func() {
		result <- handle(work)
	}()
	select {
	case answer := <-result:
		return answer
	case <-time.After(timeout):
		return "timed out"
	}
}

func run(requests string) string {
	var answers []string
	for request := range strings.FieldsSeq(requests) {
		work, err := time.ParseDuration(request)
		if err != nil {
			return "not a duration"
		}
		answers = append(answers, ask(work))
	}
	return strings.Join(answers, ", ")
}

func main() {
	fmt.Println(run(os.Args[1]))
	time.Sleep(4 * timeout)
	fmt.Printf("tasks: %d\n", runtime.NumGoroutine()-1)
}
