package main

func keep(values []byte) {
	clear(values)
}

func main() {
	values := []byte{1, 2, 3}
	count := len(values)
	keep(values)
	println(count)
}
