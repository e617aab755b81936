"""Checks a receipt of Sillage with Python's standard library: label, commitment, inclusion.

Usage: receipt.py RECEIPT.json. Prints the checkpoint that it is included in, whose signature is for another tool
(golang.org/x/mod/sumdb/note, or any Ed25519), or says what is wrong and ends with 1. See docs/verification.md.
"""

import base64
import hashlib
import json
import sys


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value):
    """RFC 8785 for what our events hold: text, whole numbers, lists, objects with ASCII names."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def included(index, size, leaf, path, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = sha256(b"\1", sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\1", node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def problem(receipt):
    proof, checkpoint = receipt["proof"].split("\n\n", 1)
    header, *lines = proof.split("\n")
    entry = unpadded(receipt["entry"])
    logged, event = json.loads(entry), receipt["event"]
    size, root = checkpoint.split("\n")[1:3]
    if header != "c2sp.org/tlog-proof@v1" or not lines[0].startswith("index "):
        return "it is no tlog-proof"
    if unpadded(logged["l"]) != sha256(b"sillage/label/1", event["stream"].encode()) or logged["n"] != event["n"]:
        return "the entry is of another event"
    if unpadded(logged["c"]) != sha256(b"sillage/c/1", unpadded(receipt["opening"]), canonical(event)):
        return "the event is not what was committed to"
    path = [base64.b64decode(line) for line in lines[1:]]
    if not included(int(lines[0][6:]), int(size), sha256(b"\0", entry), path, base64.b64decode(root)):
        return "the entry is not in the log"
    return None


with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
wrong = problem(given)
if wrong:
    sys.exit(f"It was refused because {wrong}.")
print(given["proof"].split("\n\n", 1)[1], end="")
