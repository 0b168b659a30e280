package main

import "fmt"

// The library.
type User struct {
	Name string
}

var users = map[int]*User{1: {Name: "ada"}}

func Find(id int) *User {
	return users[id]
}

// The caller.
func main() {
	user := Find(7)
	if user != nil {
		fmt.Println(user.Name)
	}
}
