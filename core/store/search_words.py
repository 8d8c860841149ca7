"""Text as it is searched: one spelling of each character, cut into words that SQLite's full-text index can find.

Words of letters and digits stay whole. Chinese, Japanese and Korean have no blanks between words: every two characters
that stand side by side are a word there, so that any piece of two characters or more is a phrase of such words. (The
index's own trigrams find nothing for two Chinese characters, which most Chinese words have.)

Width, case, accents and traditional Chinese do not count: all of it is folded on both sides.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

from core.paths import resources

_ASIAN = (
    r"\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    r"\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECES = re.compile(rf"([{_ASIAN}]+)|([^\W_{_ASIAN}]+)")
_LONGEST = 200_000
"""Characters of one photo's text that are searched."""


def folded(text: str) -> str:
    """Return a text in the one spelling that is compared: NFKC, no capitals, no accents, simplified Chinese."""
    compatible = unicodedata.normalize("NFKC", text.translate(_simplified())).casefold()
    parts = unicodedata.normalize("NFD", compatible)
    # Kana keep their marks: か and が are other sounds, and Hangul is put together again.
    plain = "".join(char for char in parts if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", plain)


def units(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a text as they are indexed, one tuple for every stretch that was written without a gap."""
    found: list[tuple[str, ...]] = []
    for asian, word in _PIECES.findall(folded(text[:_LONGEST])):
        found.append(_pairs(asian) if asian else (word,))
    return tuple(found)


def indexed(text: str) -> str:
    """Return what the full-text index keeps of a text.

    The last character of a stretch begins no pair. Such characters stand at the end once more, so that each is found
    by itself.
    """
    stretches = units(text)
    last = dict.fromkeys(stretch[-1][-1] for stretch in stretches if len(stretch[-1]) == 2 and _is_asian(stretch[-1]))
    return " ".join(itertools.chain(itertools.chain.from_iterable(stretches), last))


def packed(text: str) -> str:
    """Return letters and digits of each line without anything between them: what pieces of words are found in."""
    lines = ("".join(word for _, word in _PIECES.findall(folded(line))) for line in text[:_LONGEST].splitlines())
    return "\n".join(line for line in lines if len(line) > 2)


def joined(lines: tuple[str, ...]) -> str:
    """Return lines as one text; Chinese goes on in the next line without a gap."""
    text = ""
    for line in lines:
        gap = "" if text and line and _is_asian(text[-1]) and _is_asian(line[0]) else "\n"
        text = f"{text}{gap}{line}" if text else line
    return text


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(map("".join, itertools.pairwise(run))) or (run,)


def _is_asian(text: str) -> bool:
    found = _PIECES.match(text)
    return found is not None and bool(found[1])


@functools.cache
def _simplified() -> dict[int, str]:
    lines = (resources() / "chinese" / "simplified.txt").read_text(encoding="utf-8").split("\n")
    return {ord(line[0]): line[1] for line in lines if len(line) == 2}
