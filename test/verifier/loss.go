package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// loss checks a declared loss: a loss entry that the log includes and its key signed, by which whoever trusts that key
// under the old name of the log takes it under the new one, and the checkpoint is then signed so.
func loss(c *Case) error {
	leaf := tlog.RecordHash(c.Entry)
	if err := inclusion(c.Proof, c.Size, c.Root, c.Index, leaf[:]); err != nil {
		return err
	}
	var entry struct {
		T, Key, NewOrigin, OldOrigin, OldRoot, Signature string
		Kept, OldSize, Size                              uint64
		Prev                                             *uint64
		V                                                int
	}
	decoder := json.NewDecoder(bytes.NewReader(c.Entry))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&entry); err != nil {
		return err
	}
	if entry.T != "loss" || entry.V != 1 || entry.Size != uint64(c.Index) || entry.Prev != nil {
		return errors.New("not the first declared loss, or not at its place")
	}
	if entry.Kept > entry.Size || entry.Kept >= entry.OldSize {
		return errors.New("nothing was lost")
	}
	var parts [3][]byte
	for i, text := range []string{entry.Key, entry.OldRoot, entry.Signature} {
		decoded, err := base64.RawURLEncoding.Strict().DecodeString(text)
		if err != nil || len(decoded) != 32*(1+i/2) {
			return errors.New("malformed key, root or signature")
		}
		parts[i] = decoded
	}
	message := []byte("sillage/loss/1")
	for _, count := range []uint64{entry.Size, entry.Kept, entry.OldSize} {
		message = binary.BigEndian.AppendUint64(message, count)
	}
	message = append(message, parts[1]...)
	for _, name := range []string{entry.OldOrigin, entry.NewOrigin} {
		hash := sha256.Sum256([]byte(name))
		message = append(message, hash[:]...)
	}
	if !ed25519.Verify(parts[0], message, parts[2]) {
		return errors.New("the key did not sign the loss")
	}
	old, err := note.NewEd25519VerifierKey(entry.OldOrigin, parts[0])
	if err != nil || len(c.Keys) != 1 || c.Keys[0] != old {
		return errors.New("the key is not trusted")
	}
	next, err := note.NewEd25519VerifierKey(entry.NewOrigin, parts[0])
	if err != nil || entry.NewOrigin != c.Origin {
		return errors.New("the log goes on under another name")
	}
	followed := *c
	followed.Keys = []string{next}
	return checkpoint(&followed)
}
