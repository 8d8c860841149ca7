"""Does the gap between the two languages show with a far simpler reader too? If so, not all of it is the text tower's.

Both languages are read in the same simple way, a ridge regression on words and pairs of words (in Chinese characters
and pairs of characters), learned from the same photos towards the same goals and asked for the same held-out photos, as
the image teacher sees them.

    python caption_gap.py DATA WORK
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from manifest import read_rows
from recall import recall
from text_tower import place
from word_sums import token_means, token_vectors

LEAST = 3  # captions a word must stand in
DAMP = 0.3  # of 0.02, 0.3, 1 and 3 the best for Chinese, and within 0.1 of the best for English


def pieces(text: str) -> list[str]:
    """Words, or Chinese characters, and the pairs of neighbours."""
    single = re.findall(r"[a-z]+|[\u3400-\u9fff]", text.lower())
    return [*single, *(" ".join(pair) for pair in pairwise(single))]


def numbered(texts: list[str], known: dict[str, int]) -> np.ndarray:
    """Piece numbers int32 [n, most], 0 where there is none."""
    found = [[known[piece] for piece in pieces(text) if piece in known] for text in texts]
    out = np.zeros((len(found), max(map(len, found))), np.int32)
    for row, numbers in zip(out, found, strict=True):
        row[: len(numbers)] = numbers
    return out


def read_simply(learned: list[str], goals: np.ndarray, asked: list[str]) -> np.ndarray:
    """Unit vectors [n, 256] of `asked`, by what its pieces meant in `learned`."""
    counts = Counter(chain.from_iterable(set(pieces(text)) for text in learned))
    known = {piece: 1 + k for k, piece in enumerate(sorted(p for p, n in counts.items() if n >= LEAST))}
    vectors = token_vectors(numbered(learned, known), goals, DAMP)
    ids = numbered(asked, known)
    found = token_means(ids) @ vectors[: 1 + ids.max()]
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def main() -> None:
    """Print recall of both languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    args = parser.parse_args()
    rows = [(i, row) for i, row in enumerate(read_rows(args.data)) if row.captions_zh]
    train = [row for _, row in rows if row.trainable]
    dev = [(i, row) for i, row in rows if row.split == "dev"]
    photos = np.load(args.work / "joint" / "targets.npy", mmap_mode="r")[0][[i for i, _ in dev]].astype(np.float32)
    goals = place(args.work, [text for row in train for text in row.captions]).reshape(len(train), 5, -1).mean(1)
    for tongue, captions in (("English", lambda row: row.captions), ("Chinese", lambda row: row.captions_zh)):
        learned = [(k, text) for k, row in enumerate(train) for text in captions(row)]
        asked = [(k, text) for k, (_, row) in enumerate(dev) for text in captions(row)]
        found = read_simply([t for _, t in learned], goals[[k for k, _ in learned]], [t for _, t in asked])
        print(f"{tongue}: {len(learned)} captions learned, {recall(found, photos, np.array([k for k, _ in asked]))}")


if __name__ == "__main__":
    main()
