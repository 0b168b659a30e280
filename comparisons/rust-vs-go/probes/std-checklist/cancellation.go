package main

import (
	"context"
	"fmt"
)

func work(ctx context.Context, done chan<- error) {
	<-ctx.Done()
	done <- context.Cause(ctx)
}

func main() {
	ctx, cancel := context.WithCancelCause(context.Background())
	done := make(chan error)
	go work(ctx, done)
	cancel(fmt.Errorf("shutting down"))
	fmt.Println(<-done)
}
