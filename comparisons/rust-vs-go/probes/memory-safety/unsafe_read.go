package main

import (
	"fmt"
	"unsafe"
)

func main() {
	readings := [3]uint32{1, 2, 3}
	pastTheEnd := (*uint32)(unsafe.Add(unsafe.Pointer(&readings), unsafe.Sizeof(readings)))
	fmt.Println(*pastTheEnd)
}
