"""A question as a value: what the photos should look like, which facts they must have, in which order they come.

One frozen value for the window, the command line, a saved search and an API. `str(query)` is the question as it is
typed; the parser makes the same value of it again, so that a text and a query are two views of one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

SHOWN = 200
"""How many photos a question about likeness is answered with: more than anyone looks through."""


@dataclass(frozen=True, slots=True)
class Words:
    """A description of what a photo shows."""

    text: str


@dataclass(frozen=True, slots=True)
class PhotoLike:
    """A photo of the library that others are to look like; it is left out of the answer itself."""

    content_id: int


@dataclass(frozen=True, slots=True)
class PictureLike:
    """Any picture file that photos are to look like."""

    path: Path


@dataclass(frozen=True, slots=True)
class Term:
    """One thing photos should look like. A negative weight pushes away what looks like it."""

    subject: Words | PhotoLike | PictureLike
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """A value as it is written: part of a name, a date, a number with its unit."""

    text: str


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high` as they are written, None where it is open; both belong to it unless `strict`."""

    low: str | None = None
    high: str | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """The fact is not known."""


Value = Text | Range | Missing


@dataclass(frozen=True, slots=True)
class Fact:
    """A field must have one of these values. `field` is a name of `core.query.fields.FIELDS`."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold; with no parts everything passes."""

    parts: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must hold."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Filter


Filter = Fact | All | AnyOf | Not

EVERYTHING = All()
"""The filter that every photo passes."""


class Order(StrEnum):
    """How an answer is ordered. `BEST` needs terms; without them it is as `NEWEST`."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    SIZE = "size"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    Attributes:
        terms: what to look like; with none, every photo that passes the filter is listed.
        filter: facts, as a small tree.
        order: how the answer is ordered.
        limit: how many photos at most, best or first ones; None for all.
    """

    terms: tuple[Term, ...] = ()
    filter: Filter = EVERYTHING
    order: Order = Order.BEST
    limit: int | None = None

    @property
    def words(self) -> str:
        """The words that are asked for, without what is pushed away; empty if there are none."""
        said = [term.subject.text for term in self.terms if isinstance(term.subject, Words) and term.weight > 0]
        return " ".join(said)

    @property
    def like(self) -> int | None:
        """The photo of the library that others are to look like, if it is the only thing asked for."""
        alone = self.terms[0].subject if len(self.terms) == 1 else None
        return alone.content_id if isinstance(alone, PhotoLike) else None

    @property
    def folder(self) -> Path | None:
        """The folder looked in, if the filter names exactly one by its whole path."""
        named = [folder for folder in map(_folder_of, _parts(self.filter)) if folder is not None]
        return named[0] if len(named) == 1 else None

    def looking_in(self, folder: Path | None) -> Query:
        """Return the same question about one folder and what is below it, or about all folders."""
        others = tuple(part for part in _parts(self.filter) if _folder_of(part) is None)
        named = () if folder is None else (Fact(FOLDER, (Text(str(folder)),)),)
        return replace(self, filter=All((*others, *named)))

    def __str__(self) -> str:
        """Return the question as it is typed."""
        from core.query.writing import written  # it needs these values, so it comes after them

        return written(self)


def facts_in(filter: Filter) -> Iterator[Fact]:
    """Yield every fact that a filter names, also those that must not hold."""
    match filter:
        case Fact():
            yield filter
        case Not(part):
            yield from facts_in(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from facts_in(part)


def sole_fact(query: Query) -> Fact | None:
    """Return the fact that is all a question asks for, but for a folder to look in; None if it asks for more."""
    match query.looking_in(None).filter:
        case (Fact() as fact) | All((Fact() as fact,)) if not query.terms:
            return fact
        case _:
            return None


FOLDER = "in"
"""The field that names a folder."""


def _parts(filter: Filter) -> tuple[Filter, ...]:
    return filter.parts if isinstance(filter, All) else (filter,)


def _folder_of(part: Filter) -> Path | None:
    """Return the folder of a fact that names one by its whole path. A name alone is one fact among others."""
    match part:
        case Fact(field, (Text(text),)) if field == FOLDER and Path(text).is_absolute():
            return Path(text)
        case _:
            return None
