package main

import (
	"fmt"
	"math"
	"os"
)

// Header is what the file says about the picture, as it is stored.
type Header struct {
	Width, Height uint32
}

// Size is how many bytes the pixels take, four a pixel.
func (h Header) Size() (size uint32, ok bool) {
	pixels := uint64(h.Width) * uint64(h.Height)
	if pixels > math.MaxUint32/4 {
		return 0, false
	}
	return uint32(pixels * 4), true
}

func run(size string) string {
	var h Header
	if _, err := fmt.Sscanf(size, "%dx%d", &h.Width, &h.Height); err != nil {
		return "not a size"
	}
	bytes, ok := h.Size()
	if !ok {
		return "too large"
	}
	return fmt.Sprintf("%d bytes", bytes)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
