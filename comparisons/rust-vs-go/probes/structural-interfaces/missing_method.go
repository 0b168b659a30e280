package main

import "fmt"

type Store interface {
	Get(key string) string
}

type Memory map[string]string

func (m Memory) Fetch(key string) string { return m[key] }

func greeting(store Store) string {
	return "hello " + store.Get("name")
}

func main() {
	fmt.Println(greeting(Memory{"name": "ada"}))
}
