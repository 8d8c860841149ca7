"""Questions in words: the names of fields, values and parts of a question, in the language of the window."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject

from app.text import formatting
from app.text.translation import CONTEXT
from core.asked_pictures import Origin, origin_of
from core.query import (
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
from core.query.descriptions import described
from core.query.fields import FIELDS, ORDER, Field
from core.query.writing import written_part

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATES = frozenset({"date", "before", "after"})


class _Phrases(QObject):
    """The sentences of this file."""

    def unknown(self) -> str:
        return self.tr("unknown")

    def named(self) -> str:
        return self.tr("{field}: {values}")

    def excluded(self) -> str:
        return self.tr("not {fact}")

    def either(self) -> str:
        return self.tr(" or ")

    def beyond(self) -> str:
        return self.tr("more than {value}")

    def below(self) -> str:
        return self.tr("less than {value}")

    def since(self) -> str:
        return self.tr("from {value}")

    def up_to(self) -> str:
        return self.tr("up to {value}")

    def like_photo(self) -> str:
        return self.tr("like a photo")

    def like_picture(self) -> str:
        return self.tr("like {name}")

    def like_pasted(self) -> str:
        return self.tr("like a pasted picture")

    def like_part(self) -> str:
        return self.tr("like a part of a photo")

    def without(self) -> str:
        return self.tr("without {words}")

    def less_like(self) -> str:
        return self.tr("not {likeness}")

    def listed(self) -> str:
        return self.tr(", ")

    def together(self) -> str:
        return self.tr(" and ")


_PHRASES = _Phrases()


def title(field: Field) -> str:
    """Return what a fact is called."""
    return QCoreApplication.translate(CONTEXT, described(field).title)


def about(field: Field) -> str:
    """Return what a field asks for, in a few words."""
    return QCoreApplication.translate(CONTEXT, described(field).about)


def names(field: Field) -> list[str]:
    """Return how a field may be written, the name in the language of the window first."""
    every = [field.name, *field.also]
    return sorted(every, key=lambda name: is_han(name) is not in_chinese())


def in_chinese() -> bool:
    """Return whether the window speaks Chinese."""
    return QLocale().language() == QLocale.Language.Chinese


def is_han(text: str) -> bool:
    """Return whether a word is written in Chinese characters."""
    return any("CJK" in unicodedata.name(char, "") for char in text)


def value_words(field: str, value: Value) -> str:
    """Return a value of a field as people write it."""
    match value:
        case Missing():
            return _PHRASES.unknown()
        case Text(text):
            return _text_words(field, text)
        case Range(low, high, strict):
            return _range_words(field, low, high, strict=strict)


def _range_words(field: str, low: str | None, high: str | None, *, strict: bool) -> str:
    ends = ["" if end is None else _text_words(field, end) for end in (low, high)]
    if low is None:
        return (_PHRASES.below() if strict else _PHRASES.up_to()).format(value=ends[1])
    if high is None:
        return (_PHRASES.beyond() if strict else _PHRASES.since()).format(value=ends[0])
    return f"{ends[0]} – {ends[1]}"


def _text_words(field: str, text: str) -> str:
    asked = ORDER if field == ORDER.name else FIELDS.get(field)
    if asked is not None and asked.choices:
        others = asked.spellings.get(text, ())
        return next((other for other in others if in_chinese() and is_han(other)), text)
    if field in _DATES:
        return date_words(text)
    if field == "month" and text.isdigit() and 1 <= int(text) <= 12:
        return QLocale().standaloneMonthName(int(text))
    if field == "rating" and text in "12345":
        return "★" * int(text)
    return formatting.folder(Path(text)) if field == "in" and Path(text).is_absolute() else text


def date_words(text: str) -> str:
    """Return a month or a day as this locale writes it; any other date as it stands."""
    locale = QLocale()
    if (month := _MONTH.fullmatch(text)) is not None:
        day = QDate(int(month[1]), int(month[2]), 1)
        return locale.toString(day, "yyyy年M月" if in_chinese() else "MMMM yyyy") if day.isValid() else text
    if (whole := _DAY.fullmatch(text)) is not None:
        day = QDate(int(whole[1]), int(whole[2]), int(whole[3]))
        return locale.toString(day, QLocale.FormatType.ShortFormat) if day.isValid() else text
    return text


def part_words(meant: Term | Filter | Order) -> str:
    """Return a part of a question as it is shown in a chip."""
    match meant:
        case Term():
            return _term_words(meant)
        case Order():
            return _named(ORDER, _text_words(ORDER.name, meant.value))
        case _:
            return _filter_words(meant)


def _named(field: Field, values: str) -> str:
    return _PHRASES.named().format(field=title(field), values=values)


def _filter_words(meant: Filter) -> str:
    match meant:
        case Fact(field, values) if field in FIELDS:
            return _named(FIELDS[field], _PHRASES.either().join(value_words(field, value) for value in values))
        case Not(part):
            return _PHRASES.excluded().format(fact=_enclosed(part))
        case AnyOf(parts):
            return _PHRASES.either().join(map(_enclosed, parts))
        case All(parts):
            return _PHRASES.together().join(map(_enclosed, parts))
        case _:
            return written_part(meant)


def _enclosed(part: Filter) -> str:
    """Return a fact in words, in parentheses if it is several."""
    words = _filter_words(part)
    return f"({words})" if isinstance(part, All | AnyOf) else words


def _term_words(term: Term) -> str:
    match term.subject:
        case Words(text):
            shown = text
        case PhotoLike() | PictureLike():
            shown = _likeness(term.subject)
    sign = "− " if term.weight < 0 else "+ " if isinstance(term.subject, Words) else ""
    strength = "" if abs(term.weight) == 1 else f"{abs(term.weight):g} × "
    return f"{sign}{strength}{shown}"


def _likeness(subject: PhotoLike | PictureLike) -> str:
    if isinstance(subject, PhotoLike):
        return _PHRASES.like_photo()
    match origin_of(subject.path):
        case Origin.PASTED:
            return _PHRASES.like_pasted()
        case Origin.PART:
            return _PHRASES.like_part()
        case None:
            return _PHRASES.like_picture().format(name=subject.path.name)


def query_words(query: Query) -> str:
    """Return a question as one says it, without signs and quotes, what is wanted first. The order is not said."""
    parts = query.filter.parts if isinstance(query.filter, All) else (query.filter,)
    return _PHRASES.listed().join(
        [*map(_said_term, sorted(query.terms, key=_place_in_speech)), *map(_filter_words, parts)]
    )


def _place_in_speech(term: Term) -> tuple[bool, bool]:
    return term.weight < 0, not isinstance(term.subject, Words)


def _said_term(term: Term) -> str:
    match term.subject:
        case Words(text):
            said = text if term.weight > 0 else _PHRASES.without().format(words=text)
        case PhotoLike() | PictureLike():
            said = _likeness(term.subject)
            said = said if term.weight > 0 else _PHRASES.less_like().format(likeness=said)
    return said if abs(term.weight) == 1 else f"{abs(term.weight):g} × {said}"
