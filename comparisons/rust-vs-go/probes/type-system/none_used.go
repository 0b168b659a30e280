package main

import "fmt"

type User struct {
	Name string
}

func main() {
	users := map[int]*User{}
	fmt.Println(users[7].Name)
}
