"""Why is Chinese found less often than English: is it how the tower reads it, or what the captions say?

Two questions are asked of the held-out photos, as the image teacher sees them. Does the gap show with a far simpler
reader too (a ridge regression on words and pairs of words, in Chinese characters and pairs of characters), learned from
the same photos towards the same goals? And how wide is it for sentences that say the same: the English captions and
their machine translations, both read by the text tower?

    python caption_gap.py DATA WORK
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import torch
from corpus import read_lines
from manifest import Row, read_rows
from recall import recall
from text_tower import encode_text, load_text_tower, place
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


def match_captions(lines: list[str], photos: list[Row], length: float = 0.3) -> list[int]:
    """Number of the English caption (five a photo) that each Chinese line is the translation of.

    The lines follow the captions, with some left out: how many were, before a line, never falls from line to line.
    Of all such paths the one is taken (dynamic programming) whose lines share most character pairs with the photos'
    human Chinese captions and are most like the English ones in length, weighed by `length`. The tower has no say.
    """
    left_out = 5 * len(photos) - len(lines)
    known = [set(chain.from_iterable(map(pairwise, photo.captions_zh))) for photo in photos]
    own = np.log([len(line) for line in lines])
    other = np.log([len(caption) for photo in photos for caption in photo.captions])
    other += own.mean() - other.mean()
    best, came = np.zeros(left_out + 1), np.zeros((len(lines), left_out + 1), np.int32)
    for k, line in enumerate(lines):
        pairs, nearest = set(pairwise(line)), k // 5
        shared = np.array([len(pairs & known[photo]) for photo in range(nearest, (k + left_out) // 5 + 1)])
        gain = shared[(k + np.arange(left_out + 1)) // 5 - nearest] / (len(pairs) + 1)
        gain -= length * np.abs(other[k : k + left_out + 1] - own[k])
        top = np.maximum.accumulate(best)
        came[k] = np.maximum.accumulate(np.where(best >= top, np.arange(left_out + 1), 0))
        best = top + gain
    path = [int(best.argmax())]
    for k in range(len(lines) - 1, 0, -1):
        path.append(int(came[k, path[-1]]))
    return [k + before for k, before in enumerate(reversed(path))]


def compare_readers(work: Path, rows: list[Row], dev: list[int], photos: np.ndarray) -> None:
    """Print recall of both languages by the simple reader."""
    train = [row for row in rows if row.trainable and row.captions_zh]
    goals = place(work, [text for row in train for text in row.captions]).reshape(len(train), 5, -1).mean(1)
    for tongue, captions in (("English", lambda row: row.captions), ("Chinese", lambda row: row.captions_zh)):
        learned = [(k, text) for k, row in enumerate(train) for text in captions(row)]
        asked = [(k, text) for k, i in enumerate(dev) for text in captions(rows[i])]
        found = read_simply([t for _, t in learned], goals[[k for k, _ in learned]], [t for _, t in asked])
        told = recall(found, photos, np.array([k for k, _ in asked]))
        print(f"simple reader, {tongue}: {len(learned)} captions learned, {told}")


def compare_translations(data: Path, work: Path, rows: list[Row], dev: list[int], photos: np.ndarray) -> None:
    """Print the tower's recall for machine translations, and for the English captions they were made from."""
    order = sorted((i for i, row in enumerate(rows) if row.captions_zh), key=lambda i: str(rows[i].src))
    lines = read_lines(data, "captions_flickr8k_zh_baidu_mt")
    number = {i: k for k, i in enumerate(dev)}
    asked: list[tuple[int, str, str]] = []
    for line, caption in zip(lines, match_captions(lines, [rows[i] for i in order]), strict=True):
        photo = order[caption // 5]
        if photo in number:
            asked.append((number[photo], rows[photo].captions[caption % 5], line))
    tokenizer, tower = load_text_tower(work, work / "text" / "aligned.pt")
    owner = np.array([k for k, _, _ in asked])
    for tongue, texts in (("English", [e for _, e, _ in asked]), ("Chinese", [c for _, _, c in asked])):
        ids = torch.tensor([encoding.ids for encoding in tokenizer.encode_batch(texts)])
        with torch.inference_mode():
            found = torch.cat([encode_text(tower, part) for part in ids.split(512)]).numpy()
        print(f"text tower, saying the same, {tongue}: {recall(found, photos, owner)}")


def main() -> None:
    """Ask both questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    args = parser.parse_args()
    rows = read_rows(args.data)
    dev = [i for i, row in enumerate(rows) if row.split == "dev"]
    photos = np.load(args.work / "joint" / "targets.npy", mmap_mode="r")[0][dev].astype(np.float32)
    compare_readers(args.work, rows, dev, photos)
    compare_translations(args.data, args.work, rows, dev, photos)


if __name__ == "__main__":
    main()
