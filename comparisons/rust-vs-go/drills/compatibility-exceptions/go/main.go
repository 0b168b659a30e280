package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	fmt.Println(cap(timer.C))
}
