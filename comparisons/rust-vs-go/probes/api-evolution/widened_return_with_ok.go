package main

import "fmt"

// The library.
type User struct {
	Name string
}

var users = map[int]User{1: {Name: "ada"}}

func Find(id int) (User, bool) {
	user, ok := users[id]
	return user, ok
}

// The caller.
func main() {
	user := Find(7)
	fmt.Println(user.Name)
}
