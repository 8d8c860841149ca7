"""A query as text: what one would type to ask it. The parser reads everything written here."""

from __future__ import annotations

import re

from core.query.cursor import UNKNOWN
from core.query.value import (
    All,
    AnyOf,
    Fact,
    Filter,
    Missing,
    Not,
    Order,
    PhotoLike,
    PictureLike,
    Query,
    Range,
    Term,
    Text,
    Value,
    Words,
)

_MARKED = re.compile(r"[:：\"“”„＂「」『』()（）|+＋]|(?:^| )[-－−]")
"""What means more than itself in a question: of a description with it in it, the whole is quoted."""

_KEYWORDS = frozenset({"or", "none"})
_PLAIN_WORD = re.compile(r"[^\W\d_][\w'’]*", re.UNICODE)
"""A word that may stand behind a sign or a weight without quotes."""

_BARE_VALUE = re.compile(r"[\w.*/~\-°]+(,[\w.*/~\-°]+)*", re.UNICODE)


_BARE_NAME = re.compile(r"\w+(-\w+)*\.\w+", re.UNICODE)
"""A file name that needs no quotes."""


def written(query: Query) -> str:
    """Return a question as it is typed."""
    parts = [_term(term, first=number == 0) for number, term in enumerate(query.terms)]
    if query.filter != All():
        parts.append(_filter(query.filter, outermost=True))
    if query.order is not Order.BEST:
        parts.append(f"order:{query.order.value}")
    return " ".join(part for part in parts if part)


def written_part(meant: Term | Filter | Order, *, first: bool = False) -> str:
    """Return a part of a question as it is typed; `first` if no other term stands before it."""
    match meant:
        case Term():
            return _term(meant, first=first)
        case Order():
            return f"order:{meant.value}"
        case _:
            return _filter(meant, outermost=True)


def written_value(value: Value) -> str:
    """Return a value as it is typed behind its field."""
    return _value(value)


def quoted(text: str) -> str:
    """Return text that is read as one value, whatever is in it."""
    doubled = text.replace('"', '""')  # no backslash, which Windows' paths are full of
    return f'"{doubled}"'


def _term(term: Term, *, first: bool) -> str:
    sign = "-" if term.weight < 0 else ("" if first else "+ ")
    strength = "" if abs(term.weight) == 1 else f"{abs(term.weight):g}:"
    return f"{sign}{strength}{_subject(term.subject, bare=first and not sign and not strength)}"


def _subject(subject: Words | PhotoLike | PictureLike, *, bare: bool) -> str:
    match subject:
        case Words(text):
            plain = _PLAIN_WORD.fullmatch(text) is not None or bare
            return text if plain and _means_itself(text) else quoted(text)
        case PhotoLike(content_id):
            return f"like:#{content_id}"
        case PictureLike(path):
            return f"like:{str(path) if _BARE_NAME.fullmatch(str(path)) else quoted(str(path))}"


def _means_itself(text: str) -> bool:
    return _MARKED.search(text) is None and not _KEYWORDS & set(text.casefold().split())


def _filter(part: Filter, *, outermost: bool = False) -> str:
    match part:
        case Fact(field, values):
            return f"{field}:{'|'.join(_value(value) for value in values)}"
        case Not(inner):
            return f"-{_filter(inner)}"
        case All(parts):
            text = " ".join(_filter(one) for one in parts)
            return text if outermost else f"({text})"
        case AnyOf(parts):
            return f"({' OR '.join(_filter(one) for one in parts)})"


def _value(value: Value) -> str:
    match value:
        case Text(text):
            return _value_text(text)
        case Missing():
            return "none"
        case Range(low, high, strict) if strict:
            return f">{_value_text(low or '')}" if high is None else f"<{_value_text(high)}"
        case Range(low, high):
            return f"{_value_text(low) if low else ''}..{_value_text(high) if high else ''}"


def _value_text(text: str) -> str:
    plain = _BARE_VALUE.fullmatch(text) and ".." not in text and text.casefold() not in UNKNOWN
    return text if plain else quoted(text)
