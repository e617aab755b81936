package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Leaves of the map; a label's bucket is its first 24 bits.
const buckets = 1 << 24

func checkpoint(c *Case) error {
	var known []note.Verifier
	for _, key := range c.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return err
		}
		known = append(known, verifier)
	}
	logKeys := len(known)
	for _, key := range c.Witnesses {
		cosigner, err := newCosigner(key)
		if err != nil {
			return err
		}
		known = append(known, cosigner)
	}
	opened, err := note.Open([]byte(c.Note), note.VerifierList(known...))
	if err != nil {
		return err
	}
	signed := func(verifier note.Verifier) bool {
		for _, signature := range opened.Sigs {
			if signature.Name == verifier.Name() && signature.Hash == verifier.KeyHash() {
				return true
			}
		}
		return false
	}
	byLog := false
	for _, verifier := range known[:logKeys] {
		byLog = byLog || signed(verifier)
	}
	if !byLog {
		return errors.New("the log did not sign")
	}
	for _, cosigner := range known[logKeys:] {
		if !signed(cosigner) {
			return fmt.Errorf("%s did not cosign", cosigner.Name())
		}
	}
	return treeHead(c, opened.Text)
}

// rotation checks a change of the log's key: a keys entry that both keys signed and the log includes, by which whoever
// trusts the old key takes the new one, and the checkpoint is then signed by that.
func rotation(c *Case) error {
	leaf := tlog.RecordHash(c.Entry)
	if err := inclusion(c.Proof, c.Size, c.Root, c.Index, leaf[:]); err != nil {
		return err
	}
	var entry struct {
		T, New, Old, NewSignature, OldSignature string
		Size                                    uint64
		V                                       int
	}
	decoder := json.NewDecoder(bytes.NewReader(c.Entry))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&entry); err != nil {
		return err
	}
	if entry.T != "keys" || entry.V != 1 || entry.Size != uint64(c.Index) {
		return errors.New("not a change of keys, or not at its place")
	}
	var parts [4][]byte
	for i, text := range []string{entry.Old, entry.New, entry.OldSignature, entry.NewSignature} {
		decoded, err := base64.RawURLEncoding.Strict().DecodeString(text)
		if err != nil || len(decoded) != 32*(1+i/2) {
			return errors.New("malformed key or signature")
		}
		parts[i] = decoded
	}
	message := append(append([]byte("sillage/keys/1"), parts[0]...), parts[1]...)
	message = binary.BigEndian.AppendUint64(message, entry.Size)
	if !ed25519.Verify(parts[0], message, parts[2]) || !ed25519.Verify(parts[1], message, parts[3]) {
		return errors.New("the two keys did not both sign")
	}
	old, err := note.NewEd25519VerifierKey(c.Origin, parts[0])
	if err != nil || len(c.Keys) != 1 || c.Keys[0] != old {
		return errors.New("the old key is not trusted")
	}
	next, err := note.NewEd25519VerifierKey(c.Origin, parts[1])
	if err != nil {
		return err
	}
	followed := *c
	followed.Keys = []string{next}
	return checkpoint(&followed)
}

// treeHead reads a checkpoint as the tree note of Go's checksum database, which has a fixed first line.
func treeHead(c *Case, text string) error {
	if !strings.HasPrefix(text, c.Origin+"\n") {
		return errors.New("another origin")
	}
	tree, err := tlog.ParseTree([]byte("go.sum database tree" + strings.TrimPrefix(text, c.Origin)))
	if err != nil {
		return err
	}
	if tree.N != c.Size || !bytes.Equal(tree.Hash[:], c.Root) {
		return errors.New("another tree head")
	}
	return nil
}

// cosigner verifies c2sp.org/tlog-cosignature v1 signatures, which package note leaves to others.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("malformed witness key")
	}
	material, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(material) != 33 || material[0] != 4 {
		return nil, errors.New("malformed witness key")
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	hash := binary.BigEndian.Uint32(digest[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, errors.New("wrong witness key id")
	}
	return &cosigner{parts[0], hash, material[1:]}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}

func inclusion(proof [][]byte, size int64, root []byte, index int64, leaf []byte) error {
	hashes, err := hashesOf(append([][]byte{root, leaf}, proof...))
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes[2:], size, hashes[0], index, hashes[1])
}

func consistency(c *Case) error {
	hashes, err := hashesOf(append([][]byte{c.Root, c.OldRoot}, c.Proof...))
	if err != nil {
		return err
	}
	return tlog.CheckTree(hashes[2:], c.Size, hashes[0], c.OldSize, hashes[1])
}

// bucket checks that the map stands for Count entries of the stream, the last with this leaf hash, or for none.
func bucket(c *Case) error {
	label := sha256.Sum256([]byte("sillage/label/1" + c.Stream))
	index := int64(label[0])<<16 | int64(label[1])<<8 | int64(label[2])
	leaf := tlog.RecordHash(c.Contents)
	if err := inclusion(c.Proof, buckets, c.Root, index, leaf[:]); err != nil {
		return err
	}
	wanted := sha256.Sum256(label[:])
	var found []byte
	if len(c.Contents)%64 != 0 {
		return errors.New("records are cut")
	}
	for at := 0; at < len(c.Contents); at += 64 {
		key := c.Contents[at : at+32]
		if at > 0 && bytes.Compare(c.Contents[at-64:at-32], key) >= 0 {
			return errors.New("records are not sorted")
		}
		if bytes.Equal(key, wanted[:]) {
			found = c.Contents[at+32 : at+64]
		}
	}
	if c.Count == 0 {
		if found != nil {
			return errors.New("the label is there")
		}
		return nil
	}
	state := append([]byte{}, label[:]...)
	state = binary.BigEndian.AppendUint64(state, c.Count)
	expected := sha256.Sum256(append(state, c.Last...))
	if !bytes.Equal(found, expected[:]) {
		return errors.New("another state of the label")
	}
	return nil
}

// tile compares paths: package tlog has the tile's height in front, and calls entries data.
func tile(c *Case) error {
	path := tlog.Tile{H: 8, L: c.Level, N: c.Index, W: c.Width}.Path()
	path = strings.Replace(strings.Replace(path, "tile/8/", "tile/", 1), "tile/data/", "tile/entries/", 1)
	if path != c.Path {
		return fmt.Errorf("the path is %s", path)
	}
	return nil
}

func hashesOf(raw [][]byte) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(raw))
	for i, bytes := range raw {
		if len(bytes) != tlog.HashSize {
			return nil, errors.New("not a hash")
		}
		copy(hashes[i][:], bytes)
	}
	return hashes, nil
}
