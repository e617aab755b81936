// Command verifier judges Sillage's proofs with golang.org/x/mod/sumdb, which nobody here wrote.
//
// It reads one JSON case a line from the file named by its argument, compares its verdict with the expected one,
// prints a count per kind, and exits 1 on any disagreement. It needs no network.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"golang.org/x/mod/sumdb/tlog"
)

// Case is one line of the file. Binary fields are base64; which are set depends on Kind.
type Case struct {
	Kind   string // checkpoint, rotation, loss, inclusion, consistency, bucket, tile
	Name   string
	Expect string // accept or reject

	Note      string   // checkpoint: the signed note
	Keys      []string // checkpoint: verifier keys of the log
	Witnesses []string // checkpoint: verifier keys of witnesses, all of which must have cosigned
	Origin    string

	Index   int64
	Size    int64
	OldSize int64
	Leaf    []byte
	Entry   []byte // inclusion: the entry itself, in the place of its leaf hash
	Root    []byte
	OldRoot []byte
	Proof   [][]byte

	Stream   string // bucket: whose label
	Contents []byte
	Count    uint64 // 0: absence is claimed
	Last     []byte

	Level int // tile; -1 for entries
	Width int
	Path  string
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: verifier CASES.jsonl")
		os.Exit(2)
	}
	disagreements, err := run(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if disagreements > 0 {
		os.Exit(1)
	}
}

func run(path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	counts := map[string]int{}
	disagreements := 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c Case
		decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&c); err != nil {
			return 0, fmt.Errorf("unreadable case: %v", err)
		}
		if c.Expect != "accept" && c.Expect != "reject" {
			return 0, fmt.Errorf("case %q expects %q", c.Name, c.Expect)
		}
		problem, err := judge(&c)
		if err != nil {
			return 0, err
		}
		counts[c.Kind+" "+c.Expect]++
		if (problem == nil) != (c.Expect == "accept") {
			disagreements++
			fmt.Printf("DISAGREES %s %q: expected %s, found %v\n", c.Kind, c.Name, c.Expect, problem)
		}
	}
	if err := lines.Err(); err != nil {
		return 0, err
	}
	report(counts, disagreements)
	return disagreements, nil
}

func report(counts map[string]int, disagreements int) {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Strings(names)
	total := 0
	for _, name := range names {
		fmt.Printf("%s %d\n", name, counts[name])
		total += counts[name]
	}
	fmt.Printf("total %d\ndisagreements %d\n", total, disagreements)
}

// judge says what is wrong with the case; its error is about a case nobody can judge.
func judge(c *Case) (problem, err error) {
	switch c.Kind {
	case "checkpoint":
		return checkpoint(c), nil
	case "rotation":
		return rotation(c), nil
	case "loss":
		return loss(c), nil
	case "inclusion":
		leaf := c.Leaf
		if c.Entry != nil {
			hash := tlog.RecordHash(c.Entry)
			leaf = hash[:]
		}
		return inclusion(c.Proof, c.Size, c.Root, c.Index, leaf), nil
	case "consistency":
		return consistency(c), nil
	case "bucket":
		return bucket(c), nil
	case "tile":
		return tile(c), nil
	}
	return nil, fmt.Errorf("case of unknown kind %q", c.Kind)
}
