package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

type Bus struct {
	handlers map[string]func(event string)
}

func (b *Bus) On(name string, handler func(event string)) {
	b.handlers[name] = handler
}

func (b *Bus) Off(name string) {
	delete(b.handlers, name)
}

func (b *Bus) Publish(event string) {
	for _, handler := range slices.Collect(maps.Values(b.handlers)) {
		handler(event)
	}
}

func run(events string) string {
	welcomed, counted := 0, 0
	bus := &Bus{handlers: make(map[string]func(string))}
	bus.On("welcome", func(event string) {
		if event == "login" {
			welcomed++
			bus.Off("welcome")
		}
	})
	bus.On("count", func(string) { counted++ })
	for _, event := range strings.Fields(events) {
		bus.Publish(event)
	}
	return fmt.Sprintf("%d welcomed, %d counted", welcomed, counted)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
