"""Changes to a question as changes to its text: a part taken out, exchanged or added, the rest left as it was typed.

Whatever the text looks like, it means afterwards what it meant, but for that change: where taking a piece out of the
text would change what stands around it, the whole question is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.query.parser import MOST_TERMS, Part, Span, asked, parse
from core.query.value import Filter, Order, Query, Term, Words
from core.query.writing import written, written_part

_LEADING_PLUS = re.compile(r"^[+＋] ")


def without(typed: str, part: Part) -> str:
    """Return a question without one of its parts."""
    parts = _others(typed, part)
    return _meaning(parts, _LEADING_PLUS.sub("", _cut(typed, part.spans)))


def exchanged(typed: str, part: Part, meant: Term | Filter | Order) -> str:
    """Return a question in which something else stands in the place of a part."""
    parts = tuple(replace(one, meant=meant) if one == part else one for one in parse(typed).parts)
    (start, end), *others = part.spans
    first = not any(isinstance(one.meant, Term) and one.spans < part.spans for one in parts)
    text = _cut(typed, others)  # all behind the first, which stays where it is
    return _meaning(parts, f"{text[:start]}{written_part(meant, first=first)}{text[end:]}")


def extended(typed: str, meant: Term | Filter | Order) -> str:
    """Return a question that asks for one thing more."""
    parts = parse(typed).parts
    first = not any(isinstance(one.meant, Term) for one in parts)
    text = f"{typed.rstrip()} {written_part(meant, first=first)}".lstrip()
    return _meaning((*parts, Part(meant, ((len(typed), len(typed)),))), text)


def without_pictures(typed: str) -> str:
    """Return a question without the pictures that photos should look like."""
    for _ in range(MOST_TERMS):
        parts = parse(typed).parts
        found = next((part for part in parts if isinstance(part.meant, Term) and is_wanted_picture(part.meant)), None)
        if found is None:
            break
        typed = without(typed, found)
    return typed


def asks_with_pictures(query: Query) -> bool:
    """Return whether a question names a picture that photos should look like."""
    return any(map(is_wanted_picture, query.terms))


def is_wanted_picture(term: Term) -> bool:
    """Return whether photos should look like a picture, and not like words or less like it."""
    return not isinstance(term.subject, Words) and term.weight > 0


def _others(typed: str, part: Part) -> tuple[Part, ...]:
    return tuple(one for one in parse(typed).parts if one != part)


def _meaning(parts: Sequence[Part], text: str) -> str:
    """Return the text if it asks for these parts, or else a text that does."""
    wanted = asked(parts)
    return text if parse(text).query == wanted else written(wanted)


def _cut(typed: str, spans: Sequence[Span]) -> str:
    """Return what is typed without these stretches and the blanks they leave behind."""
    for start, end in sorted(spans, reverse=True):
        before, after = typed[:start].rstrip(), typed[end:].lstrip()
        typed = f"{before} {after}" if before and after else before + after
    return typed
