package main

import "fmt"

type User struct {
	Name string
}

func main() {
	users := map[int]*User{}
	if user, ok := users[7]; ok {
		fmt.Println(user.Name)
	} else {
		fmt.Println("nobody")
	}
}
