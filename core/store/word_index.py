"""The index of words: what is written in pictures and about them, found by words, phrases and pieces of words.

A row of each of the two tables is a content's text of one kind; its number says which (`_row`). `words` holds whole
words and pairs of Chinese characters, `pieces` every three letters or digits that stand side by side.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from core.store.condition import AmongIds, Condition, any_of
from core.store.search_words import folded, indexed, packed, units
from core.store.sql import Connection

KINDS = 8
"""Room for so many kinds of text of one content."""


class Kind(IntEnum):
    """What kind of text a photo has words in."""

    PICTURE = 0
    """What is written in the picture."""
    ABOUT = 1
    """What is written of it: title, caption, keywords."""
    NAME = 2
    """What its files are called, and the folders these lie in."""


TABLES = (
    "CREATE VIRTUAL TABLE words USING fts5 (said, tokenize = 'unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE pieces USING fts5 (said, tokenize = 'trigram')",
    f"""CREATE TRIGGER words_of_lost_contents AFTER DELETE ON contents BEGIN
        DELETE FROM words WHERE rowid BETWEEN old.id * {KINDS} AND old.id * {KINDS} + {KINDS - 1};
        DELETE FROM pieces WHERE rowid BETWEEN old.id * {KINDS} AND old.id * {KINDS} + {KINDS - 1};
    END""",
)

_MOST = 10_000
"""Rows that one way of matching gives at most. What more photos have tells them from no others."""
_WEIGHED = 500
"""Texts with some of the words that are looked into for how many of them there are."""
_MOSTLY = 0.65
"""The share of the words asked for that is most of them: two of three, and rather more of many."""
_MOST_UNITS = 12
"""Stretches of a question that are looked for; the rest of a pasted text adds nothing."""
_NEAR = 8
"""Words between which others stand, at most so many, belong together."""
_COMMON = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of"),
        *("on", "or", "that", "the", "this", "to", "was", "were", "with"),
    )
)
"""English words that are looked for in phrases only."""


class Match(IntEnum):
    """How well a text has what was asked for, best first."""

    PHRASE = 0
    """Two words and more side by side, three characters of Chinese, or a number."""
    TOGETHER = 1
    """Three words and more, near each other."""
    WORD = 2
    """One word, or two near each other."""
    MOSTLY = 3
    """Most of the words, wherever they stand: a sentence remembered by half, or a line read with a mistake."""
    PARTLY = 4
    """A piece of a word, or some of the words."""


@dataclass(frozen=True, slots=True)
class WordHit:
    """A photo that has what was asked for in writing: how well, and where."""

    content_id: int
    match: Match
    kind: Kind


def put(connection: Connection, content_id: int, kind: Kind, text: str, *, pieces: bool = True) -> None:
    """Let a content be found by a text, in the place of what its text of this kind was.

    Args:
        pieces: it is found by pieces of words too. Recording photos is slower for it.
    """
    row = content_id * KINDS + kind
    kept = (("words", indexed(text)), ("pieces", packed(text))) if pieces else (("words", indexed(text)),)
    for table, said in kept:
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
        if said:
            connection.execute(f"INSERT INTO {table} (rowid, said) VALUES (?, ?)", (row, said))


def find(connection: Connection, asked: str) -> list[WordHit]:
    """Return the photos with what is asked for, best first, each once."""
    stretches = units(asked)[:_MOST_UNITS]
    found: dict[int, tuple[Match, int]] = {}
    for match, table, expression in _ways(stretches):
        for row in _rows(connection, table, expression):
            content_id, kind = divmod(row, KINDS)
            found[content_id] = min((match, kind), found.get(content_id, (match, kind)))
    for row in _mostly(connection, _telling(stretches)):
        content_id, kind = divmod(row, KINDS)
        found[content_id] = min((Match.MOSTLY, kind), found.get(content_id, (Match.MOSTLY, kind)))
    hits = (WordHit(content_id, match, Kind(kind)) for content_id, (match, kind) in found.items())
    return sorted(hits, key=lambda hit: (hit.match, hit.content_id))


def condition(asked: str) -> Condition | None:
    """Return that this is written in a picture, its words side by side or as a piece of a word; None for no words."""
    stretches = units(asked)
    if not stretches:
        return None
    phrase = _among("words", _phrase(stretches))
    piece = _piece(stretches)
    if not piece:
        return phrase
    pieces = _among("pieces", _quoted(piece))
    return any_of([phrase, pieces])


def best_line(lines: Sequence[str], asked: str) -> int | None:
    """Return the number of the line that has most of what is asked for; None if none has any of it."""
    best = best_lines(lines, asked)
    return best[0] if best else None


def best_lines(lines: Sequence[str], asked: str) -> list[int]:
    """Return the numbers of the lines that have most of what is asked for, all of them if several have as much."""
    wanted = {unit for stretch in units(asked) for unit in stretch}
    wanted = wanted - _COMMON or wanted
    scores = [_score(line, wanted) for line in lines]
    best = max(scores, default=0.0)
    return [number for number, score in enumerate(scores) if best and score == best]


def _score(line: str, wanted: set[str]) -> float:
    held = {unit for stretch in units(line) for unit in stretch}
    text = "".join(folded(line).split())
    return len(wanted & held) + 0.5 * sum(unit in text for unit in wanted if len(unit) > 2 or not unit.isascii())


def _rows(connection: Connection, table: str, expression: str) -> list[int]:
    found = connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT {_MOST}", (expression,))
    return [int(row) for (row,) in found]


def _mostly(connection: Connection, telling: Sequence[tuple[str, ...]]) -> list[int]:
    """Return the rows of texts with most of some words, of three and more."""
    if len(telling) < 3:
        return []
    found = connection.execute(
        f"SELECT rowid, said FROM words WHERE words MATCH ? ORDER BY rank LIMIT {_WEIGHED}", (_two_of(telling),)
    )
    return [int(row) for row, said in found if _share(str(said), telling) >= _MOSTLY]


def _share(said: str, telling: Sequence[tuple[str, ...]]) -> float:
    held = set(said.split())
    return sum(held.issuperset(stretch) for stretch in telling) / len(telling)


def _telling(stretches: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(stretch for stretch in stretches if stretch[0] not in _COMMON))


def _two_of(telling: Sequence[tuple[str, ...]]) -> str:
    phrases = [_phrase([stretch]) for stretch in telling]
    return " OR ".join(f"({one} AND {other})" for one, other in itertools.combinations(phrases, 2))


def _ways(stretches: Sequence[tuple[str, ...]]) -> list[tuple[Match, str, str]]:
    """Return the ways of matching, best first: what they prove, the table, the expression."""
    if not stretches:
        return []
    ways: list[tuple[Match, str, str]] = [(_of_phrase(stretches), "words", _phrase(stretches))]
    telling = _telling(stretches)
    if len(telling) > 1:
        near = _near([_phrase([stretch]) for stretch in telling])
        ways.append((Match.TOGETHER if len(telling) > 2 else Match.WORD, "words", near))
    if len(telling) > 2:
        ways.append((Match.PARTLY, "words", _two_of(telling)))
    if piece := _piece(stretches):
        numbered = len(piece) > 3 and any(char.isdigit() for char in piece)
        ways.append((Match.PHRASE if numbered else Match.PARTLY, "pieces", _quoted(piece)))
    return ways


def _of_phrase(stretches: Sequence[tuple[str, ...]]) -> Match:
    words = sum(map(len, stretches))
    first = stretches[0][0]
    numbered = len(first) > 2 and any(char.isdigit() for char in first)
    return Match.PHRASE if words > 1 or numbered else Match.WORD


def _piece(stretches: Sequence[tuple[str, ...]]) -> str:
    """Return what is looked for inside words, without its gaps; empty for Chinese, and for what is too short."""
    piece = "".join(stretch[0] for stretch in stretches if len(stretch) == 1 and _is_latin(stretch[0]))
    alone = all(len(stretch) == 1 and _is_latin(stretch[0]) for stretch in stretches)
    return piece if alone and len(piece) > 2 else ""


def _is_latin(unit: str) -> bool:
    return unit[0] < "\u1100"


def _phrase(stretches: Sequence[tuple[str, ...]]) -> str:
    """Return the expression for all of it side by side; one Chinese character begins a pair, or stands alone."""
    flat = [unit for stretch in stretches for unit in stretch]
    if len(flat) == 1 and len(flat[0]) == 1 and not _is_latin(flat[0]):
        return f"{_quoted(flat[0])} *"
    return _quoted(" ".join(flat))


def _near(phrases: Sequence[str]) -> str:
    if any(phrase.endswith("*") for phrase in phrases):
        return f"({' AND '.join(phrases)})"
    return f"NEAR({' '.join(phrases)}, {_NEAR})"


def _quoted(text: str) -> str:
    return f'"{text}"'  # units hold no quotes


def _among(table: str, expression: str) -> Condition:
    of_pictures = f"rowid % {KINDS} = {Kind.PICTURE.value}"
    return AmongIds(f"SELECT rowid / {KINDS} FROM {table} WHERE {table} MATCH ? AND {of_pictures}"), (expression,)
