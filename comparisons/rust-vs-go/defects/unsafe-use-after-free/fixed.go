package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

type Offer struct {
	Day, Price int
}

type node struct {
	offer Offer
	next  *node
}

const room = 3

// Latest is the latest offers, oldest first.
type Latest struct {
	head, tail *node
	len        int
}

func (l *Latest) Push(offer Offer) {
	if l.len == room {
		l.head = l.head.next
		l.len--
	}
	n := &node{offer: offer}
	if l.head == nil {
		l.head = n
	} else {
		l.tail.next = n
	}
	l.tail = n
	l.len++
}

// Newest is the offer pushed last, if there is one.
func (l *Latest) Newest() (offer Offer, ok bool) {
	if l.head == nil {
		return Offer{}, false
	}
	return l.tail.offer, true
}

func run(prices string) string {
	var latest Latest
	var best Offer
	var found bool
	for day, field := range strings.Fields(prices) {
		price, err := strconv.Atoi(field)
		if err != nil {
			return "not a price"
		}
		latest.Push(Offer{Day: day, Price: price})
		if !found || price < best.Price {
			best, found = latest.Newest()
		}
	}
	if !found {
		return "no offers"
	}
	return fmt.Sprintf("best was %d on day %d", best.Price, best.Day)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
