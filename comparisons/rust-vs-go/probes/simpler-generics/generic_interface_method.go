package main

import "fmt"

type Decoder interface {
	Decode[T any](data string) (T, error)
}

type text struct{}

func (text) Decode[T any](data string) (value T, err error) {
	_, err = fmt.Sscan(data, &value)
	return value, err
}

func port(d Decoder) (uint16, error) { return d.Decode[uint16]("8080") }

func main() {
	fmt.Println(port(text{}))
}
