package main

func main() {
	answer := 42
	println(answer)
}
