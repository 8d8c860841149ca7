"""How well printed lines are read, and whether their photo is found first by three of their words.

Lines of words drawn at random, in every font this computer has of `lettering`'s lists, both languages: level, tilted,
turned by a quarter or a half, faint, or on the photo without a plate. Photos are those in the folder that the
environment variable PHOTOS names, else smooth patches of colour; LINES is how many (120).
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.ocr.reader import PaddleReader
from core.paths import LibraryPaths
from core.store import Store, TextStamp
from core.text_line import TextLine
from tests.benchmarks.figures import tell
from tests.benchmarks.lettering import (
    CHINESE,
    CHINESE_FONTS,
    ENGLISH,
    Lettering,
    backgrounds,
    letterings,
    print_on,
)
from tests.core.store.conftest import put

KINDS = ("level", "tilted", "turned", "faint", "no plate")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as it was printed and as it was read, and three of its words; `words` are all of them."""

    line: Lettering
    words: tuple[str, ...]
    kind: str
    read: tuple[TextLine, ...]

    @property
    def right(self) -> float:
        """The share of characters that were read right, blanks aside."""
        wanted = _plain(self.line.text)
        texts = [_plain(one.text) for one in self.read]
        candidates = [*texts, "".join(texts)]
        return max((1 - distance(wanted, one) / len(wanted) for one in candidates), default=0.0)


def reading() -> None:
    """Tell how much is read and found, of all and of each kind; then what it costs."""
    folder = os.environ.get("PHOTOS")
    reader = PaddleReader()
    rows: list[Printed] = []
    spent = 0.0
    lines = list(_lines(int(os.environ.get("LINES", "120"))))
    draw = random.Random(3)
    for (line, words, kind), photo in zip(
        lines, backgrounds(None if folder is None else Path(folder), len(lines)), strict=True
    ):
        pixels = np.asarray(print_on(photo, line, draw))
        started = time.process_time()
        read = reader.read_text(pixels)
        spent += time.process_time() - started
        rows.append(Printed(line, words, kind, read))
    found = _found_first(rows)
    _tell("all", rows, found)
    for kind in KINDS:
        _tell(kind, [row for row in rows if row.kind == kind], found)
    for language, chinese in (("English", False), ("Chinese", True)):
        _tell(language, [row for row in rows if (row.line.font in CHINESE_FONTS) == chinese], found)
    for size in sorted({row.line.size for row in rows}):
        _tell(f"{size} pixels", [row for row in rows if row.line.size == size], found)
    tell("reading a photo, one core", spent / len(rows), "s")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    tell("reading, peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, "MB")
    if os.environ.get("MISSED"):
        for row in rows:
            if id(row) not in found:
                print(row.kind, row.line.size, row.line.font, repr(row.line.text), [one.text for one in row.read])


def _tell(name: str, rows: Sequence[Printed], found: set[int]) -> None:
    if rows:
        right = 100 * sum(row.right for row in rows) / len(rows)
        first = 100 * sum(id(row) in found for row in rows) / len(rows)
        tell(f"found first by three of its words, {name}", first, "%", limit="≥ 90", detail=f"characters {right:.1f} %")


def _lines(count: int) -> Iterator[tuple[Lettering, tuple[str, ...], str]]:
    """Yield lines of words drawn at random, so that no two photos have three words in common."""
    draw = random.Random(5)
    english = sorted({word for line in ENGLISH for word in line.split() if len(word) > 3 and word.isalpha()})
    chinese = sorted({line[start : start + 2] for line in CHINESE for start in range(0, len(line) - 1, 2)})
    for number, line in enumerate(letterings(count)):
        in_chinese = line.font in CHINESE_FONTS
        words = tuple(draw.sample(chinese if in_chinese else english, 5))
        text = ("" if in_chinese else " ").join(words)
        yield replace(line, text=text), words, KINDS[number // 2 % len(KINDS)]


def _found_first(rows: Sequence[Printed]) -> set[int]:
    """Return the lines (by identity) whose photo comes first for three of their words."""
    draw, first = random.Random(9), set[int]()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(LibraryPaths(Path(folder)), write=True)
        root = store.add_root(Path(folder))
        ids = [put(store, root, number, f"{number}.jpg") for number in range(1, len(rows) + 1)]
        store.record_texts([TextStamp(one, "reader", row.read) for one, row in zip(ids, rows, strict=True)])
        for content_id, row in zip(ids, rows, strict=True):
            start = draw.randint(0, len(row.words) - 3)
            hits = store.word_hits(" ".join(row.words[start : start + 3]))
            if hits and hits[0].content_id == content_id:
                first.add(id(row))
        store.close()
    return first


def _plain(text: str) -> str:
    return "".join(text.lower().split())


def distance(one: str, other: str) -> int:
    """Return how many characters have to be changed, put in or taken out to make one text the other."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row[0] = row[0], number
        for place, against in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != against))
    return row[-1]
