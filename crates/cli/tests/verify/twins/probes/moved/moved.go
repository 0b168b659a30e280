package main

func keep(values []byte) {
	clear(values)
}

func main() {
	values := []byte{1, 2, 3}
	keep(values)
	count := len(values)
	println(count)
}
