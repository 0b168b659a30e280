package main

import "fmt"

// The library.
type Store interface {
	Get(key string) (string, bool)
	Remove(key string)
}

func Take(store Store, key string) (string, bool) {
	defer store.Remove(key)
	return store.Get(key)
}

// The caller.
type Memory map[string]string

func (m Memory) Get(key string) (string, bool) {
	value, ok := m[key]
	return value, ok
}

func main() {
	fmt.Println(Take(Memory{"name": "ada"}, "name"))
}
