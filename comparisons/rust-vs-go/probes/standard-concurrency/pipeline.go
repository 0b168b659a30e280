package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func produce(ctx context.Context, out chan<- int) {
	defer close(out)
	for n := 1; ; n++ {
		select {
		case out <- n:
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	numbers := make(chan int)
	squares := make(chan int)
	go produce(ctx, numbers)

	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for n := range numbers {
				squares <- n * n
			}
		})
	}
	go func() {
		workers.Wait()
		close(squares)
	}()

	for range 100 {
		<-squares
	}
	cancel()
	for range squares {
	}
	fmt.Println("100 squares, then", ctx.Err())

	select {
	case <-numbers:
		fmt.Println("producer stopped")
	case <-time.After(10 * time.Second):
		fmt.Println("producer still running")
	}
}
