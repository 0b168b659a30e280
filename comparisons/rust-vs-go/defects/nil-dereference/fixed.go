package main

import (
	"fmt"
	"os"
)

type user struct {
	name  string
	email string
}

var users = []user{
	{name: "ann", email: "ann@example.org"},
	{name: "cem", email: "cem@example.org"},
}

// userByName returns nil if there is no such user.
func userByName(name string) *user {
	for i := range users {
		if users[i].name == name {
			return &users[i]
		}
	}
	return nil
}

func run(name string) string {
	u := userByName(name)
	if u == nil {
		return "no such user"
	}
	return "write to " + u.email
}

func main() {
	fmt.Println(run(os.Args[1]))
}
