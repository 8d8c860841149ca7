"""The texts in a question that may stand in a picture."""

from __future__ import annotations

from core.query import All, AnyOf, Fact, Filter, Query, Text


def asked_texts(query: Query) -> tuple[str, ...]:
    """Return the words of a question, and what it wants written."""
    words = (query.words,) if query.words else ()
    return (*words, *_wanted(query.filter))


def _wanted(part: Filter) -> tuple[str, ...]:
    match part:
        case All() | AnyOf():
            return tuple(text for one in part.parts for text in _wanted(one))
        case Fact(field="text"):
            return tuple(value.text for value in part.values if isinstance(value, Text))
        case _:
            return ()
