"""Expressions of SQLite's full-text index (`core.store.word_index`) in PostgreSQL's words.

An expression is taken apart into ways of passing, each a list of what a text must hold. PostgreSQL gets it twice: as a
`tsquery` of single words, which its index answers, and as JSON, by which each text that is left is looked at exactly
(`holds` in `core.shared.functions`).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any, TypeAlias

LONGEST_WORD = 500
"""Characters of the longest word that the index takes: 2,046 bytes are PostgreSQL's limit."""

_TOKEN = re.compile(r'\s*("[^"]*"(?: \*)?|NEAR\(|[()]|AND|OR|,\s*\d+)')


@dataclass(frozen=True, slots=True)
class Held:
    """Something a text must hold: phrases of words near each other, or one alone; `prefix`: a word that begins so."""

    phrases: tuple[str, ...]
    prefix: bool = False
    near: int = 0


Way: TypeAlias = tuple[Held, ...]


@functools.lru_cache(256)
def ways(expression: str) -> tuple[Way, ...]:
    """Return the ways in which a text passes an expression."""
    found, rest = _either(_TOKEN.findall(expression))
    if rest:
        raise ValueError(f"{expression} is no expression")
    return tuple(found)


def lexemes(expression: Any) -> str:
    """Return the words of an expression as a `tsquery`: every text that passes has them."""
    return " | ".join(f"({' & '.join(_words(way))})" for way in ways(str(expression)))


def wanted(expression: Any) -> str:
    """Return an expression as JSON."""
    return json.dumps(
        [
            [{"phrases": held.phrases, "prefix": held.prefix, "near": held.near} for held in way]
            for way in ways(str(expression))
        ]
    )


def trigrams(expression: Any) -> str:
    """Return the trigrams of a piece of a word as a `tsquery`."""
    said = piece(expression)
    return " & ".join(dict.fromkeys(f"'{said[start : start + 3]}'" for start in range(max(1, len(said) - 2))))


def piece(expression: Any) -> str:
    """Return what is looked for inside words."""
    return ways(str(expression))[0][0].phrases[0]


def _words(way: Way) -> list[str]:
    words = (_quoted(word, held.prefix) for held in way for word in " ".join(held.phrases).split())
    return list(dict.fromkeys(words))


def _quoted(word: str, prefix: bool) -> str:
    return f"'{word[:LONGEST_WORD]}'" + (":*" if prefix or len(word) > LONGEST_WORD else "")


def _either(tokens: Sequence[str]) -> tuple[list[Way], Sequence[str]]:
    found, rest = _all(tokens)
    while rest and rest[0] == "OR":
        more, rest = _all(rest[1:])
        found += more
    return found, rest


def _all(tokens: Sequence[str]) -> tuple[list[Way], Sequence[str]]:
    found, rest = _one(tokens)
    while rest and rest[0] == "AND":
        more, rest = _one(rest[1:])
        found = [tuple(chain(*both)) for both in product(found, more)]
    return found, rest


def _one(tokens: Sequence[str]) -> tuple[list[Way], Sequence[str]]:
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        found, rest = _either(rest)
        return found, rest[1:]
    if first == "NEAR(":
        end = next(place for place, token in enumerate(rest) if token.startswith(","))
        phrases = tuple(token.strip('"') for token in rest[:end])
        return [(Held(phrases, near=int(rest[end].strip(", "))),)], rest[end + 2 :]
    return [(Held((first.partition('"')[2].partition('"')[0],), prefix=first.endswith("*")),)], rest
