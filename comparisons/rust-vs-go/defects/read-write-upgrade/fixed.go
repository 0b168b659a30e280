package main

import (
	"fmt"
	"os"
	"sync"
)

type greetings struct {
	mu     sync.RWMutex
	byName map[string]string
}

func (g *greetings) get(name string) string {
	g.mu.RLock()
	text, ok := g.byName[name]
	g.mu.RUnlock()
	if ok {
		return text
	}
	text = "hello, " + name
	g.mu.Lock()
	defer g.mu.Unlock()
	g.byName[name] = text
	return text
}

func run(name string) string {
	g := &greetings{byName: map[string]string{"ann": "dear ann"}}
	return g.get(name)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
