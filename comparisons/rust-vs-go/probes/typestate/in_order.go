package main

import (
	"errors"
	"fmt"
	"os"
)

type Connection struct {
	open bool
	sent []string
}

func (c *Connection) Open() error {
	if c.open {
		return errors.New("opened twice")
	}
	c.open = true
	return nil
}

func (c *Connection) Send(message string) error {
	if !c.open {
		return errors.New("send on a connection that is not open")
	}
	c.sent = append(c.sent, message)
	return nil
}

func (c *Connection) Close() []string {
	c.open = false
	return c.sent
}

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func main() {
	c := new(Connection)
	check(c.Open())
	check(c.Send("hello"))
	fmt.Println(c.Close())
}
