// Codecs compresses, encodes, hashes and signs, and prints a digest of what
// came out.
//
// A digest, not the output itself: two right compressors write different bytes,
// and the cost of writing them is none of the codec's. What a compressor wrote
// is unpacked again before it is hashed. How many bytes it needed is told on
// stderr if EVENHAND_SIZES is set to 1.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
)

// chunkLen is what is taken from the input, or written to a buffer, at a time.
const chunkLen = 64 * 1024

const usage = `usage: codecs gzip [--times N]          compress stdin, unpack it again: the SHA-256 of that
       codecs gunzip [--times N]        unpack stdin: length and CRC-32 of that
       codecs base64 [-d] [--times N]   write stdin as base64, or read it: length and CRC-32 of that
       codecs sha256 [--times N]        the SHA-256 of stdin
       codecs png SIDE SEED             draw a picture, write it as PNG, read it again: the SHA-256 of its pixels
       codecs ed25519 MESSAGES          sign messages and verify what was signed: the SHA-256 of all signatures`

const exitUsage = 2

// errUsage is a command line that is not understood.
var errUsage = errors.New("usage")

func main() {
	answer, err := run(os.Args[1:])
	if err == nil {
		_, err = fmt.Println(answer)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		fmt.Fprintf(os.Stderr, "codecs: %v\n%s\n", err, usage)
		os.Exit(exitUsage)
	case err != nil:
		fmt.Fprintf(os.Stderr, "codecs: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string) (string, error) {
	if len(args) == 0 {
		return "", fmt.Errorf("%w: what is to be done is missing", errUsage)
	}
	job, args := args[0], args[1:]
	switch job {
	case "gzip", "gunzip", "base64", "sha256":
		return fromStdin(job, args)
	case "png":
		numbers, err := parseNumbers(args, "SIDE", "SEED")
		if err != nil {
			return "", err
		}
		if side := numbers[0]; side < 2 || side > 8192 {
			return "", fmt.Errorf("%w: SIDE is 2 to 8192", errUsage)
		}
		return pngAnswer(int(numbers[0]), numbers[1])
	case "ed25519":
		numbers, err := parseNumbers(args, "MESSAGES")
		if err != nil {
			return "", err
		}
		return signAndVerify(numbers[0])
	default:
		return "", fmt.Errorf("%w: unknown: %s", errUsage, job)
	}
}

func fromStdin(job string, args []string) (string, error) {
	flags := flag.NewFlagSet(job, flag.ContinueOnError)
	flags.Usage = func() { fmt.Fprintln(flags.Output(), usage) }
	times := flags.Uint("times", 1, "take the input so many times")
	decode := false
	if job == "base64" {
		flags.BoolVar(&decode, "d", false, "read base64 instead")
	}
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return "", err
	} else if err != nil {
		os.Exit(exitUsage) // The flag set has said why.
	}
	if flags.NArg() > 0 {
		return "", fmt.Errorf("%w: not understood: %s", errUsage, flags.Arg(0))
	}

	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return "", fmt.Errorf("stdin: %w", err)
	}
	switch job {
	case "gzip":
		return gzipAnswer(input, *times)
	case "gunzip":
		return checksumAnswer(unpackTimes(input, *times))
	case "base64":
		if decode {
			return checksumAnswer(decodeText(bytes.TrimRight(input, " \t\n\f\r"), *times))
		}
		return checksumAnswer(encodeText(input, *times), nil)
	default:
		return sha256Answer(input, *times), nil
	}
}

// parseNumbers returns as many numbers as there are names.
func parseNumbers(args []string, names ...string) ([]uint64, error) {
	if len(args) != len(names) {
		return nil, fmt.Errorf("%w: %d needed, %d given", errUsage, len(names), len(args))
	}
	numbers := make([]uint64, len(args))
	for i, arg := range args {
		var err error
		if numbers[i], err = strconv.ParseUint(arg, 10, 64); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", errUsage, names[i], err)
		}
	}
	return numbers, nil
}

func gzipAnswer(input []byte, times uint) (string, error) {
	packed, err := pack(input, times)
	if err != nil {
		return "", err
	}
	tellSize(len(packed))
	hash := sha256.New()
	if err := unpackTo(hash, packed); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), nil
}

func checksumAnswer(sum *checksum, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return sum.String(), nil
}

func sha256Answer(input []byte, times uint) string {
	hash := sha256.New()
	for range times {
		for chunk := range slices.Chunk(input, chunkLen) {
			hash.Write(chunk)
		}
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}

func pngAnswer(side int, seed uint64) (string, error) {
	file, err := writePicture(draw(side, seed))
	if err != nil {
		return "", err
	}
	tellSize(len(file))
	pixels, err := readPicture(file)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(pixels)), nil
}

func tellSize(bytes int) {
	if os.Getenv("EVENHAND_SIZES") == "1" {
		fmt.Fprintf(os.Stderr, "compressed-bytes: %d\n", bytes)
	}
}
