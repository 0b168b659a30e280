package main

import (
	"fmt"
	"os"
	"strings"
)

type worker struct {
	stop chan struct{}
	done chan struct{}
}

func start() *worker {
	w := new(worker)
	w.stop = make(chan struct{})
	w.done = make(chan struct{})
	go func() {
		defer close(w.done)
		<-w.stop
	}()
	return w
}

func (w *worker) shutdown() {
	close(w.stop)
	<-w.done
}

func run(signals string) string {
	w := start()
	for signal := range strings.FieldsSeq(signals) {
		if signal == "term" || signal == "int" {
			w.shutdown()
		}
	}
	return "stopped"
}

func main() {
	fmt.Println(run(os.Args[1]))
}
