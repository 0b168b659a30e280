package main

import (
	"fmt"
	"io/ioutil"
	"os"
	"sort"
)

type byLength []string

func (s byLength) Len() int           { return len(s) }
func (s byLength) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s byLength) Less(i, j int) bool { return len(s[i]) < len(s[j]) }

func describe(values ...interface{}) string {
	return fmt.Sprint(values...)
}

func main() {
	words := []string{"share", "own", "lend"}
	sort.Sort(byLength(words))
	scratch, err := ioutil.TempFile("", "words")
	if err != nil {
		panic(err)
	}
	defer os.Remove(scratch.Name())
	fmt.Println(describe(words))
}
