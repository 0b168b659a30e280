package main

// The library.
type Item struct {
	Count int
}

func Restock(item *Item) {
	item.Count += 10
}

// The caller.
func main() {
	item := Item{Count: 2}
	item.Count++
	Restock(&item)
}
