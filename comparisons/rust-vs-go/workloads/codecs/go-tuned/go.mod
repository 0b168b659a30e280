module codecs

go 1.26

require (
	github.com/klauspost/compress v1.20.3
	github.com/segmentio/asm v1.2.1
)

require golang.org/x/sys v0.0.0-20220412211240-33da011f77ad // indirect
