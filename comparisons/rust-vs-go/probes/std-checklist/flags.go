package main

import (
	"flag"
	"fmt"
	"time"
)

func main() {
	port := flag.Uint("port", 8080, "port to listen on")
	timeout := flag.Duration("timeout", time.Second, "longest wait")
	flag.Parse()
	fmt.Println(*port, *timeout)
}
