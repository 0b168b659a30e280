package main

import (
	"fmt"
	"unsafe"
)

type Packet struct {
	kind   uint8
	length uint32
	next   *Packet
}

const word = unsafe.Sizeof(uintptr(0))

// An array of any length but the one that is meant is another type.
var (
	_ [8 + word]struct{} = [unsafe.Sizeof(Packet{})]struct{}{}
	_ [4]struct{}        = [unsafe.Offsetof(Packet{}.length)]struct{}{}
	_ [word]struct{}     = [unsafe.Alignof(Packet{})]struct{}{}
	_ [word]struct{}     = [unsafe.Sizeof(Packet{}.next)]struct{}{}
)

func main() {
	packet := Packet{kind: 1, length: 512}
	fmt.Println(packet.kind, packet.length, packet.next == nil)
}
