package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"testing"
)

// hello is `printf hello | gzip -n`.
var hello = []byte{
	0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10,
	0x36, 5, 0, 0, 0,
}

func checksumOf(b []byte) string {
	sum := new(checksum)
	sum.Write(b)
	return sum.String()
}

func TestChecksumIsTheOneOfGzip(t *testing.T) {
	sum := new(checksum)
	sum.Write([]byte("12345"))
	sum.Write([]byte("6789"))
	if got := sum.String(); got != "9 cbf43926" {
		t.Errorf("got %s", got)
	}
}

func TestSHA256IsThatOfTheStandard(t *testing.T) {
	// FIPS 180-4, "abc".
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if got := sha256Answer([]byte("abc"), 1); got != want {
		t.Errorf("got %s", got)
	}
	if sha256Answer([]byte("ab"), 2) != sha256Answer([]byte("abab"), 1) {
		t.Error("twice is not the same as doubled")
	}
}

func TestARoundTripGivesTheInputBack(t *testing.T) {
	input := bytes.Repeat([]byte("to and fro, "), 20_000)
	got, err := gzipAnswer(input, 2)
	if err != nil || got != sha256Answer(input, 2) {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestAMemberOfAnotherProgramIsRead(t *testing.T) {
	sum, err := unpackTimes(hello, 1)
	if err != nil || sum.String() != "5 3610a686" {
		t.Errorf("got %v, %v", sum, err)
	}
}

func TestMembersOneAfterTheOtherAreOneFile(t *testing.T) {
	joined, err := unpackTimes(bytes.Repeat(hello, 2), 1)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := unpackTimes(hello, 2)
	if err != nil || *joined != *twice {
		t.Errorf("got %v and %v, %v", joined, twice, err)
	}
}

func TestAFlippedBitIsFound(t *testing.T) {
	broken := bytes.Clone(hello)
	broken[18] ^= 1
	for _, packed := range [][]byte{broken, hello[:20]} {
		if sum, err := unpackTimes(packed, 1); err == nil {
			t.Errorf("% x gave %v", packed, sum)
		}
	}
}

func TestEmptyInputIsAMemberToo(t *testing.T) {
	packed, err := pack(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := unpackTimes(packed, 1)
	if err != nil || sum.String() != "0 00000000" {
		t.Errorf("got %v, %v", sum, err)
	}
}

func TestBase64IsThatOfTheStandard(t *testing.T) {
	// RFC 4648, section 10.
	for _, pair := range [][2]string{{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foobar", "Zm9vYmFy"}} {
		decoded, text := []byte(pair[0]), []byte(pair[1])
		if got := encodeText(decoded, 1).String(); got != checksumOf(text) {
			t.Errorf("%s: got %s", decoded, got)
		}
		if got, err := decodeText(text, 1); err != nil || got.String() != checksumOf(decoded) {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
}

func TestChunksDoNotShowInTheText(t *testing.T) {
	input := make([]byte, 100_000)
	for i := range input {
		input[i] = byte(i * 7)
	}
	text := []byte(base64.StdEncoding.EncodeToString(input))
	if got := encodeText(input, 1).String(); got != checksumOf(text) {
		t.Errorf("text: got %s", got)
	}
	if got, err := decodeText(text, 1); err != nil || got.String() != checksumOf(input) {
		t.Errorf("bytes: got %v, %v", got, err)
	}
}

func TestWhatIsNoBase64IsAFault(t *testing.T) {
	for _, text := range []string{"Zg=", "Zg", "Z===", "Zm9v Zm8="} {
		if sum, err := decodeText([]byte(text), 1); err == nil {
			t.Errorf("%s gave %v", text, sum)
		}
	}
}

func TestSignaturesAreThoseOfTheStandard(t *testing.T) {
	const want = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
	key := ed25519.NewKeyFromSeed(secret[:])
	if got := fmt.Sprintf("%x", ed25519.Sign(key, nil)); got != want {
		t.Errorf("got %s", got)
	}
}

func TestASignatureIsOfOneMessageOnly(t *testing.T) {
	key := ed25519.NewKeyFromSeed(secret[:])
	public := key.Public().(ed25519.PublicKey)
	signature := ed25519.Sign(key, []byte("message 1"))
	if !ed25519.Verify(public, []byte("message 1"), signature) {
		t.Error("its own message is refused")
	}
	if ed25519.Verify(public, []byte("message 2"), signature) {
		t.Error("another message is taken")
	}
}

func TestEveryMessageCounts(t *testing.T) {
	two, err := signAndVerify(2)
	if err != nil {
		t.Fatal(err)
	}
	three, err := signAndVerify(3)
	if err != nil || two == three {
		t.Errorf("got %s and %s, %v", two, three, err)
	}
}

func TestTheFinishingStepIsThePublishedOne(t *testing.T) {
	// The first numbers of SplitMix64 from state 0.
	if got := mix(0); got != 0xe220a8397b1dcdaf {
		t.Errorf("got %x", got)
	}
	if got := mix(0x9e3779b97f4a7c15); got != 0x6e789e6aa1b965f4 {
		t.Errorf("got %x", got)
	}
}

func TestAFileGivesItsPixelsBack(t *testing.T) {
	picture := draw(200, 3)
	file, err := writePicture(picture)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readPicture(file)
	if err != nil || !bytes.Equal(got, picture.Pix) {
		t.Errorf("%d bytes back, %v", len(got), err)
	}
	if _, err := readPicture(file[:len(file)/2]); err == nil {
		t.Error("half a file is taken")
	}
}

func TestACommandLineThatIsNotUnderstoodIsTold(t *testing.T) {
	for _, args := range [][]string{{}, {"zip"}, {"png", "64"}, {"png", "1", "1"}, {"ed25519", "many"}} {
		if answer, err := run(args); err == nil {
			t.Errorf("%v gave %s", args, answer)
		}
	}
}
