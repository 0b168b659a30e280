package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

type release struct {
	name   string
	values map[string]string
}

func parse(text string) release {
	name, rest, found := strings.Cut(text, " ")
	r := release{name: name}
	if found {
		r.values = make(map[string]string)
		for _, field := range strings.Fields(rest) {
			key, value, _ := strings.Cut(field, "=")
			r.values[key] = value
		}
	}
	return r
}

func run(text string) string {
	r := parse(text)
	r.values["owner"] = "kraan"
	for _, key := range slices.Sorted(maps.Keys(r.values)) {
		r.name += " " + key + "=" + r.values[key]
	}
	return r.name
}

func main() {
	fmt.Println(run(os.Args[1]))
}
