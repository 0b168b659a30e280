package main

import (
	"fmt"
	"hash/crc32"
)

// A checksum is the length and the CRC-32 of what was written to it. The CRC
// costs next to nothing beside the codec whose output it tells.
type checksum struct {
	crc    uint32
	length uint64
}

// Write never fails.
func (c *checksum) Write(p []byte) (int, error) {
	c.crc = crc32.Update(c.crc, crc32.IEEETable, p)
	c.length += uint64(len(p))
	return len(p), nil
}

func (c *checksum) String() string {
	return fmt.Sprintf("%d %08x", c.length, c.crc)
}
