"""Facts that words of a question could mean: a date, a place, a camera or a folder inside a sentence.

They are offered, and the sentence stays as it is until the asker takes one: nobody else knows whether "a dog sitting in
March" is about a month. What there is in a library only the library knows, so what is found here is kept where photos
have it; names of cameras and folders are handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from core import places
from core.changes import name_key
from core.query import dates
from core.query.editing import extended
from core.query.parser import parse
from core.query.value import Fact, Term, Text, Words

MOST = 12
"""Facts that are looked for in one question."""

_LONGEST_NAME = 5
"""Words of a name."""
_LONGEST_IN_CHINESE = 8
_ANY_DAY = date(2001, 1, 1)
_WORD = re.compile(r"[^\W_][\w'’.&-]*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_BETWEEN = re.compile(r"[ ,_-]{0,2}")
_CUES = frozenset({"in", "at", "near", "from", "around", "by", "with", "on", "to", "of", "the"})
"""Small words before a name, which would be left hanging without it."""
_MEANS_A_NAME = frozenset({"in", "at", "near", "from", "around"})
_QUOTES = frozenset('"“”„＂「」『』')


@dataclass(frozen=True, slots=True)
class Offer:
    """A fact, and the words that could mean it.

    Attributes:
        start, end: where they stand in what was typed, with the small words that would be left hanging ("in").
        photos: how many have the fact, of those that pass what else is asked for; 0 until somebody counted.
    """

    start: int
    end: int
    fact: Fact
    photos: int = 0


Names = Mapping[str, Iterable[str]]
"""Names by the field that they are values of: "camera", "in"."""


def offers(typed: str, names: Names | None = None) -> tuple[Offer, ...]:
    """Return the facts that the words of a question could mean, from left to right; none of them overlap."""
    known = {key: value for field, values in (names or {}).items() for key, value in _by_key(field, values)}
    found: list[Offer] = []
    for start, end in _plain_words(typed):
        sentence = typed[start:end]
        for offer in (*_dates(sentence), *_named(sentence, known), *_chinese_places(sentence)):
            moved = Offer(offer.start + start, offer.end + start, offer.fact)
            if not any(moved.start < other.end and other.start < moved.end for other in found):
                found.append(moved)
    return tuple(sorted(found, key=lambda one: one.start)[:MOST])


def taken(typed: str, offer: Offer) -> str:
    """Return the question in which the fact stands where the words were."""
    before, after = typed[: offer.start].rstrip(), typed[offer.end :].lstrip()
    return extended(f"{before} {after}" if before and after else before + after, offer.fact)


def _plain_words(typed: str) -> Iterator[tuple[int, int]]:
    """Yield where descriptions stand that ask for what they say, in no quotes."""
    for part in parse(typed).parts:
        meant = part.meant
        if isinstance(meant, Term) and isinstance(meant.subject, Words) and meant.weight > 0:
            yield from (span for span in part.spans if _QUOTES.isdisjoint(typed[span[0] : span[1]]))


def _dates(sentence: str) -> Iterator[Offer]:
    for one in dates.dates_in(sentence):
        field = one.field
        if field == "date" and dates.year(one.value, _ANY_DAY) is not None:
            yield Offer(one.start, one.end, Fact("year", (Text(one.value),)))
        else:
            yield Offer(one.start, one.end, Fact(field, (Text(one.value),)))


def _by_key(field: str, names: Iterable[str]) -> Iterator[tuple[str, Fact]]:
    """Yield what names are found by: all of it or, of a camera, its model ("D40")."""
    for name in names:
        fact = Fact(field, (Text(name),))
        if len(name) > 2 or not name.isascii():
            yield _key(name), fact
        model = name.partition(" ")[2]
        if field == "camera" and len(model) > 2 and any(char.isdigit() for char in model):
            yield _key(model), fact


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name_key(name)).strip()


def _named(sentence: str, known: Mapping[str, Fact]) -> Iterator[Offer]:
    """Yield names that stand as words, the longest of them first: "New York" before "York"."""
    words = list(_WORD.finditer(sentence))
    taken_words: set[int] = set()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            run = words[first : first + length]
            if taken_words.intersection(range(first, first + length)) or not _hang_together(sentence, run):
                continue
            fact = _meant(sentence, words, first, length, known)
            if fact is not None:
                taken_words.update(range(first, first + length))
                yield Offer(_with_cues(words, first), run[-1].end(), fact)


def _meant(
    sentence: str, words: list[re.Match[str]], first: int, length: int, known: Mapping[str, Fact]
) -> Fact | None:
    """Return the fact that some words in a row name."""
    name = sentence[words[first].start() : words[first + length - 1].end()]
    fact = known.get(_key(name))
    if fact is not None:
        return fact
    if _HAN.search(name) or not _stands_for_a_name(words, first, length):
        return None
    return Fact("place", (Text(name),)) if len(name) > 2 and len(places.named(name).towns) else None


def _stands_for_a_name(words: list[re.Match[str]], first: int, length: int) -> bool:
    """Tell whether words could be a place's name: with capitals, or behind "in". "a nice beach" is not about Nice."""
    run = [word[0] for word in words[first : first + length]]
    before = words[first - 1][0].casefold() if first else ""
    return before in _MEANS_A_NAME or all(word[0].isupper() for word in (run[0], run[-1]))


def _hang_together(sentence: str, run: list[re.Match[str]]) -> bool:
    gaps = (sentence[one.end() : other.start()] for one, other in pairwise(run))
    return all(_BETWEEN.fullmatch(gap) for gap in gaps)


def _with_cues(words: list[re.Match[str]], first: int) -> int:
    """Return where a name begins with the small words before it."""
    while first and words[first - 1][0].casefold() in _CUES:
        first -= 1
    return words[first].start()


def _chinese_places(sentence: str) -> Iterator[Offer]:
    """Yield places in Chinese, which has no blanks: of all pieces the longest that is one."""
    for run in _HAN.finditer(sentence):
        at, end = run.span()
        while at < end:
            lengths = range(min(_LONGEST_IN_CHINESE, end - at), 1, -1)
            length = next((n for n in lengths if len(places.named(sentence[at : at + n]).towns)), 0)
            if length:
                fact = Fact("place", (Text(sentence[at : at + length]),))
                start = at - (at > run.start() and sentence[at - 1] in "在从于")
                behind = at + length
                yield Offer(start, behind + (sentence[behind : behind + 1] == "的"), fact)
            at += length or 1
