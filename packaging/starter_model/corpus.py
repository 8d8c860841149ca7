"""The sentences the text tower learns from, in English and Chinese, each with the English it stands for.

The sentence teacher reads English only. A Chinese sentence is therefore placed where its English twins lie:
the five captions of the same photo, or the English side of the glossary. Nothing that was said about a
held-out photo is used, in either language.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from manifest import Row

GLOSSARY = Path(__file__).with_name("glossary.tsv")
CAPTION_FILES = ("captions_flickr30k_multi30k_en", "captions_flickr8k_en", "captions_coco_val2017_en")
ENGLISH = ("{}", "a photo of {}", "a photo of a {}", "{} photo", "a close-up photo of {}", "a picture of {}")
CHINESE = ("{}", "一张{}的照片", "{}的照片", "一个{}", "有{}的图片", "{}特写")


@dataclass(frozen=True)
class Sentence:
    """A text to learn and the English sentences whose mean is its place; `weight` is how often it is drawn."""

    text: str
    twins: tuple[str, ...]
    weight: float = 1.0


def read_lines(data: Path, name: str) -> list[str]:
    """The lines of one caption file of `data/starter`."""
    with gzip.open(data / "starter" / f"{name}.txt.gz", "rt", encoding="utf-8") as lines:
        return [line.strip() for line in lines if line.strip()]


def plain(text: str) -> str:
    """For comparing: lower case, letters and digits only."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def english(data: Path, rows: list[Row], share: int = 2) -> Iterator[Sentence]:
    """Captions in English: every `share`-th of the large Flickr30k file, all of the others."""
    barred = {plain(c) for row in rows if row.human and not row.trainable for c in row.captions}
    for name in CAPTION_FILES:
        lines = read_lines(data, name)
        for line in lines[:: share if len(lines) > 100_000 else 1]:
            if plain(line) not in barred:
                yield Sentence(line, (line,))


def of_photos(rows: list[Row]) -> Iterator[Sentence]:
    """Label captions and bare labels, and the Chinese captions of the photos trained on."""
    said = {c for row in rows if row.trainable and not row.human for c in row.captions}
    words = {w for row in rows if not row.human for w in row.labels}
    for text in sorted(said | words):
        yield Sentence(text, (text,), 0.7)
    for row in rows:
        if row.trainable:
            for text in row.captions_zh:
                yield Sentence(text, row.captions, 2.0)


def read_glossary(path: Path) -> list[tuple[str, str]]:
    """Pairs of English and Chinese from a tab-separated file; lines starting with # are headings."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            own, other = line.split("\t")
            pairs.append((own.strip(), other.strip()))
    return pairs


def of_glossary(pairs: list[tuple[str, str]], seed: int = 3) -> Iterator[Sentence]:
    """Words of the glossary in templates, and in pairs, in both languages."""
    rng = np.random.default_rng(seed)
    for own, other in pairs:
        article = "an" if own[0] in "aeiou" else "a"
        for k, shape in enumerate(ENGLISH):
            text = shape.format(own).replace(" of a ", f" of {article} ")
            yield Sentence(text, (text,))
            twin = (own, f"a photo of {own}", text)
            yield Sentence(CHINESE[k].format(other), twin, 4.0 if k < 2 else 2.0)
    for left, right in pairwise(rng.permutation(len(pairs)).tolist() + rng.permutation(len(pairs)).tolist()):
        (a, a_zh), (b, b_zh) = pairs[left], pairs[right]
        yield Sentence(f"{a} and {b}", (f"{a} and {b}",), 0.5)
        yield Sentence(f"{a_zh}和{b_zh}", (f"{a} and {b}",), 0.7)


def read_class_names(data: Path) -> list[tuple[str, ...]]:
    """The names of each class of the image teacher, the first one best; none for class 0, "background"."""
    lines = (data / "teacher/imagenet_labels.txt").read_text(encoding="utf-8").splitlines()
    return [(), *(tuple(name.strip() for name in line.split(",")) for line in lines[1:])]


def of_classes(data: Path) -> Iterator[Sentence]:
    """The thousand class names of the image teacher, each of its synonyms in three templates."""
    for names in read_class_names(data):
        for name in names:
            for shape in ("{}", "a photo of a {}", "a {}"):
                text = shape.format(name)
                yield Sentence(text, (text,), 0.5)


def of_translations(data: Path, rows: list[Row]) -> Iterator[Sentence]:
    """Machine-translated Chinese captions of Flickr8k, placed at the photo they can be matched to.

    The file follows the file names of the photos, five lines each, with some lines missing. The path through
    photos (never backwards) that shares most character pairs with the human Chinese captions is taken.
    """
    for number, lines in machine_translations(data, rows).items():
        for line in lines:
            yield Sentence(line, rows[number].captions, 1.0)


def machine_translations(data: Path, rows: list[Row]) -> dict[int, list[str]]:
    """The lines of that file per row number, of the photos trained on."""
    photos = sorted((i for i, r in enumerate(rows) if r.captions_zh), key=lambda i: str(rows[i].src))
    lines = read_lines(data, "captions_flickr8k_zh_baidu_mt")
    found: dict[int, list[str]] = {}
    for line, place in zip(lines, match(lines, [rows[i].captions_zh for i in photos]), strict=True):
        if rows[photos[place]].trainable:
            found.setdefault(photos[place], []).append(line)
    return found


def _bigrams(texts: Iterable[str]) -> set[str]:
    return {text[i : i + 2] for text in texts for i in range(len(text) - 1)}


def match(lines: list[str], photos: list[tuple[str, ...]], band: int = 150) -> list[int]:
    """Photo number of every line, by dynamic programming in a band around the diagonal."""
    known = [_bigrams(texts) for texts in photos]
    pace = len(photos) / len(lines)
    start = [min(max(0, int(k * pace) - band // 2), max(0, len(photos) - band)) for k in range(len(lines))]
    best = np.zeros(band)
    back = np.zeros((len(lines), band), np.int16)
    for k, line in enumerate(lines):
        own = _bigrams([line])
        gain = np.array([len(own & known[start[k] + j]) if start[k] + j < len(known) else 0 for j in range(band)])
        shift = start[k] - start[k - 1] if k else 0
        before = np.concatenate([best[shift:], np.full(shift, -1e9)])
        top = np.maximum.accumulate(before)
        at = np.where(before >= top, np.arange(band), 0)
        back[k] = np.maximum.accumulate(at) + shift
        best = top + gain / (len(own) + 1)
    path = [int(best.argmax())]
    for k in range(len(lines) - 1, 0, -1):
        path.append(int(back[k, path[-1]]))
    return [start[k] + j for k, j in enumerate(reversed(path))]
