"""Dates as people write them, in English and Chinese, and what they mean on the day they are asked for.

The two grammars are tables of patterns (`english_dates`, `chinese_dates`). A date is kept as it was written and only
given a meaning when the question is asked, so that a saved "last week" stays last week. In a sentence dates are found
and offered, never taken out of it: nobody but the asker knows whether "march" is a month.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeAlias

from core.query import chinese_dates, english_dates
from core.query.date_rule import Meaning
from core.query.days import When, days_of_year, joined

Today: TypeAlias = Callable[[], date]
"""The clock: which day it is. Tests set it."""

_ANY_DAY = date(2001, 1, 1)
"""Whether something is a date does not depend on the day; its meaning does."""

_RULES = (*chinese_dates.RULES, *english_dates.RULES)  # 2019年 is longer than 2019
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SIDES: dict[str, Literal["date", "before", "after"]] = {
    "since": "after",
    "after": "after",
    "以来": "after",
    "以后": "after",
    "之后": "after",
    "before": "before",
    "until": "before",
    "以前": "before",
    "之前": "before",
}


@dataclass(frozen=True, slots=True)
class DateInSentence:
    """A date found in a sentence: where it stands, and the piece of a question that would say the same.

    Attributes:
        start, end: where it stands, with the small words around that would be left hanging without it ("in").
        field: `date`, `before` or `after`.
        value: how it is written behind the field.
    """

    start: int
    end: int
    field: Literal["date", "before", "after"]
    value: str


def is_date(written: str) -> bool:
    """Return whether this says a date, or a stretch of dates with ".."."""
    return when(written, _ANY_DAY) is not None


def when(written: str, today: date) -> When | None:
    """Return what a date or a stretch of dates ("2019..2021", "..may", "2019..") means on a day; None if it is none."""
    first, dots, last = written.partition("..")
    if not dots:
        return _when(first, today)
    from_, to = _when(first, today), _when(last, today)
    if (from_ is None and first.strip()) or (to is None and last.strip()):
        return None
    return joined(from_, to)


def year(written: str, today: date) -> int | None:
    """Return the year that is written: "2019", "2019年", "last year", "去年"; None if it is none."""
    meant = _when(written, today)
    first = meant.days[0].first if meant is not None else None
    return first.year if isinstance(first, date) and meant == days_of_year(first.year) else None


def month(written: str) -> int | None:
    """Return the month that is written, 1 to 12: "5", "05", "may", "五月"; None if it is none."""
    text = _plain(written).strip()
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text[:3]) <= 12 else None
    return english_dates.MONTHS.get(text) or chinese_dates.month_named(text)


def dates_in(sentence: str) -> tuple[DateInSentence, ...]:
    """Return the dates in a sentence, from left to right. They are offers: the sentence stays as it is."""
    text = _plain(sentence)
    found: list[DateInSentence] = []
    for match in _in_sentence().finditer(text):
        date_text = match["date"]
        side = match["cue"] or match["tail"] or ""
        if not (side or match["zh"]) and not _plainly_a_date(date_text):
            continue
        value = re.sub(r"[\s,_]+", "-", date_text)
        found.append(DateInSentence(match.start(), match.end(), _SIDES.get(side, "date"), value))
    return tuple(found)


def _when(written: str, today: date) -> When | None:
    text = _plain(written).strip()
    for pattern, meaning, _ in _compiled():
        match = pattern.fullmatch(text)
        if match is not None:
            return meaning(match, today)
    return None


def _plain(text: str) -> str:
    """Return the text in small letters and half-width figures, each character where it was."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(_FULL_WIDTH))


def _plainly_a_date(text: str) -> bool:
    """Return whether this is a date even without "in" before it: "may", "summer", "today" may be anything."""
    for pattern, meaning, plain in _compiled():
        match = pattern.fullmatch(text)
        if match is not None and meaning(match, _ANY_DAY) is not None:
            return plain
    return False


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Meaning, bool], ...]:
    """Return the rules, compiled when the first date is looked for: that takes longer than most questions."""
    return tuple((re.compile(rule.pattern), rule.meaning, rule.plain) for rule in _RULES)


@cache
def _in_sentence() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<![a-z0-9])(?P<cue>in|from|on|during|at|since|after|before|until)\s+(?:the\s+)?|(?P<zh>[在从于]))?"
        f"(?P<date>{'|'.join(rule.in_sentence for rule in _RULES)})(?P<tail>以来|以后|之后|以前|之前)?的?"
    )
