package main

import "fmt"

type Session struct {
	user string
}

func open(user string) *Session {
	session := Session{user: user}
	return &session
}

func main() {
	fmt.Println(open("ada").user)
}
