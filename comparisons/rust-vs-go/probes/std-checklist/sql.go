package main

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// A driver comes from elsewhere; the interface it serves is here.
type offline struct{}

func (offline) Open(name string) (driver.Conn, error) {
	return nil, errors.New(name + " is offline")
}

func main() {
	sql.Register("offline", offline{})
	db, err := sql.Open("offline", "orders")
	if err != nil {
		panic(err)
	}
	defer db.Close()
	var count int
	fmt.Println(db.QueryRow("SELECT count(*) FROM orders").Scan(&count))
}
