package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"weak"
)

type folder struct {
	name   string
	parent *folder
	inside []*folder
}

// made is what was ever made, for counting what is left of it.
var made []weak.Pointer[folder]

func newFolder(name string) *folder {
	f := &folder{name: name}
	made = append(made, weak.Make(f))
	return f
}

func (f *folder) add(name string) *folder {
	sub := newFolder(name)
	sub.parent = f
	f.inside = append(f.inside, sub)
	return sub
}

func (f *folder) path() string {
	if f.parent == nil {
		return f.name
	}
	return f.parent.path() + " > " + f.name
}

func describe(path string) string {
	names := strings.Split(path, "/")
	f := newFolder(names[0])
	for _, name := range names[1:] {
		f = f.add(name)
	}
	return f.path()
}

func run(paths string) string {
	var described []string
	for _, path := range strings.Fields(paths) {
		described = append(described, describe(path))
	}
	return strings.Join(described, ", ")
}

func main() {
	fmt.Println(run(os.Args[1]))
	runtime.GC()
	left := 0
	for _, f := range made {
		if f.Value() != nil {
			left++
		}
	}
	fmt.Println("folders left:", left)
}
