package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// Service runs jobs and counts those that are done.
type Service struct {
	jobs    sync.WaitGroup
	done    chan string
	counted chan int
}

func NewService() *Service {
	s := &Service{done: make(chan string), counted: make(chan int)}
	go s.count()
	return s
}

func (s *Service) count() {
	count := 0
	for range s.done {
		count++
	}
	s.counted <- count
}

func (s *Service) Start(job string, takes time.Duration) {
	s.jobs.Go(func() {
		time.Sleep(takes)
		s.done <- job
	})
}

// Stop says how many jobs were done.
func (s *Service) Stop() int {
	s.jobs.Wait()
	close(s.done)
	return <-s.counted
}

func run(jobs string) string {
	service := NewService()
	for _, job := range strings.Fields(jobs) {
		takes, err := time.ParseDuration(job)
		if err != nil {
			return err.Error()
		}
		service.Start(job, takes)
	}
	time.Sleep(200 * time.Millisecond) // until the service is told to stop
	return fmt.Sprintf("%d done", service.Stop())
}

func main() {
	fmt.Println(run(os.Args[1]))
}
