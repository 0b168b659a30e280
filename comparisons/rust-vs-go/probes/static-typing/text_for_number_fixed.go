package main

import "fmt"

func main() {
	var port uint16 = 8080
	fmt.Println("listening on", port)
}
