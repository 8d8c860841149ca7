"""What is being typed: the beginning of a field's name, or of a value behind one, and what it could become.

Nothing here asks a library: which values there are is handed in as a `Facet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.query.descriptions import LISTED, described
from core.query.facet import Facet, ValueCount, by_month
from core.query.fields import Field, field_named
from core.query.value import Missing
from core.query.writing import written_value

SHORTEST = 2
"""Letters of a word after which names of fields are offered; of Chinese ones, one is enough."""

_DATES = frozenset({"date", "before", "after"})
_QUOTES = '"＂“”„「」『』'
_SIGNS = "-－−+＋(（"
_NAME = re.compile(r"[^\W\d_][\w-]{0,30}")
_FIELD = re.compile(r"(?P<name>[^\W\d_][\w-]{0,30})[:：]")
_BEGIN = re.compile(r".*(?:\.\.|[|｜]|>=|<=|[<>=≥≤＞＜＝])", re.DOTALL)
"""What may stand before a value: another one, or a sign of comparison."""
_LOW = re.compile(r"(?P<low>[^|｜<>=≥≤＞＜＝]+)\.\.$")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A piece of a question that is being typed.

    Attributes:
        start, end: where it stands.
        written: as much of it as there is, without a quote before it.
        field: whose value it is; None if it may become the name of a field.
        piece: where the whole piece begins, with its field and sign.
        low: where the range begins whose end is being typed: "2019" of "2019..".
    """

    start: int
    end: int
    written: str
    field: Field | None
    piece: int
    low: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a piece could become.

    Attributes:
        text: what is put in its place.
        field: the field it names, or whose value it is.
        value: the value, and how many photos of the answer have it; None for the name of a field.
    """

    text: str
    field: Field
    value: ValueCount | None = None


def unfinished(typed: str, at: int) -> Unfinished | None:
    """Return what is being typed where the cursor is; None if nothing could be offered there."""
    if at < len(typed) and not typed[at].isspace():
        return None
    start = _begin_of_piece(typed, at)
    while start < at and typed[start] in _SIGNS:
        start += 1
    piece = typed[start:at]
    named = _FIELD.match(piece)
    field = field_named(named["name"]) if named else None
    if named is not None and field is not None:
        return _unfinished_value(start, named.end(), piece, field)
    enough = len(piece) >= SHORTEST or (piece and not piece.isascii())
    return Unfinished(start, at, piece, None, start) if enough and _NAME.fullmatch(piece) else None


def field_names(written: str) -> tuple[Suggestion, ...]:
    """Return the fields whose name, in either language, begins like this; all of them if nothing is written."""
    found: dict[str, Suggestion] = {}
    for field in LISTED:
        for name in (field.name, *field.also):
            if name.casefold().startswith(written.casefold()):
                found.setdefault(field.name, Suggestion(f"{name}{':' if name.isascii() else '：'}", field))
    return tuple(found.values())


def values(field: Field, facet: Facet, written: str, low: str = "") -> tuple[Suggestion, ...]:
    """Return the values of an answer that have this in them, those that begin with it first; none below `low`."""
    wanted = written.casefold()
    if field.name in _DATES and len(written) < len("2019-05-"):
        facet = by_month(facet)
    reached = [one for one in facet.values if not low or _ends_range(one, low)]
    counted = reached if field.name not in _DATES else reached[::-1]  # the newest first
    matching = [one for one in counted if wanted in _shown(one).casefold() and _shown(one).casefold() != wanted]
    matching.sort(key=lambda one: not _shown(one).casefold().startswith(wanted))
    offered = [Suggestion(written_value(one.value), field, one) for one in matching]
    return (*offered, *_examples(field, wanted))


def _examples(field: Field, wanted: str) -> Iterator[Suggestion]:
    """Yield words that are no value of a photo and can be asked for: "last-summer", and choices of an order."""
    words = field.choices if field.name == "order" else described(field).examples if field.name in _DATES else ()
    for word in words:
        begins = word.casefold().startswith(wanted) and word.casefold() != wanted and not word[0].isdigit()
        if begins and (wanted or field.name == "order"):
            yield Suggestion(word, field, None)


def _ends_range(one: ValueCount, low: str) -> bool:
    """Return whether a range that begins with `low` may end with a value: a date or a number that is not below it."""
    if isinstance(one.value, Missing):
        return False
    high = one.value.text
    if _DATE.fullmatch(low) and _DATE.fullmatch(high):
        known = min(len(low), len(high))
        return high[:known] >= low[:known]
    try:
        return Fraction(high) >= Fraction(low)
    except (ValueError, ZeroDivisionError):
        return True


def _shown(one: ValueCount) -> str:
    return "none" if isinstance(one.value, Missing) else one.value.text


def _begin_of_piece(typed: str, at: int) -> int:
    """Return where the piece before the cursor begins: behind the last blank that is in no quotes."""
    start, quoted = 0, False
    for place, char in enumerate(typed[:at]):
        if char in _QUOTES:
            quoted = not quoted
        elif char.isspace() and not quoted:
            start = place + 1
    return start


def _unfinished_value(start: int, behind: int, piece: str, field: Field) -> Unfinished | None:
    value = piece[behind:]
    before = _BEGIN.match(value)
    at = behind + (before.end() if before else 0)
    written = piece[at:]
    if len(written) > 1 and written[-1] in _QUOTES:
        return None  # it is finished
    low = _LOW.search(value[: at - behind])
    return Unfinished(start + at, start + len(piece), written.lstrip(_QUOTES), field, start, low["low"] if low else "")
