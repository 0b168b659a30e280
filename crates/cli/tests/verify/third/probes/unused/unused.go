package main

func main() {
	answer := 42
}
