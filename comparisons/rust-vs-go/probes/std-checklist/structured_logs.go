package main

import (
	"log/slog"
	"os"
)

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stdout, nil)).With("service", "orders")
	log.Info("order placed", "id", 31, slog.Group("customer", "name", "ada"))
}
