package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func fetch(ctx context.Context) error {
	select {
	case <-time.After(time.Minute):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("fetch: %w", ctx.Err())
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err := fetch(ctx)
	fmt.Println("deadline:", errors.Is(err, context.DeadlineExceeded))
}
