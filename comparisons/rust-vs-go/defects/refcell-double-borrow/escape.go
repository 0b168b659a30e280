package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

type Handler struct {
	name string
	call func(event string)
}

type Bus struct {
	handlers []Handler
}

func (b *Bus) On(name string, handler func(event string)) {
	b.handlers = append(b.handlers, Handler{name: name, call: handler})
}

func (b *Bus) Off(name string) {
	b.handlers = slices.DeleteFunc(b.handlers, func(h Handler) bool { return h.name == name })
}

func (b *Bus) Publish(event string) {
	for _, handler := range b.handlers {
		handler.call(event)
	}
}

func run(events string) string {
	welcomed, counted := 0, 0
	bus := new(Bus)
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
