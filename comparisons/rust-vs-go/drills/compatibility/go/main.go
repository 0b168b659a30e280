package main

import "fmt"

func main() {
	var shows []func()
	for i := 0; i < 3; i++ {
		shows = append(shows, func() { fmt.Print(i, " ") })
	}
	for _, show := range shows {
		show()
	}
	fmt.Println("end")
}
