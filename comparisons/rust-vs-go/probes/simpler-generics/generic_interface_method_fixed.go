package main

import "fmt"

type Decoder interface {
	Decode(data string, into any) error
}

type text struct{}

func (text) Decode(data string, into any) error {
	_, err := fmt.Sscan(data, into)
	return err
}

func port(d Decoder) (value uint16, err error) {
	err = d.Decode("8080", &value)
	return value, err
}

func main() {
	fmt.Println(port(text{}))
}
