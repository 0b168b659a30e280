package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

type outbox struct {
	mu    sync.Mutex
	mails []string
}

func (o *outbox) send(mail string) {
	time.Sleep(200 * time.Millisecond)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.mails = append(o.mails, mail)
}

func run(order string) string {
	var box outbox
	var sending sync.WaitGroup
	if order == "delivery" {
		sending.Go(func() { box.send("your order is on its way") })
	}
	sending.Wait()
	box.mu.Lock()
	defer box.mu.Unlock()
	return fmt.Sprintf("mails sent: %d", len(box.mails))
}

func main() {
	fmt.Println(run(os.Args[1]))
}
