package main

func main() {
	answer := 42
	_ = answer
}
