// Answers in our stead with Go's own x/mod/sumdb: proofs of every index of every tree, tiles, notes.
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = m[index]
	}
	return hashes, nil
}

func must(err error) {
	if err != nil {
		fmt.Println("FAILED", err)
		os.Exit(1)
	}
}

// The n-th entry, as the test makes it.
func entry(n int64) []byte {
	bytes := make([]byte, 8)
	binary.BigEndian.PutUint64(bytes, uint64(n))
	return bytes
}

// proofs LAST [STEP]: a line for each size: the root, and one hash over every proof there is.
func proofs(last, step int64) {
	var all memory
	for size := int64(0); size <= last; size++ {
		if size > 0 {
			more, err := tlog.StoredHashes(size-1, entry(size-1), all)
			must(err)
			all = append(all, more...)
		}
		if size%step != 0 && size != last {
			continue
		}
		// Older versions of x/mod have zeroes for the empty tree, against RFC 6962.
		root := tlog.Hash(sha256.Sum256(nil))
		if size > 0 {
			var err error
			root, err = tlog.TreeHash(size, all)
			must(err)
		}
		digest := sha256.New()
		for n := int64(0); n < size; n += step {
			proof, err := tlog.ProveRecord(size, n, all)
			must(err)
			for _, hash := range proof {
				digest.Write(hash[:])
			}
			digest.Write([]byte{0})
			if n == 0 {
				continue
			}
			tree, err := tlog.ProveTree(size, n, all)
			must(err)
			for _, hash := range tree {
				digest.Write(hash[:])
			}
			digest.Write([]byte{1})
		}
		fmt.Printf("%d %x %x\n", size, root[:], digest.Sum(nil))
	}
}

type folder string

func (f folder) Height() int { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// tile/8/0/000 in Go's words is tile/0/000 in those of C2SP.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

// log FOLDER VKEY: opens the checkpoint, and checks each entry through Go's reader of tiles.
func log(root, vkey string) {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	bytes, err := os.ReadFile(filepath.Join(root, "checkpoint"))
	must(err)
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	hash, err := tlog.ParseHash(lines[2])
	must(err)
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: hash}, folder(root))
	for n := int64(0); n < size; n++ {
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		must(err)
		proof, err := tlog.ProveRecord(size, n, reader)
		must(err)
		must(tlog.CheckRecord(proof, size, hash, n, hashes[0]))
	}
	fmt.Println("checked", lines[0], size)
}

// sign SKEY: signs standard input's text as a note.
func sign(skey, text string) {
	signer, err := note.NewSigner(skey)
	must(err)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	os.Stdout.Write(signed)
}

func main() {
	switch os.Args[1] {
	case "proofs":
		last, _ := strconv.ParseInt(os.Args[2], 10, 64)
		step, _ := strconv.ParseInt(os.Args[3], 10, 64)
		proofs(last, step)
	case "log":
		log(os.Args[2], os.Args[3])
	case "sign":
		sign(os.Args[2], os.Args[3])
	}
}
