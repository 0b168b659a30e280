package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

type stock struct {
	mu            sync.Mutex
	left, ordered int
}

// orderLocked must be called with mu held.
func (s *stock) orderLocked(n int) {
	s.ordered += n
}

func (s *stock) take(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left -= n
	if s.left < 5 {
		s.orderLocked(20)
	}
}

func (s *stock) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("%d left, %d ordered", s.left, s.ordered)
}

func run(pieces string) string {
	n, err := strconv.Atoi(pieces)
	if err != nil {
		return err.Error()
	}
	s := &stock{left: 10}
	s.take(n)
	return s.String()
}

func main() {
	fmt.Println(run(os.Args[1]))
}
