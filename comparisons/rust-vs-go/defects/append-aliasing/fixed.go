package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

type node struct {
	index []string
}

func (n node) child(i int) node {
	return node{index: append(slices.Clone(n.index), strconv.Itoa(i))}
}

// run answers with the paths of as many children as asked for: "1.3.2 4".
func run(input string) string {
	path, rest, _ := strings.Cut(input, " ")
	count, err := strconv.Atoi(rest)
	if err != nil {
		return "not a count"
	}
	var parent node
	for i := range strings.SplitSeq(path, ".") {
		parent.index = append(parent.index, i)
	}
	var children []node
	for i := range count {
		children = append(children, parent.child(i))
	}
	var paths []string
	for _, child := range children {
		paths = append(paths, strings.Join(child.index, "."))
	}
	return strings.Join(paths, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
