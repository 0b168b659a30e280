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

// Newest is the offer pushed last, nil if there is none.
func (l *Latest) Newest() *Offer {
	if l.head == nil {
		return nil
	}
	return &l.tail.offer
}

func run(prices string) string {
	var latest Latest
	var best *Offer
	for day, field := range strings.Fields(prices) {
		price, err := strconv.Atoi(field)
		if err != nil {
			return "not a price"
		}
		latest.Push(Offer{Day: day, Price: price})
		if best == nil || price < best.Price {
			best = latest.Newest()
		}
	}
	if best == nil {
		return "no offers"
	}
	return fmt.Sprintf("best was %d on day %d", best.Price, best.Day)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
